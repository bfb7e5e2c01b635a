//! Reading the checkpoints that an archive holds.

use vibesheets_core::{
    audit::NamedCheckpoint,
    checkpoint::{Checkpoint, PublicKey, Verifier},
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

/// All checkpoints in `archive` that `key` signed, and those that it did not.
///
/// # Errors
/// [`ArchiveError::Unreachable`]; what is wrong with one is a [`CheckpointFault`].
pub async fn read_all(
    archive: &Archive,
    key: &PublicKey,
    verifier: &dyn Verifier,
) -> Result<(Vec<NamedCheckpoint>, Vec<CheckpointFault>), ArchiveError> {
    let (mut read, mut faults) = (Vec::new(), Vec::new());
    for file in archive.list_checkpoints().await? {
        let name = format!("{}/{file}", names::CHECKPOINTS);
        let note = match archive.read_checkpoint(&file).await {
            Err(ArchiveError::Damaged { object, what, .. }) => {
                faults.push(CheckpointFault { object, what });
                continue;
            }
            other => other?,
        };
        match Checkpoint::open(&note, key, verifier) {
            Ok(checkpoint) => read.push(NamedCheckpoint { name, checkpoint }),
            Err(fault) => faults.push(CheckpointFault { object: name, what: fault.to_string() }),
        }
    }
    Ok((read, faults))
}
