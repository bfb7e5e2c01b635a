//! Signed checkpoints.

pub mod show;

pub(crate) use show::signed;
