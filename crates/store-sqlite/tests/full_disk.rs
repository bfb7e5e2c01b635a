//! A full disk: clear errors, nothing half written, nothing acknowledged lost, and no restart once there is room again.

#![allow(clippy::unwrap_used, reason = "what a test prepares must succeed")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use futures_util::future::join_all;
use vibesheets_core::{
    CommandId, Entry, EntryId, Note,
    audit::audit,
    journal::Head,
    store::{AppliedCommands, Store, StoreError, TimesheetWrite, Timesheets},
};
use vibesheets_store_contract::support::{Lab, TestOrganisation, new, timestamp};
use vibesheets_store_sqlite::{Location, Options, SqliteStore};

/// A write of about 12 KiB, with the ids that tell whether it took effect.
fn large_write(
    lab: &Lab,
    team: &TestOrganisation,
    index: usize,
    head: Head,
) -> (TimesheetWrite, EntryId, CommandId) {
    let start =
        format!("2026-03-{:02}T{:02}:{:02}:00Z", 1 + head.seq / 1440, head.seq / 60 % 24, head.seq % 60);
    let entry = Entry {
        note: Note::new(&"n".repeat(Note::LONGEST)).unwrap(),
        ..lab.entry(team.member(index), &start, Some(&start))
    };
    let id = entry.id;
    let applied = lab.applied(&"a".repeat(6000));
    let command = applied.id;
    let write = lab.timesheet_write(&team.scope(), team.member(index), head, vec![new(entry)]);
    (TimesheetWrite { applied: Some(applied), ..write }, id, command)
}

async fn a_write(store: &SqliteStore, lab: &Lab, team: &TestOrganisation) -> TimesheetWrite {
    let head = vibesheets_core::store::JournalReader::head(store, team.member_stream(0)).await.unwrap();
    large_write(lab, team, 0, head).0
}

/// Writes for several members at once until a write fails; all that was tried, with what was told.
async fn fill(
    store: &SqliteStore,
    lab: &Lab,
    team: &TestOrganisation,
) -> Vec<(EntryId, CommandId, Result<(), StoreError>)> {
    let mut told = Vec::new();
    for _ in 0..2000 {
        let mut round = Vec::new();
        for index in 0..team.members.len() {
            let head =
                vibesheets_core::store::JournalReader::head(store, team.member_stream(index)).await.unwrap();
            round.push(large_write(lab, team, index, head));
        }
        let scope = team.scope();
        let results =
            join_all(round.iter().map(|(write, ..)| store.write_timesheet(&scope, write.clone()))).await;
        let failed = results.iter().any(Result::is_err);
        told.extend(
            round.into_iter().zip(results).map(|((_, id, command), result)| (id, command, result.map(drop))),
        );
        if failed {
            return told;
        }
    }
    panic!("the disk never filled up");
}

/// Each write is there with all its parts or not at all, as its caller was told.
async fn is_as_told(
    store: &SqliteStore,
    team: &TestOrganisation,
    told: &[(EntryId, CommandId, Result<(), StoreError>)],
) {
    for (entry, command, result) in told {
        match result {
            Ok(()) => {}
            Err(StoreError::Unavailable { reason }) => assert!(reason.contains("disk is full"), "{reason}"),
            Err(other) => panic!("{other}"),
        }
        let there = store.find_entry(&team.scope(), None, *entry).await.unwrap().is_some();
        let answered = store.find_applied(&team.scope(), *command).await.unwrap().is_some();
        assert_eq!((there, answered), (result.is_ok(), result.is_ok()));
    }
    assert_eq!(audit(store, &|_| ()).await.unwrap().findings, []);
    assert_eq!(store.check_integrity().await.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn a_file_at_its_limit_refuses_writes_until_there_is_room_in_it_again() {
    let store =
        SqliteStore::open(&Location::Memory, &Options { most_pages: Some(400), ..Options::default() })
            .unwrap();
    let lab = Lab::default();
    let team = lab.found(&store, 6).await;
    let mut told = fill(&store, &lab, &team).await;
    is_as_told(&store, &team, &told).await;
    while store.write_timesheet(&team.scope(), a_write(&store, &lab, &team).await).await.is_ok() {}
    let full = store.check().await.expect_err("nothing can be written");
    assert!(matches!(full, StoreError::Unavailable { .. }), "{full}");
    assert!(store.prune_applied(timestamp("2027-01-01T00:00:00Z")).await.unwrap() > 10);
    // The commands are gone by intent; the entries must still be there.
    let head = vibesheets_core::store::JournalReader::head(&store, team.member_stream(0)).await.unwrap();
    let (write, id, command) = large_write(&lab, &team, 0, head);
    told = vec![(id, command, store.write_timesheet(&team.scope(), write).await.map(drop))];
    assert_eq!(told[0].2, Ok(()));
    for _ in 0..20 {
        assert_eq!(store.check().await, Ok(()), "asking takes up no room");
    }
    is_as_told(&store, &team, &told).await;
}

/// On a real full disk the engine fails at the commit, where the log grows. The disk is one of a few MiB in memory,
/// mounted for a process of its own in a namespace of its own; where the system allows no such thing, this says so.
#[test]
fn a_full_disk_refuses_writes_until_something_else_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let mount = "mount -t tmpfs -o size=6m none \"$0\" && exec \"$@\"";
    let inside = |command: &[&str]| {
        Command::new("unshare")
            .args(["--user", "--map-root-user", "--mount", "sh", "-c", mount])
            .arg(folder.path())
            .args(command)
            .env("VIBESHEETS_TEST_SMALL_DISK", folder.path())
            .output()
    };
    if !inside(&["true"]).is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: this system lets no test mount a small disk (unshare --user --mount)");
        return;
    }
    let this = std::env::current_exe().unwrap();
    let test = ["--exact", "on_the_small_disk_of_another_test", "--nocapture"];
    let output = inside(&[&[this.to_str().unwrap()], &test[..]].concat()).unwrap();
    let text =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}");
    assert!(text.contains("the small disk was full and has room again"), "{text}");
}

/// Does nothing unless [`a_full_disk_refuses_writes_until_something_else_is_removed`] runs it.
#[tokio::test]
#[allow(clippy::disallowed_methods, reason = "the folder comes from the test that mounted it")]
async fn on_the_small_disk_of_another_test() {
    let Some(folder) = std::env::var_os("VIBESHEETS_TEST_SMALL_DISK").map(PathBuf::from) else { return };
    let ballast = folder.join("ballast");
    fs::write(&ballast, vec![1; 2 * 1024 * 1024]).unwrap();
    let path = folder.join("vibesheets.db");
    let (team, told) = fill_small_disk(&path, &ballast).await;
    let store = SqliteStore::open(&Location::File(path), &Options::default()).unwrap();
    is_as_told(&store, &team, &told).await;
    println!("the small disk was full and has room again");
}

async fn fill_small_disk(
    path: &Path,
    ballast: &Path,
) -> (TestOrganisation, Vec<(EntryId, CommandId, Result<(), StoreError>)>) {
    let store = SqliteStore::open(&Location::File(path.to_owned()), &Options::default()).unwrap();
    let lab = Lab::default();
    let team = lab.found(&store, 6).await;
    let mut told = fill(&store, &lab, &team).await;
    is_as_told(&store, &team, &told).await;
    fs::remove_file(ballast).unwrap();
    let head = vibesheets_core::store::JournalReader::head(&store, team.member_stream(0)).await.unwrap();
    let (write, id, command) = large_write(&lab, &team, 0, head);
    let result = store.write_timesheet(&team.scope(), write).await.map(drop);
    assert_eq!(result, Ok(()), "there is room again");
    told.push((id, command, result));
    is_as_told(&store, &team, &told).await;
    (team, told)
}
