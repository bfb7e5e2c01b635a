//! `vibesheets drill`: the loss of a disk, rehearsed on a copy: nothing that is served is touched.

use std::{fs, path::Path, time::Duration};

use clap::Args;
use jiff::Timestamp;
use serde_json::json;
use vibesheets_core::{
    TimeSource,
    durability::{Batch, Durability, Kept},
};
use vibesheets_ops::{
    archive::{Archive, ArchivePlace},
    restore::{Plan, Point},
    scratch::Scratch,
    shipping,
};
use vibesheets_store_sqlite::{DatabaseFile, Location};

use super::{
    Shell,
    backup::take_of,
    verify::{ahead_in_words, checkpoints_in_words},
};
use crate::{
    checkpoints,
    config::{Config, Flag, keys},
    erasures::KnownErasures,
    failure::{Exit, Failure},
    new_database::{NewDatabase, Purpose, remove},
    paths::{file_failure, folder_of},
    rebuilding::{Known, Rebuilt, archive_failure, rebuild, restore_failure},
    store::{self, StoreLocation},
    system::SystemTime,
};

/// The guide's promise for a restore, and for what it may lose.
const AN_HOUR: Duration = Duration::from_secs(60 * 60);

/// A server takes a snapshot when the newest is a day old, and looks each hour.
const BETWEEN_SNAPSHOTS: Duration = Duration::from_secs(26 * 60 * 60);

/// What to rehearse.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The mirror, replica or place of backups to restore from [default: a snapshot that is taken for the drill]
    #[arg(long, value_name = "PLACE")]
    from: Option<ArchivePlace>,
    /// The store [default: the configured one]
    #[arg(long, value_name = "URL")]
    store: Option<String>,
}

impl Arguments {
    pub(super) fn flags(&self) -> Vec<Flag> {
        self.store.iter().map(|value| Flag { key: keys::STORE, value: value.clone() }).collect()
    }
}

pub(super) fn run(arguments: &Arguments, shell: &Shell) -> Result<(), Failure> {
    let StoreLocation::Sqlite(Location::File(path)) = &shell.config.store.value else {
        return Err(Failure::usage("a drill is of a database in a file; name one with --store sqlite:PATH"));
    };
    let beside = folder_of(path);
    let scratch = Scratch::begin(beside, "drill-").map_err(|error| file_failure(beside, &error))?;
    let drill = Drill { path, from: arguments.from.as_ref(), scratch: scratch.path(), config: &shell.config };
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Failure::internal)?;
    let drilled = runtime.block_on(drill.run())?;
    let Drilled { rebuilt, held, lost, rto, backup } = &drilled;
    let json = json!({
        "store": shell.config.store.value.to_string(),
        "commit": rebuilt.commit, "commits_at_the_start": held, "commits_lost": lost.commits,
        "recovery_point_seconds": lost.oldest.map(|age| age.as_secs_f64()), "recovery_time_seconds": rto.as_secs_f64(),
        "backup_seconds": backup.map(|backup| backup.as_secs_f64()),
        "records": rebuilt.audit.records, "entries": rebuilt.audit.entries,
        "checkpoints": rebuilt.checkpoints.held, "checkpoints_ahead": rebuilt.checkpoints.ahead,
        "checkpoints_unread": rebuilt.checkpoints.unread,
    });
    shell.answer(&json, || drilled.in_words(path))?;
    drilled.judge(&Promise::of(arguments.from.as_ref(), &shell.config))
}

/// What a copy is kept for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Promise {
    /// A mirror, and a snapshot of this moment: nothing that was there when the drill began is lost.
    Nothing,
    /// A replica, and other places: nothing older is lost.
    NothingOlderThan(Duration),
}

impl Promise {
    fn of(from: Option<&ArchivePlace>, config: &Config) -> Self {
        let is = |place: Option<ArchivePlace>| {
            place.is_some_and(|place| from.is_some_and(|from| is_same_place(from, &place)))
        };
        if from.is_none() || is(config.mirror.value.clone().map(ArchivePlace::Folder)) {
            Self::Nothing
        } else if is(config.replica.value.clone()) {
            Self::NothingOlderThan(shipping::WORRYING)
        } else if is(config.backups_place()) {
            Self::NothingOlderThan(BETWEEN_SNAPSHOTS)
        } else {
            Self::NothingOlderThan(AN_HOUR)
        }
    }
}

fn is_same_place(one: &ArchivePlace, other: &ArchivePlace) -> bool {
    match (one, other) {
        (ArchivePlace::Folder(one), ArchivePlace::Folder(other)) => {
            one == other
                || fs::canonicalize(one)
                    .ok()
                    .zip(fs::canonicalize(other).ok())
                    .is_some_and(|(one, other)| one == other)
        }
        _ => one == other,
    }
}

/// What the drill measured.
struct Drilled {
    rebuilt: Rebuilt,
    /// The store's last commit when it began.
    held: u64,
    lost: Lost,
    /// From the loss until the restored store was proven.
    rto: Duration,
    /// How long the snapshot took, where one was taken for the drill.
    backup: Option<Duration>,
}

/// What would be gone with the disk.
struct Lost {
    commits: u64,
    /// How old the oldest of them was; `None` where the clock was set back since it was made.
    oldest: Option<Duration>,
}

struct Drill<'a> {
    path: &'a Path,
    from: Option<&'a ArchivePlace>,
    scratch: &'a Path,
    config: &'a Config,
}

impl Drill<'_> {
    async fn run(&self) -> Result<Drilled, Failure> {
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

fn database(path: &Path) -> Result<DatabaseFile, Failure> {
    if !path.exists() {
        return Err(Failure::new(Exit::Store, format!("there is no database {}", path.display())));
    }
    DatabaseFile::open(path).map_err(|error| store::open_error(&error))
}

/// Every commit that was restored is the one that the store holds under its number.
async fn compare(source: &DatabaseFile, restored: &Path, until: u64) -> Result<(), Failure> {
    const CHUNK_BYTES: usize = 4 * 1024 * 1024;
    let restored = database(restored)?;
    let unreadable = |error| Failure::new(Exit::Store, error);
    let mut commit = 0;
    while commit < until.min(source.last_commit()) {
        let ours = source.read_batches(commit, CHUNK_BYTES).await.map_err(unreadable)?;
        let theirs = restored.read_batches(commit, CHUNK_BYTES).await.map_err(unreadable)?;
        // After them the restored store may hold erasures of its own.
        for (ours, theirs) in ours.iter().zip(&theirs).take_while(|(ours, _)| ours.commit <= until) {
            if !is_same(ours, theirs) {
                let message =
                    format!("the restored store holds another commit {} than the store", ours.commit);
                return Err(Failure::new(Exit::Damaged, message));
            }
        }
        match (ours.last(), theirs.last()) {
            (Some(ours), Some(theirs)) => commit = ours.commit.min(theirs.commit),
            _ => {
                let message = format!("the restored store lacks commit {}", commit + 1);
                return Err(Failure::new(Exit::Damaged, message));
            }
        }
    }
    Ok(())
}

/// Answers are forgotten after a time: the store may have forgotten some that its copies still know.
fn is_same(ours: &Batch, theirs: &Batch) -> bool {
    let same = |(ours, theirs): (&Kept, &Kept)| {
        let answers = ours.applied.as_ref().zip(theirs.applied.as_ref());
        ours.record == theirs.record
            && ours.payload == theirs.payload
            && answers.is_none_or(|(ours, theirs)| ours.is_erased() || theirs.is_erased() || ours == theirs)
    };
    ours.commit == theirs.commit
        && ours.records.len() == theirs.records.len()
        && ours.records.iter().zip(&theirs.records).all(same)
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

impl Drilled {
    fn in_words(&self, path: &Path) -> String {
        let Self { rebuilt, held, lost, rto, backup } = self;
        let taken = backup.map_or_else(String::new, |backup| {
            format!("A snapshot was taken and proven in {:.1} s. ", backup.as_secs_f64())
        });
        let lost = match (lost.commits, lost.oldest) {
            (0, _) => "nothing".to_owned(),
            (some, Some(oldest)) => {
                format!("{some} of {held} commits, the oldest {:.1} s old", oldest.as_secs_f64())
            }
            (some, None) => format!(
                "{some} of {held} commits; the clock was set back since, so nobody knows how old they are"
            ),
        };
        format!(
            "{taken}A copy of {} was destroyed and restored: commit {}, {} records, {} entries, each the same as in the store.\n\
             {}{}Lost (RPO): {lost}. From the loss to a proven store (RTO): {:.1} s.\n",
            path.display(),
            rebuilt.commit,
            rebuilt.audit.records,
            rebuilt.audit.entries,
            checkpoints_in_words(rebuilt.checkpoints.held, rebuilt.checkpoints.unread),
            ahead_in_words(rebuilt.checkpoints.ahead),
            rto.as_secs_f64()
        )
    }

    /// A rehearsal that ends badly must not look like one that ends well.
    fn judge(&self, promise: &Promise) -> Result<(), Failure> {
        let broken = |what: String| Err(Failure::new(Exit::Damaged, format!("the drill {what}")));
        if self.rto > AN_HOUR {
            return broken("took more than an hour, which the guide promises".to_owned());
        }
        let commits = self.lost.commits;
        match *promise {
            Promise::Nothing if commits > 0 => {
                broken(format!("lost {commits} commits, and was to lose nothing"))
            }
            Promise::NothingOlderThan(most) if self.lost.oldest.is_none_or(|oldest| oldest > most) => {
                broken(format!("lost what was more than {} s old, or nobody knows how old", most.as_secs()))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use vibesheets_core::store::AppliedCommand;
    use vibesheets_store_contract::support::Lab;
    use vibesheets_store_sqlite::{Options, SqliteStore};

    use super::*;

    #[tokio::test]
    async fn an_answer_that_the_store_forgot_makes_no_difference_and_another_one_does() {
        let store = SqliteStore::open(&Location::Memory, &Options::default()).expect("a store");
        let lab = Lab::default();
        lab.found(&store, 1).await;
        let mut ours = store.read_batches(0, usize::MAX).await.expect("read").remove(0);
        let applied = lab.applied("an answer");
        ours.records[0].applied = Some(applied.clone());
        let with = |applied: Option<AppliedCommand>| {
            let mut other = ours.clone();
            other.records[0].applied = applied;
            other
        };
        assert!(is_same(&ours, &with(Some(applied.clone()))));
        assert!(
            is_same(&with(None), &ours) && is_same(&with(Some(AppliedCommand::erased(applied.id))), &ours)
        );
        assert!(!is_same(&ours, &with(Some(lab.applied("another answer")))));
        let mut other = ours.clone();
        other.records[0].payload = None;
        assert!(!is_same(&ours, &other));
    }
}
