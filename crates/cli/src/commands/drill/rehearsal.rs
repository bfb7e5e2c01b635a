//! The rehearsal itself: a copy is destroyed and restored, and what that took is measured.

use std::{path::Path, time::Duration};

use jiff::Timestamp;
use vibesheets_core::{TimeSource, durability::Durability};
use vibesheets_ops::{
    archive::{Archive, ArchivePlace},
    restore::{Plan, Point},
};
use vibesheets_store_sqlite::DatabaseFile;

use super::{super::backup::take_of, commits::compare};
use crate::{
    checkpoints,
    config::Config,
    erasures::KnownErasures,
    failure::{Exit, Failure},
    new_database::{NewDatabase, Purpose, remove},
    rebuilding::{Known, Rebuilt, archive_failure, rebuild, restore_failure},
    store,
    system::SystemTime,
};

/// What the drill measured.
pub(super) struct Drilled {
    pub(super) rebuilt: Rebuilt,
    /// The store's last commit when it began.
    pub(super) held: u64,
    pub(super) lost: Lost,
    /// From the loss until the restored store was proven.
    pub(super) rto: Duration,
    /// How long the snapshot took, where one was taken for the drill.
    pub(super) backup: Option<Duration>,
}

/// What would be gone with the disk.
pub(super) struct Lost {
    pub(super) commits: u64,
    /// How old the oldest of them was; `None` where the clock was set back since it was made.
    pub(super) oldest: Option<Duration>,
}

/// What is rehearsed.
pub(super) struct Drill<'a> {
    pub(super) path: &'a Path,
    pub(super) from: Option<&'a ArchivePlace>,
    pub(super) scratch: &'a Path,
    pub(super) config: &'a Config,
}

impl Drill<'_> {
    /// Does it.
    ///
    /// # Errors
    /// [`Failure`] where there is nothing to measure.
    pub(super) async fn run(&self) -> Result<Drilled, Failure> {
        let source = database(self.path)?;
        let held = source.last_commit();
        let (archive, backup) = self.archive().await?;
        let copy = self.scratch.join("copy.db");
        source.snapshot(&copy).await.map_err(|error| Failure::new(Exit::Store, error))?;
        let lost_at = SystemTime.now();
        remove(&copy)?;
        let plan = Plan::make(&archive, Point::Latest).await.map_err(restore_failure)?;
        self.expect_ours(&archive, &plan, &source)?;
        let key = checkpoints::public_key(self.config)?;
        // Whoever was erased since the archive's newest snapshot is not to be compared.
        let known =
            Known { erasures: KnownErasures::of(self.path).await, key: key.as_ref(), must_be_proven: false };
        let rebuilt = rebuild(
            &archive,
            &plan,
            NewDatabase::begin(&copy, Purpose::Restore { replace: false })?,
            known,
            lost_at,
        )
        .await?;
        let rto = since(lost_at);
        // A server may have gone on meanwhile, and its copies with it.
        let source = database(self.path)?;
        if rebuilt.commit > source.last_commit() {
            let message = format!(
                "{} ends with commit {}, and the store with commit {}: the store lost commits; restore it from there",
                archive.place(),
                rebuilt.commit,
                source.last_commit()
            );
            return Err(Failure::new(Exit::Damaged, message));
        }
        compare(&source, &copy, rebuilt.commit).await?;
        let lost = lost(&source, held, rebuilt.commit, lost_at).await?;
        Ok(Drilled { rebuilt, held, lost, rto, backup })
    }

    /// What is restored from, and how long it took to make, where it was made for the drill.
    async fn archive(&self) -> Result<(Archive, Option<Duration>), Failure> {
        let began = SystemTime.now();
        if let Some(place) = self.from {
            return Ok((Archive::open(place, false).map_err(|error| archive_failure(&error))?, None));
        }
        let place = ArchivePlace::Folder(self.scratch.join("backups"));
        let archive = Archive::open(&place, true).map_err(|error| archive_failure(&error))?;
        take_of(self.path, &archive).await?;
        Ok((archive, Some(since(began))))
    }

    fn expect_ours(&self, archive: &Archive, plan: &Plan, source: &DatabaseFile) -> Result<(), Failure> {
        if plan.store == source.store_id() {
            return Ok(());
        }
        Err(Failure::refused(format!(
            "{} holds copies of store {}, and {} is store {}",
            archive.place(),
            plan.store,
            self.path.display(),
            source.store_id()
        )))
    }
}

pub(super) fn database(path: &Path) -> Result<DatabaseFile, Failure> {
    if !path.exists() {
        return Err(Failure::new(Exit::Store, format!("there is no database {}", path.display())));
    }
    DatabaseFile::open(path).map_err(|error| store::open_error(&error))
}

async fn lost(source: &DatabaseFile, held: u64, restored: u64, lost_at: Timestamp) -> Result<Lost, Failure> {
    let commits = held.saturating_sub(restored);
    if commits == 0 {
        return Ok(Lost { commits, oldest: Some(Duration::ZERO) });
    }
    let lost = source.read_batches(restored, 0).await.map_err(|error| Failure::new(Exit::Store, error))?;
    let age = lost.first().map(|batch| lost_at.duration_since(batch.time()));
    Ok(Lost { commits, oldest: age.and_then(|age| Duration::try_from(age).ok()) })
}

fn since(time: Timestamp) -> Duration {
    Duration::try_from(SystemTime.now().duration_since(time)).unwrap_or_default()
}
