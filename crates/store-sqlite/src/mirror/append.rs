//! Appending groups of commits, each on the disk when the call returns.

use std::{fs::File, io, os::unix::fs::FileExt, path::PathBuf};

use vibesheets_core::{
    StoreId,
    durability::{Batch, SegmentWriter, names},
};

use super::folder::Folder;
use crate::open;

/// A segment that has grown beyond this is followed by another.
const SEGMENT_BYTES: u64 = 8 * 1024 * 1024;

/// Why a group is not in the mirror.
#[derive(Debug)]
pub(crate) enum AppendFailure {
    /// Nothing of it is there.
    NotWritten(String),
    /// It may be there, whole or in part: only the next start can tell.
    Unknown(String),
}

/// The mirror, ready to be appended to.
pub(crate) struct Mirror {
    folder: Folder,
    store: StoreId,
    last: Option<Last>,
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
    pub(super) fn open(path: PathBuf, bytes: u64) -> io::Result<Self> {
        Ok(Self { file: File::options().write(true).open(&path)?, path, bytes, unsettled: false })
    }
}

impl Mirror {
    pub(super) const fn new(folder: Folder, store: StoreId, last: Option<Last>, last_commit: u64) -> Self {
        Self { folder, store, last, last_commit }
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
        let mut lines = match &self.last {
            Some(last) if last.bytes < SEGMENT_BYTES => SegmentWriter::default(),
            _ => SegmentWriter::begin(self.store, first.commit),
        };
        lines.group(group).map_err(AppendFailure::NotWritten)?;
        if self.last.as_ref().is_none_or(|last| last.bytes >= SEGMENT_BYTES) {
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
            std::fs::remove_file(&last.path).and_then(|()| open::sync_folder(&self.folder.segments()))
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
