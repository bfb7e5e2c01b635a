//! A mirror whose disk is full, read-only or gone, while the database's is well.

#![allow(clippy::unwrap_used, reason = "what a test prepares must succeed")]

use std::io::Write;

use tempfile::TempDir;
use vibesheets_core::{
    durability::Durability,
    store::{Store, StoreError},
};
use vibesheets_power_cut::{Disk, Mounted};
use vibesheets_store_contract::support::{Lab, TestOrganisation, new};
use vibesheets_store_sqlite::{Location, MirrorOptions, Options, SqliteStore};

/// A store whose mirror is on a disk of its own.
struct Place {
    store: SqliteStore,
    lab: Lab,
    team: TestOrganisation,
    entries: usize,
    disk: Disk,
    _shown: Mounted,
    folder: TempDir,
}

impl Place {
    /// `None`, told loudly, where this user may not mount.
    async fn with_mirror(optional: bool) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mirror = folder.path().join("mirror");
        std::fs::create_dir(&mirror).unwrap();
        let disk = Disk::default();
        let shown = match disk.mount(&mirror) {
            Ok(shown) => shown,
            Err(error) => {
                let _ = writeln!(
                    std::io::stderr(),
                    "SKIPPED: no mirror's disk failed, since nothing can be mounted here: {error}"
                );
                return None;
            }
        };
        let store = Self::open(&folder, optional);
        let lab = Lab::default();
        let team = lab.found(&store, 2).await;
        Some(Self { store, lab, team, entries: 0, disk, _shown: shown, folder })
    }

    fn open(folder: &TempDir, optional: bool) -> SqliteStore {
        let mirror = Some(MirrorOptions { folder: folder.path().join("mirror"), optional });
        let location = Location::File(folder.path().join("vibesheets.db"));
        SqliteStore::open(&location, &Options { most_pages: None, mirror }).unwrap()
    }

    /// One more entry, each on a day of its own.
    async fn write(&mut self) -> Result<(), StoreError> {
        self.entries += 1;
        let start = format!("2026-03-{:02}T08:00:00Z", self.entries);
        let entry = self.lab.entry(self.team.member(0), &start, Some(&start));
        self.lab
            .write_entries(&self.store, &self.team.scope(), self.team.member(0), vec![new(entry)])
            .await
            .map(drop)
    }
}

#[tokio::test]
async fn without_its_mirror_a_store_writes_nothing_and_says_so_until_the_disk_is_mended() {
    let Some(mut place) = Place::with_mirror(false).await else { return };
    place.write().await.unwrap();
    assert_eq!(place.store.check().await, Ok(()));
    let fills_up: fn(&Disk, bool) = |disk, is_full| disk.limit(is_full.then(|| disk.used()));
    for fails in [fills_up, Disk::set_read_only] {
        let before = place.store.last_commit();
        fails(&place.disk, true);
        let refused = place.write().await;
        assert!(
            matches!(refused, Err(StoreError::Unavailable { .. } | StoreError::OutcomeUnknown { .. })),
            "{refused:?}"
        );
        let told = place.store.check().await;
        assert!(
            matches!(&told, Err(StoreError::Unavailable { reason }) if reason.contains("the mirror")),
            "{told:?}"
        );
        assert_eq!(place.store.last_commit(), before);
        fails(&place.disk, false);
        assert_eq!(place.store.check().await, Ok(()));
        place.write().await.unwrap();
        assert_eq!(place.store.last_commit(), before + 1);
    }
}

#[tokio::test]
async fn without_a_mirror_that_is_optional_people_go_on_and_it_catches_up_once_its_disk_is_mended() {
    let Some(mut place) = Place::with_mirror(true).await else { return };
    place.write().await.unwrap();
    place.disk.set_read_only(true);
    for _ in 0..3 {
        place.write().await.unwrap();
    }
    assert_eq!(place.store.mirror_behind(), Some(3));
    assert_eq!(place.store.check().await, Ok(()), "it is not needed");
    place.disk.set_read_only(false);
    place.write().await.unwrap();
    assert_eq!(place.store.mirror_behind(), Some(0));
    let last = place.store.last_commit();
    let Place { store, folder, .. } = &mut place;
    drop(std::mem::replace(store, SqliteStore::open(&Location::Memory, &Options::default()).unwrap()));
    assert_eq!(Place::open(folder, false).last_commit(), last);
}

#[tokio::test]
async fn an_optional_mirror_whose_disk_is_gone_for_good_holds_nobody_up() {
    let Some(mut place) = Place::with_mirror(true).await else { return };
    place.write().await.unwrap();
    place.disk.freeze_after(0);
    for _ in 0..3 {
        place.write().await.unwrap();
    }
    assert_eq!(place.store.mirror_behind(), Some(3));
}
