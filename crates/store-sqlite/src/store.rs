//! The store: one writer, many readers, one file.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use async_trait::async_trait;
use jiff::Timestamp;
use vibesheets_core::{
    StoreId,
    durability::{Batch, Durability, SnapshotManifest},
    store::{Store, StoreError},
};

use crate::{
    Failure, Location, MirrorOptions, OpenError, commands, journal, mirror, open,
    readers::Readers,
    snapshot,
    timesheets::RecentTimesheets,
    verify,
    writer::{Activity, Mirrored, Writer},
};

/// What the readiness check writes: a disk that has no room for a person's write has none for this.
const PROBE_BYTES: usize = 32 * 1024;

/// What may differ from one store to another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The most pages of 4 KiB that the file may grow to; writes beyond find the disk full.
    pub most_pages: Option<u32>,
    /// The second folder that holds every commit before it is acknowledged.
    pub mirror: Option<MirrorOptions>,
}

/// A store in one SQLite file. Dropping it writes what was sent, folds the log into the file and closes it.
pub struct SqliteStore {
    /// Dropped before the readers, which hold the lock and the folder.
    pub(crate) writer: Writer,
    pub(crate) readers: Arc<Readers>,
    pub(crate) recent: Arc<RecentTimesheets>,
    id: StoreId,
    mirror_behind: Option<Arc<AtomicU64>>,
    /// Of a mirror without which nothing is acknowledged.
    mirror_probe: Option<mirror::Probe>,
    /// Set to have the mirror's next commit begin a segment.
    mirror_segment: Option<Arc<AtomicBool>>,
    path: PathBuf,
}

impl SqliteStore {
    /// Opens the database, makes it where there is none, and brings its schema up to date.
    ///
    /// # Errors
    /// [`OpenError`] that says what to do; nothing was changed.
    pub fn open(location: &Location, options: &Options) -> Result<Self, OpenError> {
        let place = open::prepare(location)?;
        let path = place.path;
        let durable = *location != Location::Memory;
        let connection = open::writer(&path, durable, options)?;
        open::keep_private(&path);
        let failed = |reason: String| OpenError::Failed { path: path.clone(), reason };
        let engine = |failure: Failure| failed(failure.error.to_string());
        if durable {
            open::sync_log(&path).map_err(|error| failed(error.to_string()))?;
        }
        let last_number = journal::last_commit_number(&connection).map_err(engine)?;
        let id = snapshot::store_id(&connection).map_err(engine)?;
        let mirror_behind = options.mirror.as_ref().map(|_| Arc::new(AtomicU64::new(0)));
        let mirrored = match options.mirror.as_ref().zip(mirror_behind.as_ref()) {
            Some((options, behind)) => {
                Some(mirror::beside(options, id, &path, &connection, last_number, behind)?)
            }
            None => None,
        };
        let (mirror, last_number) = mirrored.unwrap_or((None, last_number));
        let needed = options.mirror.as_ref().is_some_and(|options| !options.optional);
        let mirror_probe = mirror.as_ref().filter(|_| needed).map(mirror::Mirror::probe);
        let mirror_segment = mirror.as_ref().map(mirror::Mirror::next_segment);
        let beside = mirror.zip(options.mirror.clone()).zip(mirror_behind.clone());
        let mirrored = beside.map(|((mirror, options), behind)| Mirrored::new(options, mirror, behind));
        let checkpoints = open::checkpointer(&path, durable).map_err(|error| failed(error.to_string()))?;
        let recent = Arc::new(RecentTimesheets::new());
        let writer = Writer::start(connection, checkpoints, last_number, mirrored, Arc::clone(&recent))
            .map_err(|error| failed(error.to_string()))?;
        let readers = Arc::new(Readers::new(path.clone(), Arc::new(place.held)));
        Ok(Self { writer, readers, recent, id, mirror_behind, mirror_probe, mirror_segment, path })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What the writer has done since the store was opened.
    pub fn activity(&self) -> Activity {
        self.writer.activity()
    }

    /// Commits that the mirror lacks; `None` where the store has no mirror. More than 0 only where that is optional.
    pub fn mirror_behind(&self) -> Option<u64> {
        self.mirror_behind.as_ref().map(|behind| behind.load(Ordering::Relaxed))
    }

    /// Has the next commit begin a segment in the mirror, where there is one: what was before it can go once it is old.
    pub fn begin_mirror_segment(&self) {
        if let Some(begin) = &self.mirror_segment {
            begin.store(true, Ordering::Relaxed);
        }
    }

    /// Waits until the store can write no more, which only a defect brings about: whoever serves it should end, since
    /// only opening it again helps.
    pub async fn writer_ended(&self) {
        self.writer.ended().await;
    }

    /// The engine's own checks of the whole file: schema, structure, indexes, constraints and references. One line for each
    /// finding; none where all is well. Reads the whole file.
    ///
    /// # Errors
    /// [`StoreError`] where the checks could not be run.
    pub async fn check_integrity(&self) -> Result<Vec<String>, StoreError> {
        self.readers.read_long(verify::whole).await
    }

    /// Forgets commands that were applied before `before`; returns how many. In small writes, so that others' are not
    /// held up.
    ///
    /// # Errors
    /// [`StoreError`]; what was forgotten by then stays forgotten.
    pub async fn prune_applied(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.in_batches(move |connection| commands::prune(connection, before)).await
    }

    /// Forgets sessions that ended before `before`; returns how many.
    ///
    /// # Errors
    /// [`StoreError`]; what was forgotten by then stays forgotten.
    pub async fn prune_sessions(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.in_batches(move |connection| crate::accounts::prune_sessions(connection, before)).await
    }

    /// Forgets attempts at passwords that left their window by `now`; returns how many.
    ///
    /// # Errors
    /// [`StoreError`]; what was forgotten by then stays forgotten.
    pub async fn prune_sign_in_attempts(&self, now: Timestamp) -> Result<u64, StoreError> {
        self.in_batches(move |connection| crate::sign_in_attempts::prune(connection, now)).await
    }

    /// Repeats a write until it finds nothing more to do.
    async fn in_batches(
        &self,
        batch: impl Fn(&rusqlite::Connection) -> Result<usize, Failure> + Copy + Send + 'static,
    ) -> Result<u64, StoreError> {
        let mut total = 0;
        loop {
            match self.writer.write_unrecorded(batch).await? {
                0 => return Ok(total),
                some => total += some as u64,
            }
        }
    }
}

/// The writer's connection is closed last: only one that may write folds the log into the file.
impl Drop for SqliteStore {
    fn drop(&mut self) {
        self.readers.close_idle();
    }
}

#[async_trait]
impl Durability for SqliteStore {
    fn store_id(&self) -> StoreId {
        self.id
    }

    fn last_commit(&self) -> u64 {
        *self.writer.last_commit.borrow()
    }

    async fn commit_after(&self, number: u64) -> u64 {
        let mut last_commit = self.writer.last_commit.clone();
        let last = last_commit.wait_for(|last| *last > number).await.map(|last| *last);
        match last {
            Ok(last) => last,
            // Once the writer has ended there is none to come.
            Err(_) => std::future::pending().await,
        }
    }

    async fn read_batches(&self, number: u64, most_bytes: usize) -> Result<Vec<Batch>, StoreError> {
        self.readers.read_long(move |connection| journal::batches(connection, number, most_bytes)).await
    }

    async fn snapshot(&self, path: &Path) -> Result<SnapshotManifest, StoreError> {
        let (source, target) = (self.path.clone(), path.to_owned());
        tokio::task::spawn_blocking(move || snapshot::write(&source, &target))
            .await
            .unwrap_or_else(|error| Err(StoreError::Internal(format!("a snapshot panicked: {error}"))))
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn check(&self) -> Result<(), StoreError> {
        self.readers.read(|connection| Ok(connection.query_row("SELECT 1", (), |_| Ok(()))?))?;
        self.writer
            .write_unrecorded(|connection| {
                connection
                    .prepare_cached("INSERT INTO probe (filler) VALUES (zeroblob(?1))")?
                    .execute([PROBE_BYTES])?;
                let written = connection.last_insert_rowid();
                connection.prepare_cached("DELETE FROM probe WHERE id < ?1")?.execute([written])?;
                Ok(())
            })
            .await?;
        // No record tells of what was written above, so the mirror was not asked yet.
        let Some(probe) = self.mirror_probe.clone() else { return Ok(()) };
        tokio::task::spawn_blocking(move || probe.check())
            .await
            .unwrap_or_else(|error| Err(StoreError::Internal(format!("a check panicked: {error}"))))
    }
}
