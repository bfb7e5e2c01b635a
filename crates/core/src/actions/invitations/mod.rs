//! Invitations: a link with which a member gets their sign-in.

mod invite;
mod offer;
mod token;

pub use invite::{INVITATION_DAYS, invite_member};
pub use offer::{InvitationOffer, find_invitation};
pub use token::{InvitationKey, InvitationToken};

pub(super) use invite::{ended, issued};
pub(super) use offer::usable_by;
