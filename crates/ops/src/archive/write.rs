//! Writing to an archive. Nothing in it is ever overwritten but by another snapshot of the same commit that was begun meanwhile.

use std::path::Path as FilePath;

use object_store::{ObjectStoreExt, PutMode, PutPayload, WriteMultipart, path::Path};
use tokio::io::AsyncReadExt;
use vibesheets_core::durability::{Segment, SnapshotManifest, names};

use super::{Archive, ArchiveError, ArchivePlace, KnownSegment};

/// Bytes of a snapshot that are read and sent at a time.
const PART_BYTES: usize = 8 * 1024 * 1024;

impl Archive {
    /// Adds a segment; the one that is there already where there is one, which stays.
    ///
    /// # Errors
    /// [`ArchiveError::Unreachable`], where it may be there all the same; [`ArchiveError::Damaged`] for what is there instead.
    pub(crate) async fn put_segment(
        &self,
        first_commit: u64,
        bytes: Vec<u8>,
    ) -> Result<Option<Segment>, ArchiveError> {
        let object = format!("{}/{}", names::SEGMENTS, names::segment_file(first_commit));
        match self.create(&object, bytes).await {
            Err(object_store::Error::AlreadyExists { .. }) => {}
            other => return other.map(|()| None).map_err(|error| self.unreachable(&error)),
        }
        let there = self.read_segment(KnownSegment { first_commit }).await?;
        let there = there.filter(|segment| !segment.batches.is_empty());
        there.map(Some).ok_or_else(|| self.damaged(&object, &"holds no whole commit"))
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
        let named = object(names::manifest_file(manifest.commit));
        match self.create(&named, manifest.to_bytes()).await {
            Err(object_store::Error::AlreadyExists { .. }) => self.settle_manifest(&named, manifest).await,
            other => other.map_err(|error| self.unreachable(&error)),
        }
    }

    /// Two may send a snapshot of one commit at once, and their files differ in what is not restorable: whichever came last is
    /// there, and the manifest must be of that one.
    async fn settle_manifest(&self, object: &str, manifest: &SnapshotManifest) -> Result<(), ArchiveError> {
        if self.verify_snapshot(manifest).await?.is_some() {
            // The other's file came last, and its manifest is there.
            return Ok(());
        }
        let payload = PutPayload::from(manifest.to_bytes());
        self.objects
            .put(&Path::from(object), payload)
            .await
            .map(drop)
            .map_err(|error| self.unreachable(&error))
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

    pub(super) async fn remove(&self, object: String) -> Result<(), ArchiveError> {
        let object = Path::from(object);
        match self.objects.delete(&object).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => return Err(self.unreachable(&error)),
        }
        self.sync_folder_of(&object).await
    }

    /// A removal is on the disk before the next: what is left must never be what no order of removals leaves.
    async fn sync_folder_of(&self, object: &Path) -> Result<(), ArchiveError> {
        let (ArchivePlace::Folder(top), Some((folder, _))) = (&self.place, object.as_ref().rsplit_once('/'))
        else {
            return Ok(());
        };
        let synced = async { tokio::fs::File::open(top.join(folder)).await?.sync_all().await };
        synced.await.map_err(|error| self.unreachable(&error))
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
