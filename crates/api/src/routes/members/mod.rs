//! Who is in the organisation, and as what.

pub mod create;
pub mod edit;
pub mod erase;
mod invitation;
pub mod invite;
pub mod list;
pub mod show;

pub use invitation::InvitationLink;
