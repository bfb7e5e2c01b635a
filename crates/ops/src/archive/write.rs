//! Writing to an archive. Nothing in it is ever overwritten.

use std::{collections::HashSet, path::Path as FilePath};

use futures_util::TryStreamExt;
use jiff::Timestamp;
use object_store::{ObjectMeta, ObjectStoreExt, PutMode, PutPayload, WriteMultipart, path::Path};
use tokio::io::AsyncReadExt;
use vibesheets_core::durability::{SnapshotManifest, names};

use super::{Archive, ArchiveError, read::LARGEST_SEGMENT};

/// Bytes of a snapshot that are read and sent at a time.
const PART_BYTES: usize = 8 * 1024 * 1024;

impl Archive {
    /// Adds a segment. One that is there already with the same bytes is as good: its answer was lost.
    ///
    /// # Errors
    /// [`ArchiveError::Diverged`] where another one is there.
    pub(crate) async fn put_segment(&self, first_commit: u64, bytes: Vec<u8>) -> Result<(), ArchiveError> {
        let object = format!("{}/{}", names::SEGMENTS, names::segment_file(first_commit));
        match self.create(&object, bytes.clone()).await {
            Err(object_store::Error::AlreadyExists { .. }) => {}
            other => return other.map_err(|error| self.unreachable(&error)),
        }
        if self.read(&object, LARGEST_SEGMENT).await? == bytes {
            return Ok(());
        }
        Err(ArchiveError::Diverged { place: self.place.to_string(), object })
    }

    /// Adds a snapshot whose file is at `file`: first the file, then the manifest that makes it count.
    ///
    /// # Errors
    /// [`ArchiveError::Unreachable`]; it does not count then.
    pub async fn put_snapshot(
        &self,
        manifest: &SnapshotManifest,
        file: &FilePath,
    ) -> Result<(), ArchiveError> {
        let object = |name: String| format!("{}/{name}", names::SNAPSHOTS);
        self.send_file(&object(names::snapshot_file(manifest.commit)), file).await?;
        match self.create(&object(names::manifest_file(manifest.commit)), manifest.to_bytes()).await {
            // One of the same commit counts already.
            Ok(()) | Err(object_store::Error::AlreadyExists { .. }) => Ok(()),
            Err(error) => Err(self.unreachable(&error)),
        }
    }

    /// Removes a snapshot: it stops counting first.
    ///
    /// # Errors
    /// [`ArchiveError::Unreachable`].
    pub(crate) async fn remove_snapshot(&self, commit: u64) -> Result<(), ArchiveError> {
        self.remove(format!("{}/{}", names::SNAPSHOTS, names::manifest_file(commit))).await?;
        self.remove(format!("{}/{}", names::SNAPSHOTS, names::snapshot_file(commit))).await
    }

    /// Removes a segment.
    ///
    /// # Errors
    /// [`ArchiveError::Unreachable`].
    pub(crate) async fn remove_segment(&self, first_commit: u64) -> Result<(), ArchiveError> {
        self.remove(format!("{}/{}", names::SEGMENTS, names::segment_file(first_commit))).await
    }

    /// Removes files of snapshots that are from before `before` and have no manifest: their writing was interrupted.
    ///
    /// # Errors
    /// [`ArchiveError::Unreachable`].
    pub(crate) async fn remove_unfinished_snapshots(&self, before: Timestamp) -> Result<(), ArchiveError> {
        let listed: Vec<ObjectMeta> = self
            .objects
            .list(Some(&Path::from(names::SNAPSHOTS)))
            .try_collect()
            .await
            .map_err(|error| self.unreachable(&error))?;
        let known: HashSet<&str> = listed.iter().filter_map(|object| object.location.filename()).collect();
        for object in &listed {
            let file = object.location.filename().unwrap_or_default();
            let unfinished = file
                .strip_suffix(".db")
                .is_some_and(|name| !known.contains(format!("{name}.manifest").as_str()));
            if unfinished && object.last_modified.timestamp() < before.as_second() {
                tracing::info!(%object.location, "removing what is left of a snapshot that was never finished");
                self.remove(object.location.to_string()).await?;
            }
        }
        Ok(())
    }

    pub(super) async fn remove(&self, object: String) -> Result<(), ArchiveError> {
        match self.objects.delete(&Path::from(object)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.unreachable(&error)),
        }
    }

    pub(super) async fn create(&self, object: &str, bytes: Vec<u8>) -> object_store::Result<()> {
        let payload = PutPayload::from(bytes);
        self.objects.put_opts(&Path::from(object), payload, PutMode::Create.into()).await.map(drop)
    }

    async fn send_file(&self, object: &str, file: &FilePath) -> Result<(), ArchiveError> {
        let failed = |error: &dyn ToString| self.unreachable(error);
        let mut file = tokio::fs::File::open(file).await.map_err(|error| failed(&error))?;
        let upload = self.objects.put_multipart(&Path::from(object)).await.map_err(|error| failed(&error))?;
        let mut upload = WriteMultipart::new_with_chunk_size(upload, PART_BYTES);
        let mut buffer = vec![0; PART_BYTES];
        loop {
            let read = file.read(&mut buffer).await.map_err(|error| failed(&error))?;
            if read == 0 {
                break;
            }
            upload.wait_for_capacity(2).await.map_err(|error| failed(&error))?;
            upload.write(&buffer[..read]);
        }
        upload.finish().await.map(drop).map_err(|error| failed(&error))
    }
}
