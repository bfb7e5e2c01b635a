//! Where somebody is signed in.

pub mod end;
pub mod list;
