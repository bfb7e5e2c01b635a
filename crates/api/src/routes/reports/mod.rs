//! Sums of entries.

mod keys;
pub mod show;
