//! A database that is written again from a snapshot, a mirror, a replica or another one's journal.

use std::{fs::File, path::Path};

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use vibesheets_core::{
    StoreId,
    durability::{Batch, Replay, ReplayError},
    store::StoreError,
};

use crate::{Failure, OpenError, Options, journal, open, replay::replay, snapshot};

/// Payloads read at a time.
const CHUNK_BYTES: usize = 4 * 1024 * 1024;

/// A database that nobody else has: it is on the disk, and a store of its own, once it is finished.
pub struct Rebuild {
    connection: Connection,
    last_commit: u64,
}

/// How far the journal of another database is to be written again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// Up to this commit.
    Commit(u64),
    /// Up to the last commit that was made at this time or before.
    Time(Timestamp),
}

impl Rebuild {
    /// Goes on with the database at `path`, a copy of a snapshot, or begins with an empty one.
    ///
    /// # Errors
    /// [`OpenError`] that says what to do.
    pub fn begin(path: &Path) -> Result<Self, OpenError> {
        open::create(path)?;
        // Not on the disk until the end: what a crash leaves is begun anew.
        let connection = open::writer(path, false, &Options::default())?;
        let last_commit = journal::last_commit_number(&connection).map_err(|failure| OpenError::Failed {
            path: path.to_owned(),
            reason: failure.error.to_string(),
        })?;
        Ok(Self { connection, last_commit })
    }

    /// Writes the journal of the database at `source` again, up to `until`; the last commit, or `None` where nothing had been
    /// committed by then. `progress` is told each commit that was reached.
    ///
    /// # Errors
    /// [`ReplayError`] for a commit that cannot be read or written.
    pub fn replay_journal_of(
        &mut self,
        source: &Path,
        until: Until,
        progress: &dyn Fn(u64),
    ) -> Result<Option<u64>, ReplayError> {
        let commit = self.last_commit;
        let failed = |problem: String| ReplayError { commit, problem };
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let source = Connection::open_with_flags(source, flags).map_err(|error| failed(error.to_string()))?;
        open::distrust(&source).map_err(|error| failed(error.to_string()))?;
        let last = last_until(&source, until).map_err(|failure| failed(failure.error.to_string()))?;
        let Some(last) = last else { return Ok(None) };
        while self.last_commit < last {
            let batches = journal::batches(&source, self.last_commit, CHUNK_BYTES);
            let mut batches = batches.map_err(|failure| failed(failure.error.to_string()))?;
            batches.retain(|batch| batch.commit <= last);
            if batches.is_empty() {
                return Err(failed(format!("the snapshot lacks what follows commit {}", self.last_commit)));
            }
            self.replay(&batches)?;
            progress(self.last_commit);
        }
        Ok(Some(last))
    }

    /// Makes it a store of its own, which no mirror or replica of another one is taken for, and puts it on the disk as one
    /// file.
    ///
    /// # Errors
    /// [`StoreError`]; the file is of no use then.
    pub fn finish(self, path: &Path) -> Result<StoreId, StoreError> {
        let Self { connection, .. } = self;
        connection.execute_batch("UPDATE store SET id = randomblob(16)").map_err(Failure::from)?;
        let id = snapshot::store_id(&connection)?;
        connection.pragma_update(None, "journal_mode", "delete").map_err(Failure::from)?;
        connection.close().map_err(|(_, error)| Failure::from(error))?;
        let on_disk = || -> std::io::Result<()> {
            File::open(path)?.sync_all()?;
            open::sync_folder(
                path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")),
            )
        };
        on_disk().map_err(|error| StoreError::Unavailable { reason: error.to_string() })?;
        Ok(id)
    }
}

fn last_until(source: &Connection, until: Until) -> Result<Option<u64>, Failure> {
    match until {
        Until::Commit(commit) => Ok((commit > 0).then_some(commit)),
        Until::Time(time) => Ok(source
            .query_row(
                "SELECT commit_number FROM journal WHERE time <= ?1 ORDER BY commit_number DESC LIMIT 1",
                [time.as_microsecond()],
                |row| row.get(0),
            )
            .optional()?),
    }
}

impl Replay for Rebuild {
    fn last_commit(&self) -> u64 {
        self.last_commit
    }

    fn replay(&mut self, batches: &[Batch]) -> Result<(), ReplayError> {
        self.last_commit = replay(&self.connection, self.last_commit, batches)?;
        Ok(())
    }
}
