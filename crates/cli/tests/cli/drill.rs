//! The rehearsal of a lost disk: what it measures, and what it must not let pass.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::json;

use crate::support::{
    command::vibesheets,
    copies::{STORE, as_json, copies, told},
    http::Person,
    server::Server,
};

/// People go on without a mirror, a replica or another backup.
fn two_more_commits(home: &Path) {
    let server = Server::start(home);
    let owner = Person::signed_in(&server.url, "owner@example.com");
    for action in ["out", "in"] {
        assert_eq!(owner.post("/clock", &json!({ "action": action })).status, 200);
    }
    server.stop();
}

#[test]
fn a_drill_measures_and_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    copies(home);
    // Whoever reads a database leaves its empty log beside it.
    let files = || -> BTreeSet<String> {
        let names = fs::read_dir(home).expect("read").map(|file| file.expect("read").file_name());
        let names = names.map(|name| name.into_string().expect("UTF-8"));
        names.filter(|name| !name.ends_with("-wal") && !name.ends_with("-shm")).collect()
    };
    let before = files();
    for from in [&[][..], &["--from", "mirror"], &["--from", "replica"]] {
        let drilled = as_json(home, &[&["drill", "--store", STORE], from].concat());
        assert_eq!((&drilled["commit"], &drilled["commits_lost"]), (&json!(4), &json!(0)), "{drilled}");
        assert!(drilled["recovery_time_seconds"].as_f64().is_some_and(|seconds| seconds > 0.0), "{drilled}");
    }
    assert_eq!(files(), before);
    // The mirror of another store is no rehearsal of this one.
    let (code, words) = told(home, &["restore", "--from", "mirror", "--to", "sqlite:./other.db"]);
    assert_eq!(code, Some(0), "{words}");
    let (code, words) = told(home, &["drill", "--store", "sqlite:./other.db", "--from", "mirror"]);
    assert_eq!(code, Some(1), "{words}");
    // Damage is told loudly.
    let segment = home.join("mirror/segments/00000000000000000001.segment");
    let mut bytes = fs::read(&segment).expect("there");
    bytes[300] ^= 1;
    fs::write(segment, bytes).expect("written");
    let (code, words) = told(home, &["drill", "--store", STORE, "--from", "mirror"]);
    assert_eq!(code, Some(4), "{words}");
}

#[test]
fn a_drill_fails_where_a_copy_lacks_what_it_is_kept_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    copies(home);
    two_more_commits(home);
    // A backup of this hour: the guide allows it.
    let drilled = as_json(home, &["drill", "--store", STORE, "--from", "backups"]);
    assert_eq!((&drilled["commit"], &drilled["commits_lost"]), (&json!(4), &json!(2)), "{drilled}");
    assert!(drilled["recovery_point_seconds"].as_f64().is_some_and(|seconds| seconds > 0.0), "{drilled}");
    // A mirror that somebody left out for a while, by whatever path it is named.
    let place = home.join("mirror/../mirror").display().to_string();
    let output = vibesheets(home, &["drill", "--store", STORE, "--from", &place])
        .env("VIBESHEETS_MIRROR", home.join("mirror"))
        .output()
        .expect("it runs");
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(4), "{words}");
    assert!(words.contains("lost 2 commits, and was to lose nothing"), "{words}");
}

#[test]
fn a_drill_tells_of_commits_that_the_store_lost_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    copies(home);
    let earlier = fs::read(home.join("vibesheets.db")).expect("there");
    let server = Server::start_with(home, &["--mirror", "mirror"]);
    let owner = Person::signed_in(&server.url, "owner@example.com");
    assert_eq!(owner.post("/clock", &json!({ "action": "out" })).status, 200);
    server.stop();
    fs::write(home.join("vibesheets.db"), earlier).expect("an older copy in its place");
    let (code, words) = told(home, &["drill", "--store", STORE, "--from", "mirror"]);
    assert_eq!(code, Some(4), "{words}");
    assert!(words.contains("ends with commit 5, and the store with commit 4"), "{words}");
}

#[test]
fn a_drill_holds_what_it_restored_against_the_places_checkpoints() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    copies(home);
    for arguments in [
        &["checkpoint", "take", "--store", STORE, "--to", "others"][..],
        &["backup", "--store", STORE, "--place", "others"],
    ] {
        assert_eq!(told(home, arguments).0, Some(0));
    }
    let (_, words) = told(home, &["drill", "--store", STORE, "--from", "others"]);
    assert!(
        words.contains("was destroyed and restored") && words.contains("held against 1 checkpoint"),
        "{words}"
    );
}
