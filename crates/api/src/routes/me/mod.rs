//! Who asks, and what they set for themselves.

pub mod edit;
pub mod password;
pub mod show;
