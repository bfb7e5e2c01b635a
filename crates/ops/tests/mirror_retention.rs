//! Retention of a mirror: older segments go, any commit since the retention comes back, and a crash at any step of a day's
//! snapshot, its commits and its pruning leaves a mirror that restores and that the next start agrees with.

#![allow(clippy::unwrap_used, reason = "what a test prepares must succeed")]

use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use vibesheets_core::{
    EntryId,
    audit::audit,
    durability::Durability,
    store::{StoreError, Timesheets},
};
use vibesheets_ops::{
    archive::{Archive, ArchiveError, ArchivePlace},
    backup::{self, BackupError, Kept},
    restore::{Plan, Point},
};
use vibesheets_power_cut::{Disk, Mounted};
use vibesheets_store_contract::support::{Lab, TestOrganisation, new};
use vibesheets_store_sqlite::{Location, MirrorOptions, Options, Rebuild, SqliteStore};

const RETENTION_DAYS: i64 = 2;
const DAYS: i64 = 6;
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// A database on the machine's disk and its mirror on one that fails when told to.
struct Place {
    home: TempDir,
    disk: Disk,
    _shown: Mounted,
}

impl Place {
    fn with(disk: Disk) -> std::io::Result<Self> {
        let home = tempfile::tempdir()?;
        fs::create_dir(home.path().join("mirror"))?;
        let shown = disk.mount(&home.path().join("mirror"))?;
        Ok(Self { home, disk, _shown: shown })
    }

    fn of(disk: Disk, database: &Path) -> Self {
        let place = Self::with(disk).unwrap();
        fs::copy(database, place.database()).unwrap();
        place
    }

    fn database(&self) -> PathBuf {
        self.home.path().join("vibesheets.db")
    }

    fn store(&self) -> SqliteStore {
        let mirror = Some(MirrorOptions { folder: self.home.path().join("mirror"), optional: false });
        SqliteStore::open(&Location::File(self.database()), &Options { most_pages: None, mirror }).unwrap()
    }

    fn archive(&self) -> Result<Archive, ArchiveError> {
        Archive::open(&ArchivePlace::Folder(self.home.path().join("mirror")), false)
    }

    fn segments(&self) -> usize {
        fs::read_dir(self.home.path().join("mirror/segments")).unwrap().count()
    }
}

/// Who writes, and what was acknowledged: each entry by the commit that made it.
struct Model {
    lab: Lab,
    team: TestOrganisation,
    acknowledged: Vec<(u64, Timestamp, EntryId)>,
}

impl Model {
    /// A day as `serve` has it: some commits, a snapshot into the mirror, and what is old goes.
    async fn day(&mut self, store: &SqliteStore, place: &Place) -> Result<Kept, BackupError> {
        self.lab.time.advance(DAY.as_secs());
        let mut written = Ok(());
        for _ in 0..3 {
            written = written.and(self.write(store).await);
        }
        let archive = place.archive()?;
        backup::take(store, &archive, place.home.path()).await?;
        store.begin_mirror_segment();
        written = written.and(self.write(store).await);
        let kept = backup::prune(&archive, self.lab.now(), RETENTION_DAYS).await?;
        written.map(|()| kept).map_err(BackupError::from)
    }

    async fn write(&mut self, store: &SqliteStore) -> Result<(), StoreError> {
        self.lab.time.advance(60);
        let now = self.lab.now().to_string();
        let entry = self.lab.entry(self.team.member(0), &now, Some(&now));
        let (id, scope, member) = (entry.id, self.team.scope(), self.team.member(0));
        let commit = self.lab.write_entries(store, &scope, member, vec![new(entry)]).await?;
        self.acknowledged.push((commit.number.unwrap(), self.lab.now(), id));
        Ok(())
    }

    fn last(&self) -> u64 {
        self.acknowledged.last().unwrap().0
    }

    fn until(&self, commit: u64) -> BTreeSet<EntryId> {
        self.acknowledged.iter().filter(|(made, ..)| *made <= commit).map(|(.., id)| *id).collect()
    }

    /// The commits that the retention keeps restorable.
    fn retained(&self) -> Vec<u64> {
        let oldest = self.lab.now() - DAY * i32::try_from(RETENTION_DAYS).unwrap();
        self.acknowledged.iter().filter(|(_, time, _)| *time >= oldest).map(|(commit, ..)| *commit).collect()
    }

    async fn entries(&self, store: &SqliteStore) -> BTreeSet<EntryId> {
        let (scope, member) = (self.team.scope(), self.team.member(0));
        let entries = store.list_member_entries(&scope, member, None, 10_000).await.unwrap();
        entries.into_iter().map(|entry| entry.id).collect()
    }

    /// What the mirror alone brings back is what there was after that commit.
    async fn is_restored(&self, place: &Place, commit: u64) {
        let path = place.home.path().join("restored.db");
        rebuild(&place.archive().unwrap(), commit, &path).await;
        let store = SqliteStore::open(&Location::File(path.clone()), &Options::default()).unwrap();
        assert_eq!(audit(&store, &|_| ()).await.unwrap().findings, []);
        assert_eq!(self.entries(&store).await, self.until(commit), "commit {commit}");
        drop(store);
        fs::remove_file(path).unwrap();
    }

    /// The next start agrees with the mirror, everything that was acknowledged is there, and both go on.
    async fn starts(&mut self, place: &Place) {
        let store = place.store();
        assert!(store.last_commit() >= self.last(), "{} of {}", store.last_commit(), self.last());
        assert!(self.entries(&store).await.is_superset(&self.until(self.last())));
        assert_eq!(audit(&store, &|_| ()).await.unwrap().findings, []);
        let acknowledged = self.acknowledged.len();
        self.day(&store, place).await.unwrap();
        assert!(self.entries(&store).await.is_superset(&self.until(self.last())));
        self.acknowledged.truncate(acknowledged);
    }
}

async fn rebuild(archive: &Archive, commit: u64, path: &Path) {
    let plan = Plan::make(archive, Point::Commit(commit)).await.unwrap();
    assert_eq!(
        plan.within_snapshot, None,
        "segments lead to commit {commit}, without a later snapshot's journal"
    );
    if let Some(snapshot) = &plan.snapshot {
        archive.fetch_snapshot(snapshot, path).await.unwrap();
    }
    let mut target = Rebuild::begin(path).unwrap();
    plan.replay(archive, &mut target, &|_| ()).await.unwrap();
    target.finish(path).unwrap();
}

/// A mirror of some days, from its first commit on; `None`, told loudly, where this user may not mount.
async fn some_days() -> Option<(Place, Model)> {
    let place = match Place::with(Disk::default()) {
        Ok(place) => place,
        Err(error) => {
            let _ = writeln!(
                std::io::stderr(),
                "SKIPPED: no mirror was pruned, since nothing can be mounted here: {error}"
            );
            return None;
        }
    };
    let (store, lab) = (place.store(), Lab::default());
    let team = lab.found(&store, 1).await;
    let mut model = Model { lab, team, acknowledged: Vec::new() };
    let mut removed = Kept::default();
    for _ in 1..DAYS {
        let kept = model.day(&store, &place).await.unwrap();
        removed.segments_removed += kept.segments_removed;
        removed.snapshots_removed += kept.snapshots_removed;
    }
    assert!(removed.segments_removed > 0 && removed.snapshots_removed > 0, "{removed:?}");
    drop(store);
    Some((place, model))
}

#[tokio::test]
async fn any_commit_since_the_retention_comes_back_from_a_pruned_mirror() {
    let Some((place, mut model)) = some_days().await else { return };
    assert!(
        place.segments() <= usize::try_from(RETENTION_DAYS).unwrap() + 3,
        "{} segments",
        place.segments()
    );
    assert!(model.retained().len() > 6);
    for commit in model.retained() {
        model.is_restored(&place, commit).await;
    }
    model.starts(&place).await;
}

#[tokio::test]
async fn a_crash_at_any_step_of_pruning_leaves_a_mirror_that_restores_and_starts() {
    let Some((place, mut model)) = some_days().await else { return };
    let seeds = if cfg!(feature = "proof") { 4 } else { 1 };
    let (days, now) = (model.acknowledged.len(), model.lab.now());
    let mut steps = 0;
    for step in 0.. {
        model.acknowledged.truncate(days);
        model.lab.time.set(now);
        let crashed = Place::of(place.disk.copy(), &place.database());
        let store = crashed.store();
        crashed.disk.freeze_after(step);
        let told = model.day(&store, &crashed).await;
        drop(store);
        if !crashed.disk.is_frozen() {
            assert!(told.unwrap().segments_removed > 0, "what is enumerated holds a removal");
            break;
        }
        let crashed_at = model.lab.now();
        for seed in 0..seeds {
            let survivor = crashed.disk.cut(step as u64 * 31 + seed);
            // As it is after the crash, and as the disk of a machine that stopped before the day's commits has it.
            for database in [crashed.database(), place.database()] {
                let left = Place::of(survivor.copy(), &database);
                model.lab.time.set(crashed_at);
                let retained = model.retained();
                let some = if cfg!(feature = "proof") { 1 } else { retained.len().max(2) - 1 };
                for commit in retained.into_iter().step_by(some) {
                    model.is_restored(&left, commit).await;
                }
                model.starts(&left).await;
            }
        }
        steps += 1;
    }
    assert!(steps > 20, "{steps} steps");
    if cfg!(feature = "proof") {
        let words = format!(
            "A day's commits, snapshot and pruning broken off after each of their {steps} changes to the mirror's disk, {seeds} \
             cuts of the power each: every commit since the retention restored as it was, every start agreed and went on."
        );
        vibesheets_store_contract::evidence::write("Crashes while a mirror is pruned", &words);
    }
}
