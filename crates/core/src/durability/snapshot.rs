//! What is known of a snapshot beside its file.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{StoreId, journal::Hash};

/// The version of the manifest described here.
pub const SNAPSHOT_FORMAT: u32 = 1;

/// What a snapshot's file holds, as it was verified when it was taken. Stands as JSON beside the file; a snapshot without
/// one does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SnapshotManifest {
    /// The manifest's version.
    pub snapshot: u32,
    /// Whose.
    pub store: StoreId,
    /// The last commit that it holds; 0 where it holds none.
    pub commit: u64,
    /// When that was made; `None` where it holds none.
    pub commit_time: Option<Timestamp>,
    /// The schema's version of the file.
    pub schema: u32,
    /// The file's size.
    pub bytes: u64,
    /// The file's SHA-256.
    pub file_digest: Hash,
    /// The digest of what it holds, however that stands in the file.
    pub logical_digest: Hash,
}
