//! Snapshots in an archive: taking, proving and pruning them.

mod locate;
mod prune;
mod verify;

use std::path::Path;

use vibesheets_core::{
    durability::{Durability, SnapshotManifest},
    store::StoreError,
};

use crate::{
    archive::{Archive, ArchiveError},
    scratch::Scratch,
};

pub use locate::locate;
pub use prune::{Kept, RETENTION_DAYS, prune};
pub use verify::{Verified, verify};

/// Why a snapshot was not taken. The archive holds what it held.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The archive cannot be used.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The store could not be copied, or the copy not proven.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<BackupError> for crate::shipping::ShippingError {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::Archive(error) => Self::Archive(error),
            BackupError::Store(error) => Self::Store(error),
        }
    }
}

/// Adds a snapshot of `source` as it is now, made and proven in a folder of its own in `parent` first. One of the same commit is as good as a new
/// one and stays.
///
/// # Errors
/// [`BackupError`] that says what to do.
pub async fn take(
    source: &dyn Durability,
    archive: &Archive,
    parent: &Path,
) -> Result<SnapshotManifest, BackupError> {
    archive.belongs_to(source.store_id()).await?;
    let scratch = Scratch::begin(parent, "snapshot-").map_err(|error| StoreError::Unavailable {
        reason: format!("cannot make a snapshot in {}: {error}", parent.display()),
    })?;
    let file = scratch.path().join("snapshot.db");
    let manifest = source.snapshot(&file).await?;
    send(archive, &manifest, &file).await?;
    Ok(manifest)
}

async fn send(archive: &Archive, manifest: &SnapshotManifest, file: &Path) -> Result<(), ArchiveError> {
    if archive.list_snapshots().await?.iter().any(|known| known.commit == manifest.commit) {
        return Ok(());
    }
    archive.put_snapshot(manifest, file).await
}
