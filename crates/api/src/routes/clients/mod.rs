//! Who pays for projects.

pub mod create;
pub mod edit;
pub mod list;
pub mod show;
