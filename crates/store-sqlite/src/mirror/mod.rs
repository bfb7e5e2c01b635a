//! The mirror: a second folder, on another disk, that holds every commit before anybody is told that it is done.
//!
//! [`start`] brings mirror and database to one state when a store is opened; [`Mirror`] then appends each group of
//! commits to the last segment and waits for the disk, before the database commits the group. What the mirror holds whole
//! has happened: should the database not hold it, it is written there again.

mod append;
mod error;
mod folder;
mod probe;
mod start;

pub(crate) use append::{AppendFailure, Mirror};
pub use error::MirrorError;
pub(crate) use probe::Probe;
pub(crate) use start::{beside, catch_up};

use std::path::PathBuf;

/// Where the mirror is, and what happens when it cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MirrorOptions {
    /// A folder on another disk than the database's.
    pub folder: PathBuf,
    /// Whether commits are acknowledged without the mirror while it cannot be written: it is brought up to date as soon as
    /// it can. Otherwise nothing is acknowledged meanwhile.
    pub optional: bool,
}
