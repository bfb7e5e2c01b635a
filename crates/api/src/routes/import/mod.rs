//! Bringing another tool's file in.

mod file;
pub mod link;
pub mod upload;
mod watched;

pub(super) use watched::watched;
