//! What may be wrong with a file or its folder: each is said clearly, and nothing is changed.

#![allow(clippy::unwrap_used, reason = "what a test prepares must succeed")]

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use vibesheets_core::store::{Accounts, AttemptLimit, AttemptOutcome, AttemptSubject, SignInAttempts, Store};
use vibesheets_store_contract::support::Lab;
use vibesheets_store_sqlite::{Location, OpenError, Options, SCHEMA_VERSION, SqliteStore};

fn open(path: &Path) -> Result<SqliteStore, OpenError> {
    SqliteStore::open(&Location::File(path.to_owned()), &Options::default())
}

fn refused(path: &Path) -> OpenError {
    open(path).err().expect("a refusal")
}

/// A folder, and the place of a database in it.
fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vibesheets.db");
    (folder, path)
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[tokio::test]
async fn a_new_file_an_empty_file_and_memory_are_empty_stores() {
    let (_folder, path) = place();
    assert!(open(&path).unwrap().is_empty().await.unwrap());
    fs::write(path.with_extension("empty"), b"").unwrap();
    assert!(open(&path.with_extension("empty")).unwrap().is_empty().await.unwrap());
    let memory = SqliteStore::open(&Location::Memory, &Options::default()).unwrap();
    memory.check().await.unwrap();
    let file = memory.path().to_owned();
    assert!(file.exists());
    drop(memory);
    assert!(!file.parent().unwrap().exists(), "what was private to the store goes with it");
}

/// Whatever was erased since is in no log either.
#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "a limit in time of the test's own")]
async fn a_log_that_a_killed_server_left_is_emptied_by_the_next_start() {
    let (folder, path) = place();
    let store = open(&path).unwrap();
    Lab::default().found(&store, 3).await;
    let copy = |suffix: &str| {
        let to = folder.path().join(format!("killed.db{suffix}"));
        fs::copy(folder.path().join(format!("vibesheets.db{suffix}")), &to).unwrap();
        to
    };
    let (killed, log) = (copy(""), copy("-wal"));
    assert!(fs::metadata(&log).unwrap().len() > 0);
    let _started = open(&killed).unwrap();
    let until = Instant::now() + Duration::from_secs(5);
    while fs::metadata(&log).unwrap().len() > 0 {
        assert!(Instant::now() < until, "the log stays");
    }
}

#[tokio::test]
async fn two_stores_in_memory_share_nothing() {
    let stores = [0, 1].map(|_| SqliteStore::open(&Location::Memory, &Options::default()).unwrap());
    Lab::default().found(&stores[0], 0).await;
    assert!(stores[1].is_empty().await.unwrap());
}

#[test]
fn a_missing_folder_is_named_with_the_command_that_makes_it() {
    let (folder, _) = place();
    let error = refused(&folder.path().join("data/vibesheets.db"));
    assert!(matches!(error, OpenError::FolderMissing { .. }), "{error}");
    assert!(error.to_string().contains(&format!("mkdir -p {}", folder.path().join("data").display())));
    assert!(!folder.path().join("data").exists());
}

#[test]
fn a_folder_that_cannot_be_written_is_refused() {
    let (folder, path) = place();
    set_mode(folder.path(), 0o555);
    let error = refused(&path);
    set_mode(folder.path(), 0o755);
    assert!(matches!(error, OpenError::FolderNotWritable { .. }), "{error}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_read_only_file_is_refused_and_stays_as_it_is() {
    let (_folder, path) = place();
    drop(open(&path).unwrap());
    let before = fs::read(&path).unwrap();
    set_mode(&path, 0o444);
    let error = refused(&path);
    assert!(matches!(error, OpenError::ReadOnly { .. }), "{error}");
    assert!(error.to_string().contains("chmod u+w"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn a_file_that_others_could_read_becomes_its_owners_alone() {
    let (folder, path) = place();
    let store = open(&path).unwrap();
    Lab::default().found(&store, 0).await;
    for file in fs::read_dir(folder.path()).unwrap() {
        set_mode(&file.unwrap().path(), 0o644);
    }
    // A copy of files in use, as after a crash: the log is there too.
    let copy = tempfile::tempdir().unwrap();
    for suffix in ["", "-wal", "-shm"] {
        let name = format!("vibesheets.db{suffix}");
        fs::copy(folder.path().join(&name), copy.path().join(&name)).unwrap();
    }
    drop(store);
    let store = open(&copy.path().join("vibesheets.db")).unwrap();
    let files: Vec<_> = fs::read_dir(copy.path()).unwrap().map(|file| file.unwrap()).collect();
    assert_eq!(files.len(), 4);
    for file in files {
        let mode = file.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", file.path().display());
    }
    drop(store);
    let theirs = folder.path().join("theirs.db");
    rusqlite::Connection::open(&theirs).unwrap().execute_batch("CREATE TABLE theirs (id INTEGER)").unwrap();
    set_mode(&theirs, 0o644);
    refused(&theirs);
    assert_eq!(fs::metadata(&theirs).unwrap().permissions().mode() & 0o777, 0o644);
}

#[test]
fn a_file_that_is_no_database_is_refused_and_stays_as_it_is() {
    let (folder, path) = place();
    for (content, reason) in [
        (b"date;start;end\r\n2026-03-02;08:00;12:00\r\n".to_vec(), "begin"),
        (b"short".to_vec(), "short"),
        ([b"SQLite format 3\0".as_slice(), &[0xaa; 5000]].concat(), "page"),
    ] {
        fs::write(&path, &content).unwrap();
        let error = refused(&path);
        assert!(matches!(error, OpenError::NotADatabase { .. }), "{error}");
        assert!(error.to_string().contains(reason), "{error}");
        assert_eq!(fs::read(&path).unwrap(), content);
    }
    let error = refused(folder.path());
    assert!(matches!(error, OpenError::NotADatabase { .. }), "{error}");
}

#[test]
fn another_programs_database_is_refused_and_stays_as_it_is() {
    for statements in [
        "CREATE TABLE theirs (id INTEGER)",
        "PRAGMA application_id = 252006675; CREATE TABLE theirs (id INTEGER)",
        "PRAGMA user_version = 1",
    ] {
        let (_folder, path) = place();
        rusqlite::Connection::open(&path).unwrap().execute_batch(statements).unwrap();
        let before = fs::read(&path).unwrap();
        let error = refused(&path);
        assert!(matches!(error, OpenError::AnotherProgram { .. }), "{statements}: {error}");
        assert_eq!(fs::read(&path).unwrap(), before, "{statements}");
    }
}

#[tokio::test]
async fn a_database_of_the_first_schema_is_brought_up_to_date_and_keeps_what_it_holds() {
    let (_folder, path) = place();
    let lab = Lab::default();
    let store = SqliteStore::open(&Location::File(path.clone()), &Options::default()).unwrap();
    let team = lab.found(&store, 1).await;
    drop(store);
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute_batch("DROP TABLE sign_in_attempts; DROP TABLE store; PRAGMA user_version = 1")
        .unwrap();
    drop(connection);
    let store = SqliteStore::open(&Location::File(path), &Options::default()).unwrap();
    assert!(store.find_account(team.account.id).await.unwrap().is_some());
    let limit = AttemptLimit { most: 5, window_seconds: 900 };
    let outcome = store.count_attempt(AttemptSubject([1; 32]), limit, lab.now()).await.unwrap();
    assert_eq!(outcome, AttemptOutcome::Counted);
}

#[test]
fn a_newer_schema_is_refused_with_both_versions_and_stays_as_it_is() {
    let (_folder, path) = place();
    drop(open(&path).unwrap());
    let newer = SCHEMA_VERSION + 1;
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", newer).unwrap();
    let before = fs::read(&path).unwrap();
    let error = refused(&path);
    assert!(
        matches!(error, OpenError::NewerSchema { found, known: SCHEMA_VERSION, .. } if found == newer),
        "{error}"
    );
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[tokio::test]
async fn a_second_store_on_the_same_file_is_refused_until_the_first_is_gone() {
    let (_folder, path) = place();
    let first = open(&path).unwrap();
    let error = refused(&path);
    assert!(matches!(error, OpenError::InUse { .. }), "{error}");
    first.check().await.unwrap();
    drop(first);
    open(&path).unwrap();
}

#[test]
fn a_disk_without_room_for_the_schema_is_full_and_can_be_tried_again() {
    let (_folder, path) = place();
    let error = SqliteStore::open(
        &Location::File(path.clone()),
        &Options { most_pages: Some(3), ..Options::default() },
    )
    .err()
    .expect("a refusal");
    assert!(matches!(error, OpenError::DiskFull { .. }), "{error}");
    open(&path).unwrap();
}

#[test]
fn the_engine_writes_ahead_syncs_each_commit_and_marks_the_file_as_ours() {
    let (_folder, path) = place();
    drop(open(&path).unwrap());
    let connection = rusqlite::Connection::open(&path).unwrap();
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    let ours: u32 = connection.pragma_query_value(None, "application_id", |row| row.get(0)).unwrap();
    assert_eq!((mode.as_str(), ours), ("wal", u32::from_be_bytes(*b"vibe")));
    assert!(rusqlite::version_number() >= 3_051_003);
}
