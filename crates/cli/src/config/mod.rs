//! What the process is told: flags, then environment, then `vibesheets.toml`, then defaults, read once.
//!
//! [`keys`] lists everything there is to set; [`Sources`] finds the texts, [`values`] gives them types, and
//! [`Config::load`] checks what only holds together.

mod error;
mod file;
pub mod keys;
mod load;
mod rows;
mod sources;
mod values;

#[cfg(test)]
mod tests;

pub use error::ConfigError;
pub use load::{Config, CopiesPlace, Setting};
pub use sources::{Flag, Source, Sources};
pub use values::{Backups, LogFormat, Secret, public_url_of};
