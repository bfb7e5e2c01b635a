//! Signed checkpoints: taking one, and reading those that an archive holds.

mod read;
mod take;

pub use read::{CheckpointFault, KeptCheckpoints, read_all};
pub use take::{Checkpoints, TakenCheckpoint};
