//! Backups, mirrors and replicas as an operator meets them: what is refused, what is said, and what comes back.

use std::fs;

use serde_json::json;

use crate::support::{
    copies::{as_json, copies, told},
    http::{Person, agent, send},
    server::Server,
};

#[test]
fn mirror_replica_and_backup_each_bring_everything_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    copies(home);
    for (number, place) in ["mirror", "replica", "backups"].into_iter().enumerate() {
        let to = format!("sqlite:./restored-{number}.db");
        let restored = as_json(home, &["restore", "--from", place, "--to", &to]);
        assert_eq!(
            (&restored["commit"], &restored["entries"]),
            (&json!(4), &json!(2)),
            "{place}: {restored}"
        );
        let verified = as_json(home, &["verify", "--store", &to]);
        assert_eq!(verified["findings"], json!([]), "{place}");
        let verified = as_json(home, &["backup", "verify", "--place", place]);
        assert_eq!(verified["last_commit"], json!(4), "{place}: {verified}");
    }
    let listed = as_json(home, &["backup", "list", "--place", "backups"]);
    assert_eq!(listed.as_array().map(Vec::len), Some(1), "{listed}");
}

#[test]
fn an_earlier_commit_comes_back_and_what_is_left_out_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    copies(home);
    for place in ["mirror", "backups"] {
        let (code, words) =
            told(home, &["restore", "--from", place, "--commit", "2", "--to", "sqlite:./earlier.db"]);
        assert_eq!(code, Some(0), "{words}");
        assert!(words.contains("holds commit 2"), "{words}");
        assert!(words.contains("Left out: what followed until commit 4 of"), "{words}");
        fs::remove_file(home.join("earlier.db")).expect("there");
    }
    let (code, words) =
        told(home, &["restore", "--from", "mirror", "--to", "sqlite:./earlier.db", "--dry-run"]);
    assert_eq!(code, Some(0), "{words}");
    assert!(words.starts_with("Would restore commit 4 of"), "{words}");
    assert!(!home.join("earlier.db").exists(), "a dry run changes nothing");
}

#[test]
fn wrong_places_times_and_files_are_refused_with_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    copies(home);
    let to = ["--to", "sqlite:./new.db"];
    for (arguments, code, words) in [
        (&["--from", "nowhere"][..], 5, "cannot reach nowhere"),
        (&["--from", "."], 1, "holds no snapshot and no segment"),
        (&["--from", "ftp://elsewhere"], 2, "must be a folder"),
        (&["--from", "mirror", "--commit", "5"], 1, "ends with commit 4"),
        (&["--from", "mirror", "--at", "2001-01-01T00:00:00Z"], 1, "there was nothing yet"),
        (&["--from", "backups", "--at", "2001-01-01T00:00:00Z"], 1, "nothing had been recorded by then"),
        (&["--from", "mirror", "--at", "2999-01-01T00:00:00Z"], 1, "Leave out `--at`"),
        (&["--from", "mirror", "--at", "yesterday"], 2, "--at"),
        (&["--from", "mirror", "--at", "2026-01-01T00:00:00Z", "--commit", "1"], 2, "cannot be used with"),
    ] {
        let (found, said) = told(home, &[&["restore"], arguments, &to[..]].concat());
        assert_eq!(found, Some(code), "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
        assert!(!home.join("new.db").exists(), "{arguments:?}");
    }
    let (code, words) = told(home, &["restore", "--from", "mirror", "--to", "sqlite:./no/folder/new.db"]);
    assert_eq!(code, Some(5), "{words}");
    assert!(words.contains("there is no folder"), "{words}");
}

#[test]
fn damaged_newer_and_truncated_backups_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    copies(home);
    let [database, manifest] =
        ["db", "manifest"].map(|kind| home.join(format!("backups/snapshots/00000000000000000004.{kind}")));
    let (whole, told_of) = (fs::read(&database).expect("there"), fs::read(&manifest).expect("there"));
    let mut flipped = whole.clone();
    flipped[5000] ^= 1;
    for (damaged, expected) in [
        (flipped, "does not match the digest in its manifest"),
        (whole[..whole.len() / 2].to_vec(), "bytes, and its manifest says"),
    ] {
        fs::write(&database, damaged).expect("written");
        let (code, words) = told(home, &["restore", "--from", "backups", "--to", "sqlite:./new.db"]);
        assert_eq!(code, Some(4), "{words}");
        assert!(words.contains(expected) && words.contains("00000000000000000004.db"), "{words}");
        let (code, words) = told(home, &["backup", "verify", "--place", "backups"]);
        assert_eq!(code, Some(4), "{words}");
    }
    fs::write(&database, whole).expect("written");
    fs::write(&manifest, &told_of[..told_of.len() - 9]).expect("written");
    let (code, words) = told(home, &["restore", "--from", "backups", "--to", "sqlite:./new.db"]);
    assert_eq!(code, Some(4), "{words}");
    assert!(words.contains("00000000000000000004.manifest"), "{words}");
    assert!(!home.join("new.db").exists());
}

#[test]
fn a_snapshot_whose_server_was_killed_goes_with_the_next_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let scratch = home.join("vibesheets.db.snapshots");
    let server = Server::start_with(home, &["--replica", "replica"]);
    let begun = scratch.join("snapshot-00000000000000000001.db");
    fs::write(&begun, "half a database").expect("the folder is there");
    server.kill();
    let server = Server::start_with(home, &["--replica", "replica"]);
    assert!(!begun.exists());
    server.stop();
    assert!(!scratch.exists(), "an end leaves nothing beside the database");
}

#[test]
fn health_tells_of_mirror_and_replica() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    fs::create_dir(home.join("mirror")).expect("made");
    let server = Server::start_with(home, &["--mirror", "mirror", "--replica", "replica"]);
    Person::owner(&server.url);
    let health =
        send(&agent(), "GET", &format!("{}/health", server.url), &[], None).expect("an answer").json();
    assert_eq!((&health["status"], &health["checks"]["mirror"]), (&json!("ok"), &json!("ok")), "{health}");
    for copies in ["replica", "snapshots"] {
        assert_eq!(health["checks"][copies], json!("ok"), "{health}");
    }
    server.stop();
}
