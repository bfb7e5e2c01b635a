//! Signed checkpoints: the key that signs them, taking one, and reading those that an archive holds.

mod key;
mod read;
mod take;

pub use key::{CheckpointKey, Ed25519, InvalidCheckpointKey};
pub use read::{CheckpointFault, read_all};
pub use take::Checkpoints;
