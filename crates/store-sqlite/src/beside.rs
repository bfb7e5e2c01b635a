//! A database that another process may be serving: read and copied beside it.

use std::path::{Path, PathBuf};

use async_trait::async_trait;
use vibesheets_core::{
    StoreId,
    durability::{Batch, Durability, SnapshotManifest},
    journal::Hash,
    store::StoreError,
};

use crate::{Failure, OpenError, journal, open, snapshot};

/// A database's file, which whoever serves it goes on serving.
#[derive(Debug, Clone)]
pub struct DatabaseFile {
    path: PathBuf,
    id: StoreId,
    last_commit: u64,
}

impl DatabaseFile {
    /// The database at `path` as it is now.
    ///
    /// # Errors
    /// [`OpenError`] that says what to do; nothing was changed.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let connection = open::snapshot(path)?;
        let failed =
            |failure: Failure| OpenError::Failed { path: path.to_owned(), reason: failure.error.to_string() };
        let id = snapshot::store_id(&connection).map_err(failed)?;
        let last_commit = journal::last_commit_number(&connection).map_err(failed)?;
        Ok(Self { path: path.to_owned(), id, last_commit })
    }

    /// The digest of everything restorable in it, however that stands in the file.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    pub fn logical_digest(&self) -> Result<Hash, StoreError> {
        let connection = open::reader(&self.path).map_err(Failure::from)?;
        Ok(snapshot::logical_digest(&connection)?)
    }
}

#[async_trait]
impl Durability for DatabaseFile {
    fn store_id(&self) -> StoreId {
        self.id
    }

    fn last_commit(&self) -> u64 {
        self.last_commit
    }

    /// Nobody tells a file's readers.
    async fn commit_after(&self, _number: u64) -> u64 {
        std::future::pending().await
    }

    async fn read_batches(&self, number: u64, most_bytes: usize) -> Result<Vec<Batch>, StoreError> {
        let connection = open::reader(&self.path).map_err(Failure::from)?;
        Ok(journal::batches(&connection, number, most_bytes)?)
    }

    async fn snapshot(&self, path: &Path) -> Result<SnapshotManifest, StoreError> {
        let (source, target) = (self.path.clone(), path.to_owned());
        tokio::task::spawn_blocking(move || snapshot::write(&source, &target))
            .await
            .unwrap_or_else(|error| Err(StoreError::Internal(format!("a snapshot panicked: {error}"))))
    }
}
