//! Members' entries.

mod body;
pub mod create;
pub mod delete;
pub mod edit;
mod filter;
pub mod history;
pub mod list;
pub mod restore;
pub mod show;

pub use filter::WhoseTime;
