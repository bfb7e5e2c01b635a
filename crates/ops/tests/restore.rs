//! What is shipped and copied is brought back: any commit, any time, and never more than was there.

#![allow(clippy::unwrap_used, reason = "what a test prepares must succeed")]

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::Timestamp;
use tempfile::TempDir;
use tokio::sync::watch;
use vibesheets_core::{
    Entry, EntryId, RandomSource, StoreId,
    audit::audit,
    durability::{Durability, Replay, SnapshotManifest, names},
    journal::StreamId,
    store::{JournalReader, Timesheets},
};
use vibesheets_ops::{
    archive::{Archive, ArchiveError, ArchivePlace},
    backup,
    restore::{Plan, Point, RestoreError},
    shipping::{Shipping, ShippingError},
};
use vibesheets_store_contract::support::{Lab, TestOrganisation, changed, new};
use vibesheets_store_sqlite::{DatabaseFile, Location, Options, Rebuild, SqliteStore, Until};

/// Everyone's entries after a commit.
type State = BTreeMap<EntryId, Entry>;

/// A store, and what it held after each commit.
struct Model {
    folder: TempDir,
    lab: Lab,
    store: Arc<SqliteStore>,
    team: TestOrganisation,
    states: Vec<(u64, Timestamp, State)>,
}

impl Model {
    async fn with(members: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let location = Location::File(folder.path().join("vibesheets.db"));
        let store = Arc::new(SqliteStore::open(&location, &Options::default()).unwrap());
        let lab = Lab::default();
        let team = lab.found(&*store, members).await;
        let states = vec![(store.last_commit(), lab.now(), State::new())];
        Self { folder, lab, store, team, states }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn archive(&self, name: &str) -> Archive {
        Archive::open(&ArchivePlace::Folder(self.path(name)), true).unwrap()
    }

    /// Somebody's entry is made, or one that is there is edited.
    async fn step(&mut self, number: usize) {
        self.lab.time.advance(1 + (number as i64 * 7) % 50);
        let (scope, member) = (self.team.scope(), self.team.member(number % 3));
        let mut state = self.states.last().unwrap().2.clone();
        let of_member: Vec<Entry> =
            state.values().filter(|entry| entry.member_id == member).cloned().collect();
        let head = self.store.head(StreamId::Member(scope.organisation, member)).await.unwrap();
        let revision = if number % 4 == 3 && !of_member.is_empty() {
            let before = &of_member[number % of_member.len()];
            changed(
                before,
                Entry { version: before.version + 1, billable: !before.billable, ..before.clone() },
            )
        } else {
            let day = 1 + number / 20;
            let time = |minute: usize| format!("2026-03-{day:02}T{:02}:{minute:02}:00Z", number % 20);
            new(self.lab.entry(member, &time(0), Some(&time(30))))
        };
        let write = self.lab.timesheet_write(&scope, member, head, vec![revision]);
        let after = write.change.entries[0].after.clone();
        let commit = self.store.write_timesheet(&scope, write).await.unwrap().number.unwrap();
        state.insert(after.id, after);
        self.states.push((commit, self.lab.now(), state));
    }

    fn at(&self, time: Timestamp) -> &State {
        &self.states.iter().rev().find(|(_, made, _)| *made <= time).unwrap().2
    }

    /// What a restore to `point` holds, after it was proven.
    async fn restored(&self, archive: &Archive, point: Point) -> State {
        let plan = Plan::make(archive, point).await.unwrap();
        let path = self.path("restored.db");
        let id = rebuild(archive, &plan, &path).await;
        assert_ne!(id, self.store.store_id(), "it is a store of its own");
        let store = SqliteStore::open(&Location::File(path.clone()), &Options::default()).unwrap();
        assert_eq!(audit(&store, &|_| ()).await.unwrap().findings, []);
        let mut state = State::new();
        for member in &self.team.members {
            let entries =
                store.list_member_entries(&self.team.scope(), member.member.id, None, 10_000).await.unwrap();
            state.extend(entries.into_iter().map(|entry| (entry.id, entry)));
        }
        drop(store);
        std::fs::remove_file(path).unwrap();
        state
    }
}

async fn rebuild(archive: &Archive, plan: &Plan, path: &Path) -> StoreId {
    if let Some(point) = plan.within_snapshot {
        let source = path.with_extension("snapshot");
        archive.fetch_snapshot(plan.snapshot.as_ref().unwrap(), &source).await.unwrap();
        let mut target = Rebuild::begin(path).unwrap();
        let until = match point {
            Point::Commit(commit) => Until::Commit(commit),
            Point::Time(time) => Until::Time(time),
            Point::Latest => unreachable!("the latest commit is in no snapshot's past"),
        };
        target.replay_journal_of(&source, until, &|_| ()).unwrap();
        std::fs::remove_file(source).unwrap();
        return target.finish(path).unwrap();
    }
    if let Some(snapshot) = &plan.snapshot {
        archive.fetch_snapshot(snapshot, path).await.unwrap();
    }
    let mut target = Rebuild::begin(path).unwrap();
    plan.replay(archive, &mut target, &|_| ()).await.unwrap();
    assert_eq!(Some(target.last_commit()), plan.commit.map(|(commit, _)| commit));
    target.finish(path).unwrap()
}

/// A store, a replica from its first entry on, and two snapshots in it.
async fn shipped(steps: usize) -> (Model, Archive) {
    shipped_while_the_clock_jumps(steps, &[0; 3]).await
}

/// The same in as many parts as there are jumps, with the clock set by so many seconds before each.
async fn shipped_while_the_clock_jumps(steps: usize, jumps: &[i64]) -> (Model, Archive) {
    let mut model = Model::with(3).await;
    let archive = model.archive("replica");
    for (part, jump) in jumps.iter().enumerate() {
        model.lab.time.advance(*jump);
        let source: Arc<dyn Durability> = Arc::<SqliteStore>::clone(&model.store);
        let shipping =
            Shipping::begin(source, archive.clone(), model.folder.path().to_owned()).await.unwrap();
        let (stop, stopped) = watch::channel(false);
        let running = tokio::spawn(shipping.run(stopped));
        for number in 0..steps / jumps.len() {
            model.step(part * steps / jumps.len() + number).await;
        }
        stop.send_replace(true);
        running.await.unwrap().unwrap();
        backup::take(&*model.store, &archive, model.folder.path()).await.unwrap();
    }
    (model, archive)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_time_and_any_commit_comes_back_as_it_was() {
    let (steps, points) = if cfg!(feature = "proof") { (300, 200) } else { (60, 24) };
    let (model, archive) = shipped(steps).await;
    let (first, last) = (model.states[0].1, model.states.last().unwrap().1);
    let span = u64::try_from(last.duration_since(first).as_micros()).unwrap();
    for _ in 0..points {
        let mut chance = [0; 8];
        model.lab.random.fill(&mut chance);
        let offset = i64::try_from(u64::from_be_bytes(chance) % (span + 1)).unwrap();
        let time = first + jiff::SignedDuration::from_micros(offset);
        assert_eq!(&model.restored(&archive, Point::Time(time)).await, model.at(time), "at {time}");
    }
    for (commit, _, state) in model.states.iter().step_by(steps / 12) {
        assert_eq!(&model.restored(&archive, Point::Commit(*commit)).await, state, "commit {commit}");
    }
    assert_eq!(model.restored(&archive, Point::Latest).await, model.states.last().unwrap().2);
    if cfg!(feature = "proof") {
        let figures = format!(
            "{points} restores to random times in the span of {steps} commits: each equal to the model's state."
        );
        vibesheets_store_contract::evidence::write("Restore to any time", &figures);
    }
}

#[tokio::test]
async fn without_its_snapshots_a_replica_restores_what_follows_its_first_one() {
    let (model, archive) = shipped(9).await;
    let snapshots = archive.list_snapshots().await.unwrap();
    for snapshot in &snapshots[1..] {
        for file in [names::snapshot_file(snapshot.commit), names::manifest_file(snapshot.commit)] {
            std::fs::remove_file(model.path("replica/snapshots").join(file)).unwrap();
        }
    }
    assert_eq!(model.restored(&archive, Point::Latest).await, model.states.last().unwrap().2);
}

#[tokio::test]
async fn the_same_state_has_the_same_digest_wherever_it_stands() {
    let (model, archive) = shipped(9).await;
    let path = model.path("again.db");
    rebuild(&archive, &Plan::make(&archive, Point::Latest).await.unwrap(), &path).await;
    let digest = |path: &Path| DatabaseFile::open(path).unwrap().logical_digest().unwrap();
    assert_eq!(digest(&path), digest(model.store.path()));
    let (last, _, _) = model.states.last().unwrap();
    let earlier = model.path("earlier.db");
    rebuild(&archive, &Plan::make(&archive, Point::Commit(last - 1)).await.unwrap(), &earlier).await;
    assert_ne!(digest(&earlier), digest(model.store.path()));
}

#[tokio::test]
async fn a_gap_is_named_and_nothing_beyond_it_is_restored() {
    let (model, archive) = shipped(9).await;
    for snapshot in archive.list_snapshots().await.unwrap().iter().skip(1) {
        std::fs::remove_file(model.path("replica/snapshots").join(names::manifest_file(snapshot.commit)))
            .unwrap();
    }
    let segments = archive.list_segments().await.unwrap();
    assert!(segments.len() >= 3, "{segments:?}");
    let missing = segments[1].first_commit;
    std::fs::remove_file(model.path("replica/segments").join(names::segment_file(missing))).unwrap();
    let error = Plan::make(&archive, Point::Latest).await.err().unwrap();
    let RestoreError::Gap { first, restorable, .. } = &error else { panic!("{error}") };
    assert_eq!((*first, *restorable), (missing, missing - 1));
    let state = model.restored(&archive, Point::Commit(missing - 1)).await;
    assert_eq!(
        Some(&state),
        model.states.iter().find(|(commit, ..)| *commit == missing - 1).map(|(.., state)| state)
    );
    assert_eq!(backup::verify(&archive).await.unwrap().findings.len(), 1);
}

#[tokio::test]
async fn what_no_segment_holds_comes_from_the_journal_of_the_next_snapshot() {
    let (model, archive) = shipped(12).await;
    for segment in archive.list_segments().await.unwrap() {
        std::fs::remove_file(model.path("replica/segments").join(names::segment_file(segment.first_commit)))
            .unwrap();
    }
    for (commit, time, state) in &model.states {
        assert_eq!(&model.restored(&archive, Point::Commit(*commit)).await, state, "commit {commit}");
        assert_eq!(&model.restored(&archive, Point::Time(*time)).await, state, "at {time}");
    }
}

/// A time brings back the last commit by its number that was made then or before, wherever it is kept; after the last one's time
/// nothing is known, though the clock had been there once.
#[tokio::test]
async fn after_a_clock_that_was_set_back_a_time_brings_back_the_last_commit_of_then() {
    let (model, archive) = shipped_while_the_clock_jumps(8, &[0, 7200, -3600, 60]).await;
    let batches = model.store.read_batches(0, usize::MAX).await.unwrap();
    let ends_at = batches.last().unwrap().time();
    assert!(batches.iter().any(|batch| batch.time() > ends_at), "the clock was set back");
    let [segments, snapshots] = ["segments", "snapshots"].map(|folder| model.path("replica").join(folder));
    let later: Vec<_> = archive.list_snapshots().await.unwrap().drain(1..).collect();
    let manifest = |of: &SnapshotManifest| snapshots.join(names::manifest_file(of.commit));
    let moved =
        |aside: &Path| std::fs::rename(&segments, aside).and_then(|()| std::fs::create_dir(&segments));
    let steps: [(&str, &dyn Fn()); 3] = [
        ("with all", &|| ()),
        ("with snapshots alone", &|| moved(&model.path("aside")).unwrap()),
        ("with one snapshot and segments", &|| {
            std::fs::remove_dir(&segments)
                .and_then(|()| std::fs::rename(model.path("aside"), &segments))
                .unwrap();
            later.iter().for_each(|snapshot| std::fs::remove_file(manifest(snapshot)).unwrap());
        }),
    ];
    for (what, step) in steps {
        step();
        for time in batches.iter().map(|batch| batch.time()).filter(|time| *time >= model.states[0].1) {
            if time > ends_at {
                let refused = Plan::make(&archive, Point::Time(time)).await.err();
                assert!(
                    matches!(refused, Some(RestoreError::TimeAfterEnd { .. })),
                    "{time} {what}: {refused:?}"
                );
                continue;
            }
            let last = batches.iter().rfind(|batch| batch.time() <= time).unwrap().commit;
            let (.., state) = model.states.iter().find(|(commit, ..)| *commit == last).unwrap();
            assert_eq!(&model.restored(&archive, Point::Time(time)).await, state, "{time} {what}");
        }
    }
}

#[tokio::test]
async fn times_and_commits_that_are_not_there_are_refused() {
    let (model, archive) = shipped(6).await;
    let (last, time, _) = model.states.last().unwrap();
    let after = Plan::make(&archive, Point::Commit(last + 1)).await.err().unwrap();
    assert!(matches!(after, RestoreError::CommitAfterEnd { .. }), "{after}");
    let after =
        Plan::make(&archive, Point::Time(*time + jiff::SignedDuration::from_secs(1))).await.err().unwrap();
    assert!(matches!(after, RestoreError::TimeAfterEnd { .. }), "{after}");
    let empty = Plan::make(&model.archive("nothing"), Point::Latest).await.err().unwrap();
    assert!(matches!(empty, RestoreError::Archive(ArchiveError::Empty { .. })), "{empty}");
}

#[tokio::test]
async fn every_flipped_byte_in_a_replica_is_found() {
    let (model, archive) = shipped(6).await;
    let clean = backup::verify(&archive).await.unwrap();
    assert_eq!(clean.findings, Vec::<String>::new());
    let segments = std::fs::read_dir(model.path("replica/segments")).unwrap();
    let snapshots = std::fs::read_dir(model.path("replica/snapshots")).unwrap();
    let mut flips = 0;
    for file in segments.chain(snapshots).map(|file| file.unwrap().path()) {
        let whole = std::fs::read(&file).unwrap();
        // Manifests are short; the long form flips in each block of a snapshot too.
        let step = if whole.len() > 100_000 && !cfg!(feature = "proof") { 64 * 64 } else { 64 };
        for at in (0..whole.len()).step_by(step) {
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << (at / 64 % 8);
            std::fs::write(&file, &flipped).unwrap();
            let found = backup::verify(&archive).await.unwrap();
            assert_ne!(found.findings, Vec::<String>::new(), "{} byte {at}", file.display());
            flips += 1;
        }
        std::fs::write(&file, &whole).unwrap();
    }
    assert!(flips > 200, "{flips} flips");
    if cfg!(feature = "proof") {
        let figures =
            format!("{flips} bytes flipped in segments, snapshots and manifests, every 64th: each found.");
        vibesheets_store_contract::evidence::write("Flipped bytes", &figures);
    }
}

#[tokio::test]
async fn an_archive_fills_neither_the_disk_nor_the_memory_of_whoever_restores_from_it() {
    let (model, archive) = shipped(6).await;
    let lengthen = |path: PathBuf, bytes| {
        std::fs::File::options().append(true).open(path).unwrap().set_len(bytes).unwrap()
    };
    let manifest = archive.list_snapshots().await.unwrap().remove(0);
    lengthen(model.path(&format!("replica/snapshots/{}", names::snapshot_file(manifest.commit))), 64 << 20);
    let target = model.path("fetched.db");
    let refused = archive.fetch_snapshot(&manifest, &target).await.unwrap_err().to_string();
    let expected = format!("is longer than the {} bytes that its manifest says", manifest.bytes);
    assert!(refused.ends_with(&expected), "{refused}");
    assert!(!target.exists());

    let segment = archive.list_segments().await.unwrap().remove(0);
    lengthen(
        model.path(&format!("replica/segments/{}", names::segment_file(segment.first_commit))),
        (512 << 20) + 1,
    );
    let refused = archive.read_segment(segment).await.unwrap_err().to_string();
    assert!(
        refused.ends_with("has 536870913 bytes, and is never written with more than 536870912"),
        "{refused}"
    );
    lengthen(
        model.path(&format!("replica/snapshots/{}", names::manifest_file(manifest.commit))),
        (64 << 10) + 1,
    );
    let refused = archive.list_snapshots().await.unwrap_err().to_string();
    assert!(refused.ends_with("has 65537 bytes, and is never written with more than 65536"), "{refused}");
}

#[tokio::test]
async fn a_replica_of_another_store_or_another_past_is_refused() {
    let (model, archive) = shipped(6).await;
    let other = Model::with(3).await;
    let source: Arc<dyn Durability> = Arc::<SqliteStore>::clone(&other.store);
    let refused = Shipping::begin(source, archive.clone(), other.folder.path().to_owned()).await;
    assert!(matches!(refused.err().unwrap(), ShippingError::Archive(ArchiveError::Foreign { .. })));
    // An older copy of the same store, put in its place.
    let path = model.path("older.db");
    let oldest = archive.list_snapshots().await.unwrap().remove(0);
    archive.fetch_snapshot(&oldest, &path).await.unwrap();
    let older = SqliteStore::open(&Location::File(path), &Options::default()).unwrap();
    let refused = Shipping::begin(Arc::new(older), archive, model.folder.path().to_owned()).await;
    assert!(matches!(refused.err().unwrap(), ShippingError::Ahead { .. }));
}

#[tokio::test]
async fn pruning_keeps_every_commit_of_the_retention_restorable() {
    let (model, archive) = shipped(30).await;
    let (_, last, _) = model.states.last().unwrap();
    let later = *last + jiff::SignedDuration::from_hours(24 * 35) - jiff::SignedDuration::from_secs(120);
    let kept = backup::prune(&archive, later, 35).await.unwrap();
    assert!(kept.snapshots_removed > 0 && kept.segments_removed > 0, "{kept:?}");
    let oldest = later - jiff::SignedDuration::from_hours(24 * 35);
    for (_, time, state) in model.states.iter().filter(|(_, time, _)| *time >= oldest) {
        assert_eq!(&model.restored(&archive, Point::Time(*time)).await, state, "at {time}");
    }
    let kept = backup::prune(&archive, later + jiff::SignedDuration::from_hours(24 * 400), 35).await.unwrap();
    assert_eq!(kept.snapshots.len(), 1, "the newest stays");
    assert_eq!(model.restored(&archive, Point::Latest).await, model.states.last().unwrap().2);
}
