//! Archives that somebody else writes to, prunes, or leaves in the middle of something.

#![allow(clippy::unwrap_used, reason = "what a test prepares must succeed")]

use std::{
    fs::{self, File, FileTimes},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use jiff::{SignedDuration, Timestamp};
use vibesheets_core::durability::{Durability, SegmentEnd};
use vibesheets_ops::{
    archive::{Archive, ArchiveError, ArchivePlace},
    backup,
};
use vibesheets_store_contract::support::{Lab, TestOrganisation, new};
use vibesheets_store_sqlite::{Location, MirrorOptions, Options, SqliteStore};

const DAY_SECONDS: i64 = 24 * 60 * 60;

struct Mirrored {
    store: SqliteStore,
    archive: Archive,
    lab: Lab,
    team: TestOrganisation,
}

impl Mirrored {
    async fn in_folder(home: &Path) -> Self {
        let folder = home.join("mirror");
        fs::create_dir(&folder).unwrap();
        let mirror = Some(MirrorOptions { folder: folder.clone(), optional: false });
        let location = Location::File(home.join("vibesheets.db"));
        let store = SqliteStore::open(&location, &Options { most_pages: None, mirror }).unwrap();
        let lab = Lab::default();
        let team = lab.found(&store, 1).await;
        let archive = Archive::open(&ArchivePlace::Folder(folder), false).unwrap();
        Self { store, archive, lab, team }
    }

    async fn write(&self) {
        let now = self.lab.now().to_string();
        let entry = self.lab.entry(self.team.member(0), &now, Some(&now));
        self.lab
            .write_entries(&self.store, &self.team.scope(), self.team.member(0), vec![new(entry)])
            .await
            .unwrap();
    }

    /// A snapshot and then a segment on each of so many days.
    async fn snapshots_on(&self, days: usize, home: &Path) {
        for _ in 0..days {
            self.write().await;
            backup::take(&self.store, &self.archive, home).await.unwrap();
            self.store.begin_mirror_segment();
            self.lab.time.advance(DAY_SECONDS);
        }
        self.write().await;
    }
}

fn last_segment(home: &Path) -> PathBuf {
    let segments = fs::read_dir(home.join("mirror/segments")).unwrap().map(|file| file.unwrap().path());
    segments.max().unwrap()
}

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test(start_paused = true)]
async fn a_line_that_is_just_being_written_is_no_damage_and_one_that_stays_half_is() {
    let home = tempfile::tempdir().unwrap();
    let mirrored = Mirrored::in_folder(home.path()).await;
    mirrored.write().await;
    let segment = last_segment(home.path());
    let whole = fs::read(&segment).unwrap();
    let half = || fs::write(&segment, &whole[..whole.len() - 40]).unwrap();
    half();
    let written = async {
        // The clock stands still while a file is read.
        tokio::time::sleep(Duration::from_millis(10)).await;
        fs::write(&segment, &whole).unwrap();
    };
    let (verified, ()) = tokio::join!(backup::verify(&mirrored.archive), written);
    let verified = verified.unwrap();
    assert_eq!(verified.findings, Vec::<String>::new());
    assert_eq!(verified.last.map(|(commit, _)| commit), Some(mirrored.store.last_commit()));
    half();
    let verified = backup::verify(&mirrored.archive).await.unwrap();
    assert!(
        matches!(&verified.findings[..], [finding] if finding.contains("line")),
        "{:?}",
        verified.findings
    );
}

#[tokio::test]
async fn what_is_pruned_while_it_is_read_is_told_from_a_place_that_cannot_be_reached() {
    let home = tempfile::tempdir().unwrap();
    let mirrored = Mirrored::in_folder(home.path()).await;
    mirrored.snapshots_on(2, home.path()).await;
    let segments = mirrored.archive.list_segments().await.unwrap();
    let snapshots = mirrored.archive.list_snapshots().await.unwrap();
    let later = mirrored.lab.now() + SignedDuration::from_hours(24 * 40);
    let pruned = backup::prune(&mirrored.archive, later, 35).await.unwrap();
    assert_eq!((pruned.snapshots_removed, pruned.segments_removed), (1, 2));
    let gone = mirrored.archive.read_segment(segments[0]).await.unwrap_err();
    assert!(matches!(&gone, ArchiveError::Gone { .. }), "{gone}");
    let gone =
        mirrored.archive.fetch_snapshot(&snapshots[0], &home.path().join("copy.db")).await.unwrap_err();
    assert!(matches!(&gone, ArchiveError::Gone { .. }), "{gone}");
    assert!(gone.to_string().ends_with("try again"), "{gone}");
}

#[tokio::test]
async fn nothing_is_pruned_where_the_snapshot_that_restores_would_begin_with_is_damaged() {
    let home = tempfile::tempdir().unwrap();
    let mirrored = Mirrored::in_folder(home.path()).await;
    mirrored.snapshots_on(3, home.path()).await;
    let snapshots = mirrored.archive.list_snapshots().await.unwrap();
    let newest = vibesheets_core::durability::names::snapshot_file(snapshots[2].commit);
    let file = home.path().join("mirror/snapshots").join(newest);
    let whole = fs::read(&file).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    fs::write(&file, flipped).unwrap();
    let later = mirrored.lab.now() + SignedDuration::from_hours(24 * 40);
    let everything =
        || (names_in(&home.path().join("mirror/snapshots")), names_in(&home.path().join("mirror/segments")));
    let before = everything();
    let refused = backup::prune(&mirrored.archive, later, 35).await.unwrap_err();
    assert!(matches!(&refused, ArchiveError::Damaged { .. }), "{refused}");
    assert!(refused.to_string().contains("what is older is kept"), "{refused}");
    assert_eq!(everything(), before);
    fs::write(&file, whole).unwrap();
    let pruned = backup::prune(&mirrored.archive, later, 35).await.unwrap();
    assert_eq!(pruned.snapshots_removed, 2);
}

#[tokio::test]
async fn files_that_were_never_finished_go_after_a_day() {
    let home = tempfile::tempdir().unwrap();
    let mirrored = Mirrored::in_folder(home.path()).await;
    mirrored.write().await;
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    let begun = |name: &str, age: Duration| {
        let path = home.path().join("mirror").join(name);
        let file = File::create(&path).unwrap();
        file.set_times(FileTimes::new().set_modified(now - age)).unwrap();
        path
    };
    let hours = |hours: u64| Duration::from_secs(60 * 60 * hours);
    let old = ["snapshots/1.db#1", "segments/1.segment#12", "checkpoints/1.checkpoint#1"]
        .map(|name| begun(name, hours(25)));
    let kept = [
        begun("snapshots/2.db#1", hours(23)),
        begun("snapshots/notes#", hours(25)),
        begun("snapshots/a#b1", hours(25)),
    ];
    backup::prune(&mirrored.archive, Timestamp::try_from(now).unwrap(), 35).await.unwrap();
    assert!(old.iter().all(|path| !path.exists()));
    assert!(kept.iter().all(|path| path.exists()));
    let segments = mirrored.archive.list_segments().await.unwrap();
    let segment = mirrored.archive.read_segment(segments[0]).await.unwrap().unwrap();
    assert_eq!(segment.end, SegmentEnd::Whole);
}
