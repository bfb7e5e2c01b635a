//! The clock's face.

pub mod show;
