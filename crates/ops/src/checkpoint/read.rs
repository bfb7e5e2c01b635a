//! Reading the checkpoints that an archive holds.

use vibesheets_core::{
    audit::NamedCheckpoint,
    checkpoint::{Checkpoint, NoteFault, PublicKey, Verifier},
    durability::names,
};

use crate::archive::{Archive, ArchiveError};

/// A checkpoint that is not believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckpointFault {
    /// Its file.
    pub object: String,
    /// Why.
    pub what: String,
}

/// The checkpoints that an archive holds.
#[derive(Debug, Default)]
pub struct KeptCheckpoints {
    /// Those that the key signed.
    pub signed: Vec<NamedCheckpoint>,
    /// Those that are not believed.
    pub faults: Vec<CheckpointFault>,
    /// How many others are signed by another key, of which nothing is known: the key was another once, or the store.
    pub by_others: usize,
}

/// All checkpoints in `archive`, held against `key`.
///
/// # Errors
/// [`ArchiveError::Unreachable`]; what is wrong with one is a [`CheckpointFault`].
pub async fn read_all(
    archive: &Archive,
    key: &PublicKey,
    verifier: &dyn Verifier,
) -> Result<KeptCheckpoints, ArchiveError> {
    let mut kept = KeptCheckpoints::default();
    for file in archive.list_checkpoints().await? {
        let name = format!("{}/{file}", names::CHECKPOINTS);
        let note = match archive.read_checkpoint(&file).await {
            Err(ArchiveError::Damaged { object, what, .. }) => {
                kept.faults.push(CheckpointFault { object, what });
                continue;
            }
            other => other?,
        };
        match Checkpoint::open(&note, key, verifier) {
            Ok(checkpoint) => kept.signed.push(NamedCheckpoint { name, checkpoint }),
            Err(NoteFault::OtherKey { .. }) => kept.by_others += 1,
            Err(fault) => kept.faults.push(CheckpointFault { object: name, what: fault.to_string() }),
        }
    }
    Ok(kept)
}
