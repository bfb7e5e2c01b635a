//! The API's own description.

pub mod show;
