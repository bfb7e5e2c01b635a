//! What a start finds in a mirror it counts and shows: so it must be on the disk by then, whatever a killed program left in the
//! system's memory.

#![allow(clippy::unwrap_used, reason = "what a test prepares must succeed")]

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use vibesheets_core::durability::{Durability, Segment};
use vibesheets_power_cut::{Disk, Mounted};
use vibesheets_store_contract::support::{Lab, new};
use vibesheets_store_sqlite::{Location, MirrorOptions, Options, SqliteStore};

/// More changes of a mirror's disk than a commit makes.
const MOST_CHANGES: usize = 20;
/// Power cuts of what each kill left.
const CUTS: u64 = 20;

fn open(home: &Path) -> SqliteStore {
    let mirror = Some(MirrorOptions { folder: home.join("mirror"), optional: false });
    SqliteStore::open(&Location::File(home.join("vibesheets.db")), &Options { most_pages: None, mirror })
        .unwrap()
}

/// The disk after the program was killed when a commit had changed it so often, and whether it came so far. The database beside
/// it stays. `None`, told loudly, where this user may not mount.
async fn killed_after(home: &Path, changes: usize) -> Option<(Disk, bool)> {
    let disk = Disk::default();
    fs::create_dir(home.join("mirror")).unwrap();
    let shown = disk
        .mount(&home.join("mirror"))
        .inspect_err(|error| {
            let _ = writeln!(std::io::stderr(), "SKIPPED: nothing can be mounted here: {error}");
        })
        .ok()?;
    let (store, lab) = (open(home), Lab::default());
    let team = lab.found(&store, 1).await;
    let entry = lab.entry(team.member(0), "2026-03-02T08:00:00Z", None);
    // A segment of its own, so that its name is not on the disk yet either.
    store.begin_mirror_segment();
    disk.freeze_after(changes);
    // What comes of it is what the next start finds.
    let _ = lab.write_entries(&store, &team.scope(), team.member(0), vec![new(entry)]).await;
    let froze = disk.is_frozen();
    let left = disk.copy();
    disk.freeze_after(0);
    drop(store);
    drop(shown);
    Some((left, froze))
}

/// The last commit that the mirror holds on its own.
fn mirrored(mirror: &Path) -> u64 {
    let segments = fs::read_dir(mirror.join("segments")).unwrap().map(|file| file.unwrap().path());
    let read = |path: PathBuf| Segment::parse(&fs::read(path).unwrap()).unwrap();
    segments.filter_map(read).map(|segment| segment.next_commit() - 1).max().unwrap_or(0)
}

#[tokio::test]
async fn what_a_killed_program_left_in_the_mirror_is_on_its_disk_once_it_counts() {
    for changes in 0..MOST_CHANGES {
        let home = tempfile::tempdir().unwrap();
        let Some((disk, froze)) = killed_after(home.path(), changes).await else { return };
        let mirror = home.path().join("mirror");
        let shown: Mounted = disk.mount(&mirror).unwrap();
        let store = open(home.path());
        let found = store.last_commit();
        let survivors: Vec<Disk> = (0..CUTS).map(|seed| disk.cut(seed)).collect();
        drop((store, shown));
        for (seed, survivor) in survivors.iter().enumerate() {
            let _shown = survivor.mount(&mirror).unwrap();
            let left = mirrored(&mirror);
            assert!(
                left >= found,
                "killed after {changes} changes, cut {seed}: {found} counted, {left} are left"
            );
        }
        if !froze {
            return;
        }
    }
    panic!("a commit changes the mirror's disk more often");
}
