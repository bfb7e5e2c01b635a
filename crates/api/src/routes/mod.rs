//! One file per endpoint, from the top: what it takes and gives, its documentation, its handler.

pub mod auth;
pub mod description;
pub mod health;
pub mod me;
pub mod sessions;
