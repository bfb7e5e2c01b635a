//! Group commit: a savepoint for each write, one transaction and one sync of the disk for all that wait.

use std::{
    cell::RefCell,
    sync::{Arc, atomic::Ordering},
};

use rusqlite::Connection;
use tokio::sync::{mpsc, watch};
use vibesheets_core::store::StoreError;

use super::{
    Counters, Mirrored, Write,
    checkpoint::Checkpoints,
    job::{Applied, Job},
};
use crate::{
    Failure,
    failure::commit_error,
    timesheets::{Committed, RecentTimesheets},
};

/// The most writes in one transaction: bounds what the last one waits for and what a failure takes with it.
const MOST_IN_GROUP: usize = 512;

pub(super) struct GroupCommit {
    /// Dropped before the writer's connection, which is to be the last one to be closed.
    checkpoints: Checkpoints,
    connection: Connection,
    /// The number of the last business write that was committed. Numbers have no gaps.
    committed: watch::Sender<u64>,
    mirrored: Option<Mirrored>,
    counters: Arc<Counters>,
    recent: Arc<RecentTimesheets>,
}

/// What a group did before its commit.
struct Progress {
    number: u64,
    writes: u64,
    changed_timesheets: Vec<Committed>,
}

impl GroupCommit {
    pub(super) fn new(
        connection: Connection,
        checkpoints: Checkpoints,
        committed: watch::Sender<u64>,
        mirrored: Option<Mirrored>,
        counters: Arc<Counters>,
        recent: Arc<RecentTimesheets>,
    ) -> Self {
        Self { checkpoints, connection, committed, mirrored, counters, recent }
    }

    /// Commits groups until nobody can send any more.
    pub(super) fn run(mut self, mut waiting: mpsc::Receiver<Box<dyn Job>>) {
        let mut group = Vec::new();
        while let Some(first) = waiting.blocking_recv() {
            group.push(first);
            while group.len() < MOST_IN_GROUP
                && let Ok(next) = waiting.try_recv()
            {
                group.push(next);
            }
            let outcome = self.commit(&mut group);
            for job in group.drain(..) {
                job.answer(outcome.clone());
            }
            self.checkpoints.after_commit(&self.connection);
        }
    }

    /// Writes the group in one transaction. After `Ok` it is on the disk, in the mirror too, and nothing of it was answered
    /// yet.
    fn commit(&mut self, group: &mut [Box<dyn Job>]) -> Result<(), StoreError> {
        let outcome = match self.reconcile().and_then(|()| self.apply(group)) {
            Ok(progress) if progress.writes == 0 => {
                self.roll_back();
                return Ok(());
            }
            Ok(progress) => self.make_durable(&progress).map(|()| progress),
            Err(error) => Err(error),
        };
        match outcome {
            Ok(Progress { number, writes, .. }) => {
                self.committed.send_replace(number);
                self.counters.writes.fetch_add(writes, Ordering::Relaxed);
                self.counters.commits.fetch_add(1, Ordering::Relaxed);
                Ok(())
            }
            Err(error) => {
                tracing::error!(%error, writes = group.len(), "a group of writes failed");
                self.roll_back();
                Err(error)
            }
        }
    }

    /// Writes to the database what only the mirror holds, if that is so since a commit failed.
    fn reconcile(&mut self) -> Result<(), StoreError> {
        let Some(mirrored) = &mut self.mirrored else { return Ok(()) };
        if let Some(number) = mirrored.reconcile(&self.connection, &self.recent)? {
            self.committed.send_replace(number);
        }
        Ok(())
    }

    /// First the mirror, then the database: what is in the mirror whole has happened.
    fn make_durable(&mut self, progress: &Progress) -> Result<(), StoreError> {
        let last_number = *self.committed.borrow();
        if let Some(mirrored) = self.mirrored.as_mut().filter(|_| progress.number > last_number) {
            mirrored.append(&self.connection, last_number)?;
        }
        let committed =
            self.recent.around_commit(&progress.changed_timesheets, || self.run_statement("COMMIT"));
        let mirrored = self.mirrored.as_mut();
        match committed {
            Ok(()) => {
                mirrored.into_iter().for_each(|mirrored| mirrored.committed(progress.number));
                Ok(())
            }
            Err(error) => Err(mirrored
                .and_then(|mirrored| mirrored.not_committed(&error))
                .unwrap_or_else(|| commit_error(&error))),
        }
    }

    fn apply(&self, group: &mut [Box<dyn Job>]) -> Result<Progress, StoreError> {
        let mut progress =
            Progress { number: *self.committed.borrow(), writes: 0, changed_timesheets: Vec::new() };
        let changed_timesheets = RefCell::default();
        self.execute("BEGIN IMMEDIATE")?;
        for job in group {
            self.execute("SAVEPOINT one_write")?;
            let write = Write {
                connection: &self.connection,
                number: progress.number + 1,
                changed_timesheets: &changed_timesheets,
            };
            match job.apply(&write) {
                Applied::Done => {
                    progress.writes += 1;
                    progress.number += u64::from(job.is_numbered());
                }
                Applied::Refused => self.execute("ROLLBACK TO one_write")?,
                Applied::GroupFailed(error) => return Err(error),
            }
            self.execute("RELEASE one_write")?;
        }
        progress.changed_timesheets = changed_timesheets.into_inner();
        Ok(progress)
    }

    fn execute(&self, statement: &str) -> Result<(), StoreError> {
        Ok(self.run_statement(statement).map_err(Failure::from)?)
    }

    fn run_statement(&self, statement: &str) -> rusqlite::Result<()> {
        self.connection.prepare_cached(statement)?.execute(()).map(drop)
    }

    /// The engine may have rolled back by itself.
    fn roll_back(&self) {
        if !self.connection.is_autocommit()
            && let Err(error) = self.run_statement("ROLLBACK")
        {
            tracing::error!(%error, "could not roll back");
        }
    }
}
