//! Whether the mirror's disk takes what a commit would bring.

use std::{fs::File, io, os::unix::fs::FileExt, path::PathBuf, sync::Arc};

use vibesheets_core::store::StoreError;

/// As many bytes as the database's own check writes.
const PROBE_BYTES: usize = 32 * 1024;

/// Tries the disk of a mirror without which nothing is acknowledged.
#[derive(Clone)]
pub(crate) struct Probe {
    folder: PathBuf,
    /// The lock's file, open since the start: it is on the disk that the segments are on, whatever is mounted there by now.
    lock: Arc<File>,
}

impl Probe {
    pub(super) fn new(folder: PathBuf, lock: Arc<File>) -> Self {
        Self { folder, lock }
    }

    /// Writes, waits for the disk, and gives the room back.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        let written = self.write();
        let given_back = self.lock.set_len(0);
        written.and(given_back).map_err(|error| StoreError::Unavailable {
            reason: format!(
                "the mirror {} cannot be written: {error}; nothing needs a restart",
                self.folder.display()
            ),
        })
    }

    fn write(&self) -> io::Result<()> {
        self.lock.write_all_at(&[0; PROBE_BYTES], 0)?;
        self.lock.sync_data()
    }
}
