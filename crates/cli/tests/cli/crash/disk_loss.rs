//! The database's disk is lost in the middle of the load: with a mirror nothing that was acknowledged is.

use std::{fs, path::Path};

use super::{PEOPLE, evidence::report_words, punch_and_kill, team, verify};
use crate::support::{
    command::{run, vibesheets},
    http::Person,
    ledger::Ledger,
    server::Server,
};

#[cfg(not(feature = "proof"))]
const TRIALS: usize = 3;
#[cfg(feature = "proof")]
const TRIALS: usize = 200;

#[test]
fn with_a_mirror_a_lost_disk_takes_nothing_that_was_acknowledged() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let mut server = start(home, 0);
    let mut people = team(&server.url);
    let mut ledgers: Vec<Ledger> = (0..PEOPLE).map(Ledger::of).collect();
    let mut in_flight = 0;
    for trial in 1..=TRIALS {
        in_flight += punch_and_kill(server, &people, &mut ledgers, 61 + 13 * (trial % 17));
        lose_the_disk(home);
        restore(home, trial - 1);
        server = start(home, trial);
        // A restored store knows nobody's session.
        people = (0..PEOPLE).map(|number| Person::signed_in(&server.url, &address(number))).collect();
        for (person, ledger) in people.iter().zip(&mut ledgers) {
            ledger.settle(person);
        }
    }
    server.stop();
    verify(home, &ledgers);
    let acknowledged: usize = ledgers.iter().map(Ledger::acknowledged).sum();
    report_words(
        "Disk loss with a mirror",
        &format!(
            "The server was killed and its database deleted {TRIALS} times while {PEOPLE} members clocked in and out, then \
             restored from the mirror: {acknowledged} punches acknowledged, {in_flight} under way at the kills. Lost: 0. \
             Applied twice: 0. Repeated commands answered byte for byte."
        ),
    );
}

fn mirror(home: &Path, trial: usize) -> String {
    home.join(format!("mirror-{trial}")).display().to_string()
}

fn start(home: &Path, trial: usize) -> Server {
    let mirror = mirror(home, trial);
    fs::create_dir(&mirror).expect("made");
    Server::start_with(home, &["--mirror", &mirror])
}

fn address(number: usize) -> String {
    if number == 0 { "owner@example.com".to_owned() } else { format!("member{number}@example.com") }
}

fn lose_the_disk(home: &Path) {
    for suffix in ["", "-wal", "-shm", ".lock"] {
        let path = home.join(format!("vibesheets.db{suffix}"));
        assert!(!path.exists() || fs::remove_file(&path).is_ok(), "{}", path.display());
    }
}

fn restore(home: &Path, trial: usize) {
    let from = mirror(home, trial);
    let arguments = ["restore", "--from", &from, "--to", "sqlite:./vibesheets.db"];
    let output = vibesheets(home, &arguments).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    fs::remove_dir_all(from).expect("removed");
}

#[test]
fn a_backup_that_was_taken_while_people_clocked_is_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let server = Server::start(home);
    let people = team(&server.url);
    let mut ledgers: Vec<Ledger> = (0..PEOPLE).map(Ledger::of).collect();
    std::thread::scope(|scope| {
        let backups = scope.spawn(|| {
            for _ in 0..5 {
                let told = run(home, &["backup", "--store", "sqlite:./vibesheets.db", "--place", "backups"]);
                assert!(told.ends_with("is there and proven.\nexit code 0\n"), "{told}");
            }
        });
        punch_and_kill(server, &people, &mut ledgers, 400);
        backups.join().expect("no panic");
    });
    let told = run(home, &["backup", "verify", "--place", "backups"]);
    assert!(told.contains("Everything is as it was written."), "{told}");
    let told = run(home, &["restore", "--from", "backups", "--to", "sqlite:./restored.db"]);
    assert!(told.ends_with("exit code 0\n"), "{told}");
    let told = run(home, &["verify", "--store", "sqlite:./restored.db"]);
    assert!(told.ends_with("exit code 0\n"), "{told}");
}
