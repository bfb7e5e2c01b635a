//! What time is spent on.

pub mod create;
pub mod edit;
pub mod list;
pub mod show;
