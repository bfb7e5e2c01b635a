//! Files of entries.

pub mod download;
