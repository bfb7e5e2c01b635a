//! The one thread that writes. Whoever wants something written sends a job and waits for its answer; the thread takes
//! all that wait, writes them in one transaction, and answers once that is on the disk.

mod checkpoint;
mod group;
mod job;
mod mirrored;

use std::{
    cell::RefCell,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread::JoinHandle,
};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot, watch};
use vibesheets_core::store::StoreError;

use crate::{
    Failure,
    timesheets::{Committed, RecentTimesheets},
};
use checkpoint::LogEmptier;
use job::{Job, Pending};
pub(crate) use mirrored::Mirrored;

/// Jobs that may wait before those who send more are held back.
const MOST_WAITING: usize = 4096;

/// What the writer has done since the store was opened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Activity {
    /// Writes that were applied.
    pub writes: u64,
    /// Commits that made them durable, each with one sync of the disk; never more than `writes`.
    pub commits: u64,
}

#[derive(Default)]
struct Counters {
    writes: AtomicU64,
    commits: AtomicU64,
}

/// The writing thread, seen from outside.
pub(crate) struct Writer {
    /// `None` only while the thread is being ended.
    jobs: Option<mpsc::Sender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
    counters: Arc<Counters>,
    log_emptier: LogEmptier,
    /// The last commit that was made.
    pub(crate) last_commit: watch::Receiver<u64>,
}

/// What a business write may use.
pub(crate) struct Write<'a> {
    /// Inside the group's transaction and the write's own savepoint.
    pub(crate) connection: &'a Connection,
    /// The store-wide number that the write's records carry.
    pub(crate) number: u64,
    changed_timesheets: &'a RefCell<Vec<Committed>>,
}

impl<'a> Write<'a> {
    /// A write of its own, whose changes nobody remembers yet.
    pub(crate) const fn new(
        connection: &'a Connection,
        number: u64,
        changed_timesheets: &'a RefCell<Vec<Committed>>,
    ) -> Self {
        Self { connection, number, changed_timesheets }
    }

    /// To be called last in a write that changes a member's time: whoever remembers it is told after the commit.
    pub(crate) fn changes_timesheet(&self, change: Committed) {
        self.changed_timesheets.borrow_mut().push(change);
    }
}

impl Writer {
    /// Starts the thread on `connection`, which continues after commit `last_number`, and one for checkpoints on another.
    pub(crate) fn start(
        connection: Connection,
        checkpoints: Connection,
        last_number: u64,
        mirrored: Option<Mirrored>,
        recent: Arc<RecentTimesheets>,
    ) -> std::io::Result<Self> {
        let (jobs, waiting) = mpsc::channel(MOST_WAITING);
        let counters = Arc::new(Counters::default());
        let (committed, last_commit) = watch::channel(last_number);
        let checkpoints = checkpoint::Checkpoints::start(checkpoints)?;
        let log_emptier = checkpoints.log_emptier();
        let group = group::GroupCommit::new(
            connection,
            checkpoints,
            committed,
            mirrored,
            Arc::clone(&counters),
            recent,
        );
        let thread = std::thread::Builder::new()
            .name("vibesheets-writer".to_owned())
            .spawn(move || group.run(waiting))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread), counters, log_emptier, last_commit })
    }

    /// Whether nothing is left in the log: what stood in the tables before is nowhere any more.
    pub(crate) async fn empty_log(&self) -> bool {
        self.log_emptier.empty().await
    }

    /// A business write: takes the next commit number where it succeeds.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        apply: impl FnOnce(&Write<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.send(true, apply).await
    }

    /// A write that no record tells of (sessions, upkeep): takes no commit number.
    pub(crate) async fn write_unrecorded<T: Send + 'static>(
        &self,
        apply: impl FnOnce(&Connection) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.send(false, |write| apply(write.connection)).await
    }

    async fn send<T: Send + 'static>(
        &self,
        numbered: bool,
        apply: impl FnOnce(&Write<'_>) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        let job = Box::new(Pending::new(numbered, apply, answer));
        let ended =
            || StoreError::Unavailable { reason: "the writer has ended; restart vibesheets".to_owned() };
        self.jobs.as_ref().ok_or_else(ended)?.send(job).await.map_err(|_| ended())?;
        // The thread answers every job it took; without an answer it ended in the middle of one.
        answered.await.unwrap_or_else(|_| {
            Err(StoreError::OutcomeUnknown { reason: "the writer ended while it was writing".to_owned() })
        })
    }

    /// Waits until the thread has ended; while the store is there it does so only by a defect.
    pub(crate) async fn ended(&self) {
        if let Some(jobs) = &self.jobs {
            jobs.closed().await;
        }
    }

    pub(crate) fn activity(&self) -> Activity {
        Activity {
            writes: self.counters.writes.load(Ordering::Relaxed),
            commits: self.counters.commits.load(Ordering::Relaxed),
        }
    }
}

/// Writes what was sent and ends the thread, so that the file is closed when the store is gone.
impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the writer had panicked");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Defect;

    impl Job for Defect {
        fn is_numbered(&self) -> bool {
            false
        }

        fn apply(&mut self, _write: &Write<'_>) -> job::Applied {
            panic!("outside what a job catches");
        }

        fn answer(self: Box<Self>, _group: Result<(), StoreError>) {}
    }

    #[tokio::test]
    async fn a_thread_that_a_defect_ended_is_told_of_and_takes_nothing_more() {
        let connection = || Connection::open_in_memory().expect("a database");
        let writer = Writer::start(connection(), connection(), 0, None, Arc::new(RecentTimesheets::new()))
            .expect("a thread");
        let jobs = writer.jobs.as_ref().expect("not dropped");
        assert!(!jobs.is_closed());
        jobs.send(Box::new(Defect)).await.expect("taken");
        writer.ended().await;
        let late = writer.write_unrecorded(|_| Ok(())).await;
        assert!(matches!(late, Err(StoreError::Unavailable { .. })), "{late:?}");
    }
}
