//! The storage port on SQLite: the embedded default.
//!
//! [`SqliteStore`] is the adapter. [`open`] finds, locks, checks and migrates the file; the writer commits in groups;
//! the readers read what is committed. Each group of the port's operations has a module of its own.

mod accounts;
mod beside;
mod commands;
mod directory;
mod erasure;
mod failure;
mod journal;
mod mirror;
mod open;
mod readers;
mod rebuild;
mod replay;
mod sign_in_attempts;
mod snapshot;
mod sql;
mod store;
mod timesheets;
mod verify;
mod writer;

pub use beside::DatabaseFile;
pub use mirror::{MirrorError, MirrorOptions};
pub use open::{FileLock, InvalidLocation, Location, OpenError, SCHEMA_VERSION, fold_log};
pub use rebuild::{Rebuild, Until};
pub use store::{Options, SqliteStore};
pub use verify::Snapshot;
pub use writer::Activity;

use failure::Failure;
