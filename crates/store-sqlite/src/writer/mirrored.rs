//! The mirror's part in a commit.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use rusqlite::Connection;
use vibesheets_core::{durability::Batch, journal::StreamId, store::StoreError};

use crate::{
    journal,
    mirror::{AppendFailure, Mirror, MirrorOptions, catch_up},
    replay::replay,
    timesheets::RecentTimesheets,
};

/// The mirror beside the writer.
pub(crate) struct Mirrored {
    options: MirrorOptions,
    mirror: Mirror,
    /// What the mirror holds and the database refused to commit; until it is there, nothing else is.
    unreconciled: Vec<Batch>,
    /// What the mirror holds, or may hold, of the group that is being committed.
    appended: Vec<Batch>,
    /// Commits that the mirror lacks.
    behind: Arc<AtomicU64>,
}

impl Mirrored {
    pub(crate) fn new(options: MirrorOptions, mirror: Mirror, behind: Arc<AtomicU64>) -> Self {
        Self { options, mirror, unreconciled: Vec::new(), appended: Vec::new(), behind }
    }

    /// Appends the commits after `last_number` of the transaction that `connection` is in.
    pub(super) fn append(&mut self, connection: &Connection, last_number: u64) -> Result<(), StoreError> {
        let mut group = journal::batches(connection, last_number, usize::MAX)?;
        let appended = if self.mirror.last_commit < last_number {
            // Brought up to date with the group, which is then the newest of what it lacks.
            catch_up(connection, &mut self.mirror)
        } else {
            self.mirror.append(&group)
        };
        let Err(failure) = appended else {
            self.appended = group;
            return Ok(());
        };
        // Some of the group may be there even where the rest is not.
        if matches!(failure, AppendFailure::NotWritten(_)) {
            group.retain(|batch| batch.commit <= self.mirror.last_commit);
        }
        self.not_mirrored(&failure)?;
        self.appended = group;
        Ok(())
    }

    fn not_mirrored(&self, failure: &AppendFailure) -> Result<(), StoreError> {
        let folder = self.options.folder.display();
        if self.options.optional {
            if self.behind.load(Ordering::Relaxed) == 0 {
                tracing::error!(%folder, %failure, "the mirror cannot be written; going on without it");
            }
            return Ok(());
        }
        Err(match failure {
            AppendFailure::NotWritten(reason) => StoreError::Unavailable {
                reason: format!("the mirror {folder} cannot be written: {reason}; nothing needs a restart"),
            },
            AppendFailure::Unknown(reason) => {
                StoreError::OutcomeUnknown { reason: format!("the mirror {folder}: {reason}") }
            }
        })
    }

    /// The group is in the database.
    pub(super) fn committed(&mut self, number: u64) {
        self.appended.clear();
        self.behind.store(number.saturating_sub(self.mirror.last_commit), Ordering::Relaxed);
    }

    /// The database refused what the mirror may hold already: then it happened, and the database has yet to hold it. `None`
    /// where the mirror holds nothing of it.
    pub(super) fn not_committed(&mut self, error: &rusqlite::Error) -> Option<StoreError> {
        if self.appended.is_empty() {
            return None;
        }
        self.unreconciled = std::mem::take(&mut self.appended);
        Some(unknown(error))
    }

    /// Writes to the database what a commit left out; the number of the last commit if there was something.
    pub(super) fn reconcile(
        &mut self,
        connection: &Connection,
        recent: &RecentTimesheets,
    ) -> Result<Option<u64>, StoreError> {
        let Some(newest) = self.unreconciled.last().map(|batch| batch.commit) else { return Ok(None) };
        let held = journal::last_commit_number(connection)?;
        self.unreconciled.retain(|batch| batch.commit > held);
        replay(connection, held, &self.unreconciled).map_err(|error| unknown(&error))?;
        for kept in self.unreconciled.iter().flat_map(|batch| &batch.records) {
            if let StreamId::Member(organisation, member) = kept.record.stream {
                recent.forget(organisation, member);
            }
        }
        self.unreconciled.clear();
        tracing::warn!(commit = newest, "the database holds again all that the mirror does");
        Ok(Some(newest))
    }
}

fn unknown(error: &dyn std::fmt::Display) -> StoreError {
    StoreError::OutcomeUnknown {
        reason: format!(
            "the mirror holds it and the database does not yet: {error}; it is written there first"
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::atomic::AtomicBool};

    use vibesheets_core::{
        Account,
        journal::{Append, Head, Revision},
    };
    use vibesheets_store_contract::support::{Lab, new};

    use super::*;
    use crate::{Options, accounts, mirror, open, snapshot, writer::Writer};

    /// A writer with a mirror whose commits fail while `failing` is set.
    fn writer(folder: &Path, failing: &Arc<AtomicBool>) -> Writer {
        let path = folder.join("vibesheets.db");
        let mut connection = open::writer(&path, true, &Options::default()).unwrap();
        let fails = Arc::clone(failing);
        connection.commit_hook(Some(move || fails.load(Ordering::Relaxed))).unwrap();
        let options = MirrorOptions { folder: folder.join("mirror"), optional: false };
        std::fs::create_dir_all(&options.folder).unwrap();
        let (id, last) =
            (snapshot::store_id(&connection).unwrap(), journal::last_commit_number(&connection).unwrap());
        let behind = Arc::new(AtomicU64::new(0));
        let (mirror, last) = mirror::beside(&options, id, &path, &connection, last, &behind).unwrap();
        let mirrored = mirror.map(|mirror| Mirrored::new(options, mirror, behind));
        let checkpoints = open::checkpointer(&path, true).unwrap();
        Writer::start(connection, checkpoints, last, mirrored, Arc::new(RecentTimesheets::new())).unwrap()
    }

    async fn add(writer: &Writer, write: &(Append, Revision<Account>)) -> Result<(), StoreError> {
        let (append, revision) = write.clone();
        writer.write(move |write| accounts::write_account(write, &append, &revision).map(drop)).await
    }

    #[tokio::test]
    async fn a_commit_that_fails_after_the_mirrors_is_made_up_for_before_anything_else() {
        let (folder, lab) = (tempfile::tempdir().unwrap(), Lab::default());
        let failing = Arc::new(AtomicBool::new(false));
        let [first, second, third] = [(); 3].map(|()| lab.account_write(Head::EMPTY, new(lab.account())));
        let writer = writer(folder.path(), &failing);
        add(&writer, &first).await.unwrap();
        failing.store(true, Ordering::Relaxed);
        for write in [&second, &third] {
            let unknown = add(&writer, write).await;
            assert!(matches!(unknown, Err(StoreError::OutcomeUnknown { .. })), "{unknown:?}");
        }
        failing.store(false, Ordering::Relaxed);
        add(&writer, &third).await.unwrap();
        let again = add(&writer, &second).await;
        assert!(matches!(again, Err(StoreError::Conflict { .. })), "it happened: {again:?}");
        assert_eq!(*writer.last_commit.borrow(), 3);
    }

    #[tokio::test]
    async fn a_commit_that_failed_is_made_up_for_at_the_next_start() {
        let (folder, lab) = (tempfile::tempdir().unwrap(), Lab::default());
        let failing = Arc::new(AtomicBool::new(true));
        let write = lab.account_write(Head::EMPTY, new(lab.account()));
        let unknown = add(&writer(folder.path(), &failing), &write).await;
        assert!(matches!(unknown, Err(StoreError::OutcomeUnknown { .. })), "{unknown:?}");
        failing.store(false, Ordering::Relaxed);
        let writer = writer(folder.path(), &failing);
        assert_eq!(*writer.last_commit.borrow(), 1);
        let again = add(&writer, &write).await;
        assert!(matches!(again, Err(StoreError::Conflict { .. })), "it happened: {again:?}");
    }
}
