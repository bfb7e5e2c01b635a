//! The mirror's files.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use vibesheets_core::{
    StoreId,
    durability::{Segment, SnapshotManifest, names},
};

use super::MirrorError;
use crate::open;

/// A mirror's folder, which this process alone writes.
pub(super) struct Folder {
    pub(super) path: PathBuf,
    pub(super) lock: Arc<File>,
}

/// A segment's file and what it holds.
pub(super) struct SegmentFile {
    pub(super) path: PathBuf,
    pub(super) segment: Segment,
}

impl Folder {
    pub(super) fn open(path: &Path) -> Result<Self, MirrorError> {
        let unusable = |error: io::Error| MirrorError::unusable(path, &error);
        if !fs::metadata(path).map_err(unusable)?.is_dir() {
            return Err(MirrorError::unusable(path, &"it is not a folder"));
        }
        let lock = open::private_file().create(true).truncate(false).open(path.join("mirror.lock"));
        let lock = lock.map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(MirrorError::InUse { folder: path.to_owned() }),
            Err(TryLockError::Error(error)) => return Err(unusable(error)),
        }
        for folder in [names::SEGMENTS, names::SNAPSHOTS, names::CHECKPOINTS] {
            open::create_private_folder(&path.join(folder)).map_err(unusable)?;
        }
        open::sync_folder(path).map_err(unusable)?;
        Ok(Self { path: path.to_owned(), lock: Arc::new(lock) })
    }

    pub(super) fn segments(&self) -> PathBuf {
        self.path.join(names::SEGMENTS)
    }

    /// The first commits of the segments, in their order.
    pub(super) fn list(&self) -> Result<Vec<u64>, MirrorError> {
        let unusable = |error: io::Error| MirrorError::unusable(&self.path, &error);
        let mut found = Vec::new();
        for file in fs::read_dir(self.segments()).map_err(unusable)? {
            found.extend(file.map_err(unusable)?.file_name().to_str().and_then(names::segment_first_commit));
        }
        found.sort_unstable();
        Ok(found)
    }

    /// A folder without segments may still hold snapshots: those of another store, or of commits after `last_commit`, are no
    /// place to begin a mirror.
    pub(super) fn holds_nothing_else(&self, store: StoreId, last_commit: u64) -> Result<(), MirrorError> {
        let snapshots = self.path.join(names::SNAPSHOTS);
        let unusable = |error: io::Error| MirrorError::unusable(&self.path, &error);
        for file in fs::read_dir(&snapshots).map_err(unusable)? {
            let path = file.map_err(unusable)?.path();
            let name = path.file_name().and_then(|name| name.to_str());
            let is_manifest = name.and_then(names::manifest_commit).is_some();
            let manifest = is_manifest.then(|| fs::read(&path)).transpose().map_err(unusable)?;
            let manifest = manifest.and_then(|bytes| SnapshotManifest::from_bytes(&bytes).ok());
            let Some(manifest) = manifest else { continue };
            let what = if manifest.store != store {
                format!("{} is of store {}, and the database is {store}", path.display(), manifest.store)
            } else if manifest.commit > last_commit {
                format!(
                    "{} is of commit {}, and the database ends with commit {last_commit}: it lost commits, or is an older copy",
                    path.display(),
                    manifest.commit
                )
            } else {
                continue;
            };
            return Err(MirrorError::Foreign { folder: self.path.clone(), what });
        }
        Ok(())
    }

    /// Reads a segment of `store`; `None` where its first line was torn, so that it holds nothing.
    pub(super) fn read(&self, first_commit: u64, store: StoreId) -> Result<Option<SegmentFile>, MirrorError> {
        let path = self.segments().join(names::segment_file(first_commit));
        let damaged = |what: String| MirrorError::Damaged { file: path.clone(), what };
        let bytes = fs::read(&path).map_err(|error| damaged(format!("cannot be read: {error}")))?;
        let Some(segment) = Segment::parse(&bytes).map_err(|fault| damaged(fault.to_string()))? else {
            return Ok(None);
        };
        if segment.store != store {
            let what =
                format!("{} is of store {}, and the database is {store}", path.display(), segment.store);
            return Err(MirrorError::Foreign { folder: self.path.clone(), what });
        }
        if segment.first_commit != first_commit {
            return Err(damaged(format!("begins with commit {}", segment.first_commit)));
        }
        Ok(Some(SegmentFile { path, segment }))
    }
}
