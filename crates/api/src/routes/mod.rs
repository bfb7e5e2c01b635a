//! One file per endpoint, from the top: what it takes and gives, its documentation, its handler.

pub mod clock;
pub mod export;
pub mod health;
pub mod reports;
pub mod status;
pub mod timesheets;
