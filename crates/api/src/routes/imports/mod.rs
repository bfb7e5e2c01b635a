//! Files that came in.

pub mod list;
pub mod undo;
