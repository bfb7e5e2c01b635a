//! Appending groups of commits, each on the disk when the call returns.

use std::{
    fs::File,
    io,
    os::unix::fs::FileExt,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use vibesheets_core::{
    StoreId,
    durability::{Batch, SegmentWriter, names},
};

use super::{folder::Folder, probe::Probe};
use crate::open;

/// A segment that has grown beyond this is followed by another.
const SEGMENT_BYTES: u64 = 8 * 1024 * 1024;

/// Why a group is not in the mirror.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AppendFailure {
    /// Nothing of it is there.
    #[error("{0}")]
    NotWritten(String),
    /// It may be there, whole or in part: only the next start can tell.
    #[error("{0}")]
    Unknown(String),
}

/// The mirror, ready to be appended to.
pub(crate) struct Mirror {
    folder: Folder,
    store: StoreId,
    last: Option<Last>,
    /// Whether the next commit is to begin a segment.
    next_segment: Arc<AtomicBool>,
    /// The last commit that it holds.
    pub(crate) last_commit: u64,
}

/// The segment that is appended to.
pub(super) struct Last {
    path: PathBuf,
    file: File,
    bytes: u64,
    /// Whether bytes beyond these may be there that nobody may ever read.
    unsettled: bool,
}

impl Last {
    /// One with `bytes` on the disk.
    pub(super) const fn of(file: File, path: PathBuf, bytes: u64) -> Self {
        Self { file, path, bytes, unsettled: false }
    }
}

impl Mirror {
    pub(super) fn new(folder: Folder, store: StoreId, last: Option<Last>, last_commit: u64) -> Self {
        Self { folder, store, last, next_segment: Arc::default(), last_commit }
    }

    /// Once set, the next commit begins a segment, however short the last one is.
    pub(crate) fn next_segment(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.next_segment)
    }

    /// What tells whether it can be written.
    pub(crate) fn probe(&self) -> Probe {
        Probe::new(self.folder.path.clone(), Arc::clone(&self.folder.lock))
    }

    /// Appends a group, which follows what is there, and waits for the disk.
    pub(crate) fn append(&mut self, group: &[Batch]) -> Result<(), AppendFailure> {
        let (Some(first), Some(newest)) = (group.first(), group.last()) else { return Ok(()) };
        self.settle()?;
        if first.commit != self.last_commit + 1 {
            let reason = format!(
                "it ends with commit {}, and commit {} was to follow",
                self.last_commit, first.commit
            );
            return Err(AppendFailure::NotWritten(reason));
        }
        let asked = self.next_segment.swap(false, Ordering::Relaxed);
        let begins = asked || self.last.as_ref().is_none_or(|last| last.bytes >= SEGMENT_BYTES);
        let mut lines =
            if begins { SegmentWriter::begin(self.store, first.commit) } else { SegmentWriter::default() };
        lines.group(group).map_err(AppendFailure::NotWritten)?;
        if begins {
            let path = self.folder.segments().join(names::segment_file(first.commit));
            let file = open::private_file().create_new(true).open(&path);
            let file = file.map_err(|error| AppendFailure::NotWritten(error.to_string()))?;
            self.last = Some(Last { path, file, bytes: 0, unsettled: false });
        }
        let Some(last) = &mut self.last else { return Ok(()) };
        if let Err(error) = last.write(lines.bytes(), &self.folder) {
            last.unsettled = true;
            self.settle()?;
            return Err(AppendFailure::NotWritten(error.to_string()));
        }
        self.last_commit = newest.commit;
        Ok(())
    }

    /// Takes back what was written of a group that failed: were it to stay, the next start would carry out what was told not
    /// to be.
    fn settle(&mut self) -> Result<(), AppendFailure> {
        let Some(last) = self.last.as_mut().filter(|last| last.unsettled) else { return Ok(()) };
        let settled = if last.bytes == 0 {
            // Gone already where only the folder's sync failed.
            match std::fs::remove_file(&last.path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
                _ => open::sync_folder(&self.folder.segments()),
            }
        } else {
            last.file.set_len(last.bytes).and_then(|()| last.file.sync_all())
        };
        if let Err(error) = settled {
            return Err(AppendFailure::Unknown(format!(
                "what was written in part cannot be taken back: {error}"
            )));
        }
        last.unsettled = false;
        if last.bytes == 0 {
            self.last = None;
        }
        Ok(())
    }
}

impl Last {
    fn write(&mut self, lines: &[u8], folder: &Folder) -> io::Result<()> {
        self.file.write_all_at(lines, self.bytes)?;
        self.file.sync_data()?;
        if self.bytes == 0 {
            open::sync_folder(&folder.segments())?;
        }
        self.bytes += lines.len() as u64;
        Ok(())
    }
}
