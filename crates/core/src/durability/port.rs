//! What an engine with a store-wide order of commits offers to whoever keeps its data in another place.

use std::path::Path;

use async_trait::async_trait;

use super::{Batch, SnapshotManifest};
use crate::{StoreId, store::StoreError};

/// A store whose commits are numbered without gaps, and can be copied while it is used.
#[async_trait]
pub trait Durability: Send + Sync {
    /// Which store it is.
    fn store_id(&self) -> StoreId;

    /// The last commit that was acknowledged; 0 where there is none.
    fn last_commit(&self) -> u64;

    /// Waits until a commit after `number` was acknowledged, and returns the last one that was.
    async fn commit_after(&self, number: u64) -> u64;

    /// The commits after `number` in their order, at least one if there is any, and no more than about `most_bytes` of them.
    async fn read_batches(&self, number: u64, most_bytes: usize) -> Result<Vec<Batch>, StoreError>;

    /// Writes one committed state to a new file at `path`, while others write on, proves the file, and tells what it holds. The
    /// file is on the disk when this returns; what cannot be proven is removed.
    async fn snapshot(&self, path: &Path) -> Result<SnapshotManifest, StoreError>;
}

/// A store that is being written again, commit by commit; nobody else has it.
pub trait Replay {
    /// The last commit it holds; 0 where there is none.
    fn last_commit(&self) -> u64;

    /// Writes the commits that follow.
    ///
    /// # Errors
    /// [`ReplayError`] for the first that does not fit; those before it may have been written.
    fn replay(&mut self, batches: &[Batch]) -> Result<(), ReplayError>;
}

/// A commit that cannot be written again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("commit {commit} cannot be written again: {problem}")]
pub struct ReplayError {
    /// Which.
    pub commit: u64,
    /// Why.
    pub problem: String,
}
