//! Damage is found and named (I5).

#![allow(clippy::unwrap_used, reason = "what a test prepares must succeed")]

use std::{fs, path::Path};

use vibesheets_core::{
    Entry, Note,
    audit::audit,
    journal::Hash,
    store::{Accounts, Organisations, StoreError, Timesheets},
};
use vibesheets_store_contract::support::{Lab, TestOrganisation};
use vibesheets_store_sqlite::{Location, Options, SqliteStore};

const NOTE: &str = "the note whose bytes are flipped";

fn open(path: &Path) -> SqliteStore {
    SqliteStore::open(&Location::File(path.to_owned()), &Options::default()).unwrap()
}

async fn made(path: &Path, lab: &Lab) -> (TestOrganisation, Entry) {
    let store = open(path);
    let team = lab.found(&store, 1).await;
    let plain = lab.entry(team.member(0), "2026-03-02T06:00:00Z", Some("2026-03-02T07:00:00Z"));
    let noted = Entry {
        note: Note::new(NOTE).unwrap(),
        ..lab.entry(team.member(0), "2026-03-02T08:00:00Z", Some("2026-03-02T09:00:00Z"))
    };
    let kept = lab.add(&store, &team.scope(), &[plain, noted]).await;
    (team, kept[1].clone())
}

fn change(path: &Path, statement: &str) {
    let connection = rusqlite::Connection::open(path).unwrap();
    // As a fault of the disk would, past the schema's own checks.
    connection.pragma_update(None, "ignore_check_constraints", true).unwrap();
    assert_eq!(connection.execute(statement, ()).unwrap(), 1, "{statement}");
}

#[tokio::test]
async fn a_flipped_byte_of_an_entry_or_of_its_record_is_found_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vibesheets.db");
    let (team, _) = made(&path, &Lab::default()).await;
    let sound = fs::read(&path).unwrap();
    let places: Vec<usize> = sound
        .windows(NOTE.len())
        .enumerate()
        .filter(|(_, bytes)| *bytes == NOTE.as_bytes())
        .map(|(at, _)| at)
        .collect();
    assert_eq!(places.len(), 2, "the note stands in the entry and in its record");
    let mut named = Vec::new();
    for place in places {
        let mut damaged = sound.clone();
        damaged[place] ^= 0x20;
        fs::write(&path, damaged).unwrap();
        let store = open(&path);
        let findings = audit(&store, &|_| ()).await.unwrap().findings;
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert_eq!(findings[0].place.stream, Some(team.member_stream(0)));
        named.push(findings[0].place.seq);
    }
    named.sort();
    assert_eq!(named, [None, Some(2)], "the entry against its stream, and the record by its number");
    fs::write(&path, sound).unwrap();
    assert_eq!(audit(&open(&path), &|_| ()).await.unwrap().findings, []);
}

#[tokio::test]
async fn a_damaged_page_is_found_by_the_engines_own_check() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vibesheets.db");
    made(&path, &Lab::default()).await;
    let connection = rusqlite::Connection::open(&path).unwrap();
    let root = "SELECT rootpage FROM sqlite_schema WHERE name = 'entries_start'";
    let page: usize = connection.query_row(root, (), |row| row.get(0)).unwrap();
    drop(connection);
    let mut bytes = fs::read(&path).unwrap();
    let end = page * 4096;
    // The last bytes of a page are the content of its first cell: an id that the index no longer agrees on.
    bytes[end - 20] ^= 0xff;
    fs::write(&path, bytes).unwrap();
    let findings = open(&path).check_integrity().await.unwrap();
    assert!(findings.iter().any(|finding| finding.contains("entries_start")), "{findings:?}");
}

#[tokio::test]
async fn a_dangling_reference_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vibesheets.db");
    made(&path, &Lab::default()).await;
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.pragma_update(None, "foreign_keys", false).unwrap();
    connection.execute("UPDATE entries SET project = zeroblob(16) WHERE note <> ''", ()).unwrap();
    drop(connection);
    let findings = open(&path).check_integrity().await.unwrap();
    assert_eq!(findings, ["table entries, row 2: refers to something that is not in table projects"]);
}

#[tokio::test]
async fn a_row_that_cannot_be_read_is_corrupt_and_named() {
    for (column, value) in [
        ("tags", "'{'"),
        ("time_zone", "'Europe/Atlantis'"),
        ("source", "'guess'"),
        ("start_at", "12"),
        ("work_date", "9000000000"),
        ("note", "'ring' || char(7)"),
        ("version", "-1"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vibesheets.db");
        let (team, entry) = made(&path, &Lab::default()).await;
        change(&path, &format!("UPDATE entries SET {column} = {value} WHERE note <> ''"));
        let store = open(&path);
        let expected = StoreError::Corrupt { what: "entry", key: entry.id.to_string() };
        assert_eq!(store.find_entry(&team.scope(), None, entry.id).await, Err(expected.clone()), "{column}");
        let listed = store.list_member_entries(&team.scope(), team.member(0), None, 10).await;
        assert_eq!(listed, Err(expected), "{column}");
    }
}

#[tokio::test]
async fn a_noun_that_cannot_be_read_is_corrupt_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vibesheets.db");
    let (team, _) = made(&path, &Lab::default()).await;
    change(&path, "UPDATE organisations SET body = replace(body, 'time_zone', 'time_zome')");
    let store = open(&path);
    let key = team.organisation.id.to_string();
    let expected = StoreError::Corrupt { what: "organisation", key };
    assert_eq!(store.find_organisation(&team.scope()).await, Err(expected.clone()));
    assert_eq!(store.load_directory(&team.scope()).await, Err(expected));
}

#[tokio::test]
async fn an_account_that_cannot_be_read_is_named_without_its_address() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vibesheets.db");
    let (team, _) = made(&path, &Lab::default()).await;
    change(&path, "UPDATE accounts SET body = '{}'");
    let email = &team.account.email;
    let error = open(&path).find_account_by_email(email).await.unwrap_err();
    let key = Hash::of(&[email.as_bytes()]).to_string();
    assert_eq!(error, StoreError::Corrupt { what: "account with the address of digest", key });
}

#[tokio::test]
async fn a_schema_that_says_more_or_less_than_ours_is_found_and_what_it_says_is_not_carried_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vibesheets.db");
    let lab = Lab::default();
    let (team, _) = made(&path, &lab).await;
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute_batch("ANALYZE").unwrap();
    assert_eq!(open(&path).check_integrity().await.unwrap(), Vec::<String>::new());
    connection
        .execute_batch(
            "CREATE TRIGGER thief AFTER INSERT ON entries BEGIN UPDATE accounts SET email = 'thief@example.com'; END;
             CREATE VIEW elsewhere AS SELECT * FROM entries;
             DROP INDEX entries_start;",
        )
        .unwrap();
    drop(connection);
    let store = open(&path);
    let entry = lab.entry(team.member(0), "2026-03-03T08:00:00Z", Some("2026-03-03T09:00:00Z"));
    lab.add(&store, &team.scope(), &[entry]).await;
    let account = store.find_account_by_email(&team.account.email).await.unwrap();
    assert_eq!(account, Some(team.account));
    let unlike = ["index entries_start", "trigger thief", "view elsewhere"];
    assert_eq!(
        store.check_integrity().await.unwrap(),
        unlike.map(|object| format!("{object}: is not in the schema as VibeSheets makes it"))
    );
}
