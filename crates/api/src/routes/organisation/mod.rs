//! The organisation's own settings.

pub mod edit;
pub mod show;
