//! A migration that is killed midway: the database is as it was before, or as it is after.

use std::{
    fs,
    process::Stdio,
    sync::mpsc::{RecvTimeoutError, channel},
    time::Duration,
};

use super::evidence::report_words;
use crate::support::{
    command::{run, vibesheets},
    http::Person,
    server::Server,
};

const STORE: [&str; 2] = ["--store", "sqlite:./vibesheets.db"];
#[cfg(not(feature = "proof"))]
const KILLS: u32 = 20;
#[cfg(feature = "proof")]
const KILLS: u32 = 300;

#[test]
fn a_migration_that_is_killed_midway_is_made_by_the_next_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let server = Server::start(home);
    Person::owner(&server.url);
    server.stop();
    let path = home.join("vibesheets.db");
    // As the first released schema left it.
    let connection = rusqlite::Connection::open(&path).expect("a database");
    let older = "DROP TABLE store; DROP TABLE sign_in_attempts; PRAGMA user_version = 1; PRAGMA journal_mode = DELETE";
    connection.execute_batch(older).expect("older");
    connection.close().expect("closed");
    let older = fs::read(&path).expect("there");
    let mut midway = 0;
    for kill in 0..KILLS {
        for name in ["vibesheets.db-wal", "vibesheets.db-shm"] {
            let _ = fs::remove_file(home.join(name));
        }
        fs::write(&path, &older).expect("written");
        let mut command = vibesheets(home, &[&["migrate"], &STORE[..]].concat());
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
        // From right after the start until it is done, in even steps.
        let (_running, over) = channel::<()>();
        let wait = Duration::from_micros(u64::from(kill) * 30_000 / u64::from(KILLS));
        assert_eq!(over.recv_timeout(wait), Err(RecvTimeoutError::Timeout));
        child.kill().expect("killed");
        midway += u32::from(!child.wait().expect("gone").success());
        let told = run(home, &[&["migrate"], &STORE[..]].concat());
        assert!(told.ends_with("exit code 0\n"), "after kill {kill}: {told}");
        let told = run(home, &[&["verify"], &STORE[..]].concat());
        assert!(told.ends_with("exit code 0\n"), "after kill {kill}: {told}");
    }
    assert!(midway > 0, "no kill came before the end");
    let words = format!(
        "Killed {KILLS} times, {midway} of them before its end: the next start made it, and `verify` found nothing."
    );
    report_words("Migrations killed midway", &words);
}
