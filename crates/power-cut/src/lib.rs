//! A disk in memory whose power can be cut, for tests: what was not synced is lost, torn or kept at random.
//!
//! [`Disk`] holds the files of one folder; [`Disk::mount`] shows them at a place in the file system, so that a real program
//! can work on them; [`Disk::cut`] freezes it and gives what a real disk would hold after the power came back. Closing a file
//! syncs nothing.

mod disk;
mod file;
mod mount;
mod random;

pub use disk::Disk;
pub use mount::Mounted;
