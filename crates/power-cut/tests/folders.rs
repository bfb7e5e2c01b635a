//! Folders, names and room, as programs see them and as a cut leaves them.

use std::{
    fs::{self, File},
    io::{ErrorKind, Write},
    path::Path,
};

use vibesheets_power_cut::{Disk, Mounted};

/// `None`, told loudly, where this user may not mount.
fn mounted(disk: &Disk, place: &Path) -> Option<Mounted> {
    disk.mount(place)
        .inspect_err(|error| {
            let _ = writeln!(std::io::stderr(), "SKIPPED: nothing can be mounted here: {error}");
        })
        .ok()
}

fn sync_folder(path: &Path) {
    File::open(path).and_then(|folder| folder.sync_all()).expect("synced");
}

fn written(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

#[test]
fn what_is_in_a_synced_folder_survives_a_cut_and_a_name_that_was_not_synced_may_not() {
    let place = tempfile::tempdir().expect("a folder");
    let disk = Disk::default();
    let Some(shown) = mounted(&disk, place.path()) else { return };
    let folder = place.path().join("folder");
    fs::create_dir(&folder).expect("made");
    sync_folder(place.path());
    written(&folder.join("first"), b"first").expect("written");
    fs::hard_link(folder.join("first"), place.path().join("linked")).expect("linked");
    fs::rename(place.path().join("linked"), folder.join("second")).expect("renamed");
    sync_folder(&folder);
    written(&folder.join("third"), b"third").expect("written");
    let survivors: Vec<Disk> = (0..20).map(|seed| disk.cut(seed)).collect();
    assert_eq!(fs::read_dir(&folder).expect_err("it is frozen").raw_os_error(), Some(5));
    drop(shown);
    let mut third = 0;
    for survivor in survivors {
        let _shown = mounted(&survivor, place.path()).expect("it was mounted before");
        for name in ["first", "second"] {
            assert_eq!(fs::read(folder.join(name)).expect("there"), b"first");
        }
        assert!(!place.path().join("linked").exists());
        third += usize::from(folder.join("third").exists());
    }
    assert!((11..20).contains(&third), "{third} of 20 hold a file that was synced without its folder");
}

#[test]
fn changes_of_names_that_were_not_synced_survive_in_their_order_or_in_any() {
    let place = tempfile::tempdir().expect("a folder");
    let disk = Disk::default();
    let Some(shown) = mounted(&disk, place.path()) else { return };
    for name in ["first", "second"] {
        written(&place.path().join(name), b"old").expect("written");
    }
    sync_folder(place.path());
    fs::remove_file(place.path().join("first")).expect("removed");
    fs::remove_file(place.path().join("second")).expect("removed");
    let survivors: Vec<Disk> = (0..40).map(|seed| disk.cut(seed)).collect();
    drop(shown);
    let mut left = [0; 4];
    for survivor in survivors {
        let _shown = mounted(&survivor, place.path()).expect("it was mounted before");
        let [first, second] = ["first", "second"].map(|name| usize::from(place.path().join(name).exists()));
        left[first * 2 + second] += 1;
    }
    assert!(left.iter().all(|times| *times > 0), "none, the second, the first, both: {left:?}");
    assert!(left[1] > left[2], "the first goes first on most disks: {left:?}");
}

#[test]
fn a_disk_freezes_at_the_change_that_it_was_told() {
    let place = tempfile::tempdir().expect("a folder");
    let disk = Disk::default();
    let Some(_shown) = mounted(&disk, place.path()) else { return };
    let copy = disk.copy();
    disk.freeze_after(2);
    let mut file = File::create(place.path().join("file")).expect("the first change");
    file.write_all(b"bytes").expect("the second");
    assert!(!disk.is_frozen());
    assert!(file.sync_all().is_err(), "the third");
    assert!(disk.is_frozen() && !copy.is_frozen());
}

#[test]
fn what_is_removed_gives_its_room_back() {
    let place = tempfile::tempdir().expect("a folder");
    let disk = Disk::default();
    let Some(_shown) = mounted(&disk, place.path()) else { return };
    let [first, second] = ["first", "second"].map(|name| place.path().join(name));
    disk.limit(Some(1000));
    written(&first, &[1; 800]).expect("there is room");
    assert_eq!(written(&second, &[1; 800]).expect_err("it is full").kind(), ErrorKind::StorageFull);
    fs::remove_file(&first).expect("removed");
    written(&second, &[1; 800]).expect("there is room again");
    assert_eq!(disk.used(), 800);
}
