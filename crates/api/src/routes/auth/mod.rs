//! Signing up, in and out.

pub mod configuration;
pub mod invitation;
pub mod log_in;
pub mod log_out;
pub mod sign_up;
pub mod token;
