//! Reading an archive.

use std::path::Path as FilePath;

use futures_util::TryStreamExt;
use object_store::{ObjectStoreExt, path::Path};
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;
use vibesheets_core::{
    StoreId,
    durability::{Segment, SnapshotManifest, names},
    journal::Hash,
};

use super::{Archive, ArchiveError};

/// Far more bytes than a segment has: one that is cut after 8 MiB, and a commit with the longest answer there is.
pub(super) const LARGEST_SEGMENT: u64 = 512 * 1024 * 1024;
/// Far more bytes than a manifest has.
const LARGEST_MANIFEST: u64 = 64 * 1024;

/// A segment's name in an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KnownSegment {
    /// The commit that it begins with.
    pub first_commit: u64,
}

/// What is wrong with a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotFault {
    /// Its file.
    pub object: String,
    /// What is wrong with it.
    pub what: String,
}

impl Archive {
    /// The segments, by their first commit.
    ///
    /// # Errors
    /// [`ArchiveError::Unreachable`].
    pub async fn list_segments(&self) -> Result<Vec<KnownSegment>, ArchiveError> {
        let mut found: Vec<_> = self
            .list(names::SEGMENTS)
            .await?
            .iter()
            .filter_map(|file| names::segment_first_commit(file))
            .map(|first_commit| KnownSegment { first_commit })
            .collect();
        found.sort_unstable();
        Ok(found)
    }

    /// Reads a segment; `None` where nothing of it is whole.
    ///
    /// # Errors
    /// [`ArchiveError::Damaged`] that names the file and its line.
    pub async fn read_segment(&self, known: KnownSegment) -> Result<Option<Segment>, ArchiveError> {
        let object = format!("{}/{}", names::SEGMENTS, names::segment_file(known.first_commit));
        let bytes = self.read(&object, LARGEST_SEGMENT).await?;
        let segment = Segment::parse(&bytes).map_err(|fault| self.damaged(&object, &fault))?;
        if let Some(segment) = segment.as_ref().filter(|segment| segment.first_commit != known.first_commit) {
            return Err(self.damaged(&object, &format!("begins with commit {}", segment.first_commit)));
        }
        Ok(segment)
    }

    /// The manifests of the snapshots, by their last commit. Those of another format or that cannot be read are an error: a
    /// restore that leaves them out could leave out more than it says.
    ///
    /// # Errors
    /// [`ArchiveError::Damaged`] that names the file.
    pub async fn list_snapshots(&self) -> Result<Vec<SnapshotManifest>, ArchiveError> {
        let mut commits: Vec<_> = self
            .list(names::SNAPSHOTS)
            .await?
            .iter()
            .filter_map(|file| names::manifest_commit(file))
            .collect();
        commits.sort_unstable();
        let mut manifests = Vec::new();
        for commit in commits {
            match self.read_manifest(commit).await {
                // Pruned since it was listed.
                Err(ArchiveError::Gone { .. }) => {}
                manifest => manifests.push(manifest?),
            }
        }
        Ok(manifests)
    }

    async fn read_manifest(&self, commit: u64) -> Result<SnapshotManifest, ArchiveError> {
        let object = format!("{}/{}", names::SNAPSHOTS, names::manifest_file(commit));
        let bytes = self.read(&object, LARGEST_MANIFEST).await?;
        let manifest = SnapshotManifest::from_bytes(&bytes).map_err(|fault| self.damaged(&object, &fault))?;
        if manifest.commit != commit {
            return Err(self.damaged(&object, &format!("tells of commit {}", manifest.commit)));
        }
        Ok(manifest)
    }

    /// Copies a snapshot's file to a new file at `target`, and holds it against its manifest on the way.
    ///
    /// # Errors
    /// [`ArchiveError`]; the new file is removed.
    pub async fn fetch_snapshot(
        &self,
        manifest: &SnapshotManifest,
        target: &FilePath,
    ) -> Result<(), ArchiveError> {
        let fetched = self.copy_snapshot(manifest, target).await;
        if fetched.is_err() {
            let _ = tokio::fs::remove_file(target).await;
        }
        fetched
    }

    async fn copy_snapshot(
        &self,
        manifest: &SnapshotManifest,
        target: &FilePath,
    ) -> Result<(), ArchiveError> {
        let mut options = tokio::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        options.mode(0o600);
        let here = |error: std::io::Error| ArchiveError::NotWritten {
            path: target.display().to_string(),
            reason: error.to_string(),
        };
        let mut file = options.open(target).await.map_err(here)?;
        let fault =
            self.digest_snapshot(manifest, async |chunk| file.write_all(chunk).await.map_err(here)).await?;
        // Only this tells that the last of it could not be written.
        file.flush().await.map_err(here)?;
        file.sync_all().await.map_err(here)?;
        match fault {
            Some(fault) => Err(self.damaged(&fault.object, &fault.what)),
            None => Ok(()),
        }
    }

    /// Holds a snapshot's file against its manifest, byte for byte.
    ///
    /// # Errors
    /// [`ArchiveError::Unreachable`]; a difference is a [`SnapshotFault`].
    pub async fn verify_snapshot(
        &self,
        manifest: &SnapshotManifest,
    ) -> Result<Option<SnapshotFault>, ArchiveError> {
        self.digest_snapshot(manifest, async |_| Ok(())).await
    }

    async fn digest_snapshot(
        &self,
        manifest: &SnapshotManifest,
        mut chunk: impl AsyncFnMut(&[u8]) -> Result<(), ArchiveError>,
    ) -> Result<Option<SnapshotFault>, ArchiveError> {
        let object = format!("{}/{}", names::SNAPSHOTS, names::snapshot_file(manifest.commit));
        let fault = |what: String| Some(SnapshotFault { object: object.clone(), what });
        let found = match self.objects.get(&Path::from(object.as_str())).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => {
                // A snapshot that is pruned stops counting first.
                self.read_manifest(manifest.commit).await?;
                return Ok(fault("is missing, though its manifest is there".to_owned()));
            }
            Err(error) => return Err(self.unreachable(&error)),
        };
        let (mut bytes, mut hasher) = (0_u64, Sha256::new());
        let mut chunks = found.into_stream();
        while let Some(part) = chunks.try_next().await.map_err(|error| self.unreachable(&error))? {
            bytes += part.len() as u64;
            // Whoever may write to the archive must not be able to fill this disk.
            if bytes > manifest.bytes {
                return Ok(fault(format!(
                    "is longer than the {} bytes that its manifest says",
                    manifest.bytes
                )));
            }
            hasher.update(&part);
            chunk(&part).await?;
        }
        if bytes != manifest.bytes {
            return Ok(fault(format!("has {bytes} bytes, and its manifest says {}", manifest.bytes)));
        }
        if Hash(hasher.finalize().into()) != manifest.file_digest {
            return Ok(fault("does not match the digest in its manifest: it was changed".to_owned()));
        }
        Ok(None)
    }

    /// Whose archive this is, by whatever it holds; `None` where it holds nothing.
    ///
    /// # Errors
    /// [`ArchiveError`] where nothing can tell.
    pub async fn owner(&self) -> Result<Option<(StoreId, String)>, ArchiveError> {
        for known in self.list_segments().await?.into_iter().rev() {
            if let Some(segment) = self.read_segment(known).await? {
                return Ok(Some((segment.store, names::segment_file(known.first_commit))));
            }
        }
        let newest = self.list_snapshots().await?.pop();
        Ok(newest.map(|manifest| (manifest.store, names::manifest_file(manifest.commit))))
    }

    /// Makes sure that nothing in it belongs to another store than `expected`.
    ///
    /// # Errors
    /// [`ArchiveError::Foreign`].
    pub async fn belongs_to(&self, expected: StoreId) -> Result<(), ArchiveError> {
        match self.owner().await? {
            Some((found, object)) if found != expected => {
                Err(ArchiveError::Foreign { place: self.place.to_string(), object, found, expected })
            }
            _ => Ok(()),
        }
    }

    pub(super) async fn list(&self, folder: &str) -> Result<Vec<String>, ArchiveError> {
        let objects = self.objects.list(Some(&Path::from(folder)));
        let names = objects.map_ok(|object| object.location.filename().unwrap_or_default().to_owned());
        names.try_collect().await.map_err(|error| self.unreachable(&error))
    }

    /// All of an object, unless it is larger than ours ever are: it is held in memory.
    pub(super) async fn read(&self, object: &str, most_bytes: u64) -> Result<Vec<u8>, ArchiveError> {
        let found = match self.objects.get(&Path::from(object)).await {
            Err(object_store::Error::NotFound { .. }) => {
                return Err(ArchiveError::Gone { place: self.place.to_string(), object: object.to_owned() });
            }
            found => found.map_err(|error| self.unreachable(&error))?,
        };
        let bytes = found.meta.size;
        if bytes > most_bytes {
            return Err(self.damaged(
                object,
                &format!("has {bytes} bytes, and is never written with more than {most_bytes}"),
            ));
        }
        Ok(found.bytes().await.map_err(|error| self.unreachable(&error))?.to_vec())
    }

    pub(crate) fn unreachable(&self, error: &dyn ToString) -> ArchiveError {
        ArchiveError::Unreachable { place: self.place.to_string(), reason: error.to_string() }
    }

    pub(crate) fn damaged(&self, object: &str, what: &dyn ToString) -> ArchiveError {
        ArchiveError::Damaged {
            place: self.place.to_string(),
            object: object.to_owned(),
            what: what.to_string(),
        }
    }
}
