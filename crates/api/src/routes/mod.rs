//! One file per endpoint, from the top: what it takes and gives, its documentation, its handler.

pub mod auth;
pub mod checkpoint;
pub mod clients;
pub mod clock;
pub mod description;
pub mod export;
pub mod health;
pub mod import;
pub mod imports;
pub mod me;
pub mod members;
pub mod organisation;
pub mod projects;
pub mod reports;
pub mod sessions;
pub mod status;
pub mod tags;
pub mod timesheets;
