//! What is known of a snapshot beside its file.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{LineFault, line};
use crate::{StoreId, foreign::shown, journal::Hash};

/// The version of the manifest described here.
pub const SNAPSHOT_FORMAT: u32 = 1;

/// What a snapshot's file holds, as it was verified when it was taken. Stands beside the file as a line with its own checksum;
/// a snapshot without one does not count.
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

impl SnapshotManifest {
    /// As it stands beside the snapshot.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        // Numbers, ids and digests: nothing here can fail.
        line::write(&serde_json::to_string(self).expect("a manifest is always JSON"), &mut bytes);
        bytes
    }

    /// Reads what [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`LineFault`] for what was changed, and for what another version wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LineFault> {
        #[derive(Deserialize)]
        struct Version {
            snapshot: u32,
        }
        let (text, rest) = line::read(bytes);
        let text = text?;
        if !rest.is_empty() {
            return Err(LineFault::Content("is followed by something else".to_owned()));
        }
        let version: Version = serde_json::from_str(text)
            .map_err(|_| LineFault::Content("is no manifest of a snapshot".to_owned()))?;
        if version.snapshot != SNAPSHOT_FORMAT {
            return Err(LineFault::Content(format!(
                "has format {}, and this version reads format {SNAPSHOT_FORMAT}: use the vibesheets that wrote it",
                version.snapshot
            )));
        }
        serde_json::from_str(text).map_err(|error| LineFault::Content(shown(error)))
    }
}
