//! Signed checkpoints as an operator keeps and uses them, against histories that somebody wrote anew.

use std::{fs, path::Path, process::Command};

use serde_json::{Value, json};

use crate::support::{
    command::{run, told, vibesheets},
    http::Person,
    server::Server,
};

const STORE: &str = "sqlite:./vibesheets.db";
const COPIES: [&str; 4] = ["--mirror", "mirror", "--replica", "replica"];

fn clocked(owner: &Person, actions: &[&str]) {
    for action in actions {
        let clocked = owner.post("/clock", &json!({ "action": action }));
        assert_eq!(clocked.status, 200, "{:?}", clocked.json());
    }
}

/// With the key that lies beside the database, also where none is named.
fn with_key(home: &Path, arguments: &[&str]) -> Command {
    let mut command = vibesheets(home, arguments);
    command.env("VIBESHEETS_CHECKPOINT_KEY", "checkpoint.key");
    command
}

fn as_json(home: &Path, arguments: &[&str]) -> (Option<i32>, Value) {
    let output = with_key(home, arguments).arg("--json").output().expect("it runs");
    let json = serde_json::from_slice(&output.stdout);
    let json = json.unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    (output.status.code(), json)
}

fn findings(told: &Value) -> Vec<String> {
    let findings = told["findings"].as_array().expect("a list");
    findings.iter().map(|finding| finding["what"].as_str().expect("words").to_owned()).collect()
}

/// A closed store with a mirror, a replica and backups, each with the checkpoint that is returned.
fn proven(home: &Path) -> String {
    fs::create_dir(home.join("mirror")).expect("made");
    let server = Server::start_with(home, &COPIES);
    clocked(&Person::owner(&server.url), &["in", "out", "in"]);
    server.stop();
    let mirrored =
        ["checkpoint", "take", "--store", STORE, "--to", "mirror", "--to", "replica", "--to", "backups"];
    let (code, taken) = as_json(home, &mirrored);
    assert_eq!((code, &taken["streams"]), (Some(0), &json!(1)), "{taken}");
    let file = taken["file"].as_str().expect("a file").to_owned();
    for place in ["mirror", "replica", "backups"] {
        let note = fs::read_to_string(home.join(place).join("checkpoints").join(&file)).expect("there");
        assert_eq!(note, taken["note"].as_str().expect("a note"));
    }
    file
}

#[test]
fn a_store_and_each_of_its_copies_bear_out_their_checkpoint() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let file = proven(home);
    // What was committed to goes into the mirror and the replica too, once somebody serves the store again.
    let server = Server::start_with(home, &COPIES);
    server.stop();
    run(home, &["backup", "--store", STORE, "--place", "backups"]);
    fs::copy(home.join("mirror/checkpoints").join(&file), home.join("kept.checkpoint")).expect("copied");
    for against in ["kept.checkpoint", "mirror", "replica", "backups"] {
        let (code, told) = as_json(home, &["verify", "--store", STORE, "--against", against]);
        assert_eq!((code, findings(&told)), (Some(0), vec![]), "{against}");
    }
    for from in ["mirror", "replica", "backups"] {
        let (code, told) = as_json(home, &["verify", "--from", from]);
        assert_eq!((code, findings(&told)), (Some(0), vec![]), "{from}");
        assert_eq!((&told["entries"], &told["checkpoints"]), (&json!(2), &json!(1)), "{from}: {told}");
    }
    // Without a key nobody can tell whether they are genuine, which is said.
    let words = run(home, &["verify", "--from", "mirror"]);
    assert!(words.contains("1 checkpoint there was not looked at"), "{words}");
    // The same state has the same checkpoint.
    let (_, again) = as_json(home, &["checkpoint", "take", "--store", STORE, "--to", "mirror"]);
    assert_eq!(again["file"].as_str(), Some(file.as_str()));
}

#[test]
fn a_past_that_was_written_anew_is_found_and_its_record_and_file_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let file = proven(home);
    // Somebody goes back to where nobody had clocked in, and lets other things have happened.
    let back = ["restore", "--from", "mirror", "--commit", "1", "--to", "sqlite:./anew.db"];
    run(home, &back);
    fs::create_dir(home.join("other")).expect("made");
    let anew = ["--store", "sqlite:./anew.db", "--mirror", "other"];
    let server = Server::start_with(home, &anew);
    clocked(&Person::signed_in(&server.url, "owner@example.com"), &["in", "switch", "switch", "out"]);
    server.stop();
    let (code, taken) =
        as_json(home, &["checkpoint", "take", "--store", "sqlite:./anew.db", "--to", "other"]);
    assert_eq!(code, Some(0), "{taken}");
    let server = Server::start_with(home, &anew);
    server.stop();
    // By itself it is all right.
    for arguments in [&["verify", "--store", "sqlite:./anew.db"][..], &["verify", "--from", "other"]] {
        let (code, told) = as_json(home, arguments);
        assert_eq!((code, findings(&told)), (Some(0), vec![]), "{arguments:?}");
    }
    let kept = format!("mirror/checkpoints/{file}");
    let words = format!("is not the record that checkpoint {kept} saw: it or one before it was written anew");
    let (code, told) = as_json(home, &["verify", "--store", "sqlite:./anew.db", "--against", &kept]);
    assert_eq!(code, Some(4));
    assert!(findings(&told)[0].starts_with(&words), "{told}");
    assert_eq!(told["findings"][0]["seq"], json!(2));
    let (code, told) = as_json(home, &["verify", "--from", "other", "--against", &kept]);
    assert_eq!(code, Some(4));
    let found = findings(&told);
    assert!(found[0].starts_with(&words) && found[0].contains("(in segments/"), "{found:?}");
    assert!(found[0].ends_with(" line 6)"), "{found:?}");
}

#[test]
fn a_restore_is_held_against_the_checkpoints_of_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let file = proven(home);
    Server::start_with(home, &COPIES).stop();
    let (code, restored) = as_json(home, &["restore", "--from", "mirror", "--to", "sqlite:./restored.db"]);
    assert_eq!((code, &restored["checkpoints"]), (Some(0), &json!(1)), "{restored}");
    // Where the key is not beside the database.
    fs::create_dir(home.join("keyless")).expect("made");
    let words = run(home, &["restore", "--from", "mirror", "--to", "sqlite:./keyless/without.db"]);
    assert!(words.contains("1 checkpoint there was not looked at"), "{words}");

    // Another past, in a place that holds the same checkpoint.
    run(home, &["restore", "--from", "mirror", "--commit", "1", "--to", "sqlite:./anew.db"]);
    let server = Server::start_with(home, &["--store", "sqlite:./anew.db"]);
    clocked(&Person::signed_in(&server.url, "owner@example.com"), &["in", "switch", "out"]);
    server.stop();
    let (code, taken) =
        as_json(home, &["checkpoint", "take", "--store", "sqlite:./anew.db", "--to", "elsewhere"]);
    assert_eq!(code, Some(0), "{taken}");
    run(home, &["backup", "--store", "sqlite:./anew.db", "--place", "other"]);
    fs::create_dir_all(home.join("other/checkpoints")).expect("made");
    fs::copy(home.join("mirror/checkpoints").join(&file), home.join("other/checkpoints").join(&file))
        .expect("copied");
    run(home, &["restore", "--from", "other", "--to", "sqlite:./keyless/believed.db"]);
    let (code, words) = whole(home, &["restore", "--from", "other", "--to", "sqlite:./forged.db"]);
    assert!(words.contains("is not the record that checkpoint"), "{code:?} {words}");
    assert!(!home.join("forged.db").exists());
}

/// What was committed to is not in the mirror before somebody serves the store again.
#[test]
fn a_checkpoint_that_saw_more_than_a_place_holds_proves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let file = proven(home);
    let (code, told) = as_json(home, &["verify", "--from", "mirror"]);
    assert_eq!(
        (code, &told["checkpoints"], &told["checkpoints_ahead"]),
        (Some(0), &json!(0), &json!(1)),
        "{told}"
    );
    let key = with_key(home, &["checkpoint", "key"]).output().expect("it runs").stdout;
    let key = String::from_utf8(key).expect("text");
    let (code, told) = as_json(home, &["verify", "--from", "mirror", "--key", key.trim()]);
    assert_eq!(code, Some(4), "{told}");
    assert!(findings(&told)[0].starts_with("there is no checkpoint signed by "), "{told}");
    let restore = ["restore", "--from", "mirror", "--to", "sqlite:./restored.db"];
    let (_, words) = whole(home, &[&restore[..], &["--key", key.trim()]].concat());
    assert!(words.contains("holds no checkpoint of that key that proves what would be restored"), "{words}");

    // One that somebody changed is not passed over.
    let kept = home.join("mirror/checkpoints").join(&file);
    let note = fs::read_to_string(&kept).expect("there");
    fs::write(&kept, note.replacen("organisation/", "organisation/0", 1)).expect("written");
    let (_, words) = whole(home, &restore);
    assert!(words.contains("somebody changed it, or what it proves"), "{words}");
    assert!(!home.join("restored.db").exists());
}

#[test]
fn a_checkpoint_that_was_changed_or_that_another_key_signed_is_not_believed() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let file = proven(home);
    let path = home.join("mirror/checkpoints").join(&file);
    let note = fs::read_to_string(&path).expect("there");
    fs::write(&path, note.replace(" 2 ", " 1 ")).expect("written");
    let named = path.to_str().expect("text");
    let (code, words) = whole(home, &["verify", "--store", STORE, "--against", named]);
    assert_eq!(code, Some(4), "{words}");
    assert!(words.contains("it was changed, or forged"), "{words}");
    let (code, told) = as_json(home, &["verify", "--from", "mirror"]);
    assert_eq!(code, Some(4));
    assert!(findings(&told)[0].contains("it was changed, or forged"), "{told}");

    fs::write(&path, &note).expect("written");
    fs::rename(home.join("checkpoint.key"), home.join("old.key")).expect("renamed");
    let (code, words) = whole(home, &["verify", "--store", STORE, "--against", named]);
    assert_eq!(code, Some(2), "{words}");
    assert!(words.contains("give the public one with --key"), "{words}");
    let (_, key) = as_json(home, &["checkpoint", "key", "--store", STORE]);
    let (code, words) = whole(home, &["verify", "--store", STORE, "--against", named]);
    assert_eq!(code, Some(4), "{words}");
    assert!(words.contains("is not signed by vibesheets+"), "{words}");

    let new = key["public_key"].as_str().expect("a key");
    let (code, _) = whole(home, &["verify", "--store", STORE, "--against", named, "--key", new]);
    assert_eq!(code, Some(4));
    fs::rename(home.join("old.key"), home.join("checkpoint.key")).expect("renamed");
    let (_, key) = as_json(home, &["checkpoint", "key", "--store", STORE]);
    let old = key["public_key"].as_str().expect("a key");
    let (code, words) = whole(home, &["verify", "--store", STORE, "--against", named, "--key", old]);
    assert_eq!(code, Some(0), "{words}");
    fs::write(home.join("checkpoint.key"), "nothing").expect("written");
    let (code, words) = whole(home, &["serve", "--store", STORE, "--listen", "127.0.0.1:0"]);
    assert_eq!(code, Some(5), "{words}");
    assert!(words.contains("is no key for checkpoints; move it away"), "{words}");
}

/// One organisation that nobody can read keeps no other from being proven, and a place that is away keeps no other from having it.
#[test]
fn what_cannot_be_read_or_reached_is_left_out_of_a_checkpoint_and_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let server = Server::start_with(home, &["--signup", "open"]);
    Person::owner(&server.url);
    let other = json!({"email": "other@example.com", "password": crate::support::http::PASSWORD, "name": "Oskar Other",
        "time_zone": "Europe/Vienna", "organisation": "Other"});
    Person::signed_up(&server.url, &other);
    server.stop();
    let damaged = "UPDATE journal SET operation = 'nothing' WHERE stream =
        (SELECT stream FROM journal WHERE substr(stream, 1, 1) = x'01' ORDER BY stream LIMIT 1)";
    let connection = rusqlite::Connection::open(home.join("vibesheets.db")).expect("a database");
    assert_eq!(connection.execute(damaged, ()).expect("written"), 1);
    drop(connection);
    fs::write(home.join("file"), "").expect("written");
    let take = ["checkpoint", "take", "--store", STORE, "--to", "file/inside", "--to", "backups"];
    let (code, taken) = as_json(home, &take);
    assert_eq!((code, &taken["streams"]), (Some(5), &json!(1)), "{taken}");
    assert_eq!(taken["places"].as_array().map(Vec::len), Some(1), "{taken}");
    let (_, words) = whole(home, &take);
    assert!(words.contains("is not in it") && words.contains("it is not in"), "{words}");
    assert!(words.contains("vibesheets checkpoint 1"), "the checkpoint is told all the same: {words}");
}

#[test]
fn an_export_brings_the_checkpoint_that_proves_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let server = Server::start(home);
    let owner = Person::owner(&server.url);
    clocked(&owner, &["in", "out"]);
    let mut login = vibesheets(home, &["login", "--server", &server.url, "--email", "owner@example.com"]);
    login.env("VIBESHEETS_PASSWORD", crate::support::http::PASSWORD);
    assert!(login.output().expect("it runs").status.success());
    let range = ["export", "--from", "2000-01-01", "--to", "2199-12-31", "-o", "all.csv"];
    let words = run(home, &range);
    assert!(words.contains("all.csv.checkpoint proves it."), "{words}");
    server.stop();
    let (code, told) = as_json(home, &["verify", "--store", STORE, "--against", "all.csv.checkpoint"]);
    assert_eq!((code, findings(&told)), (Some(0), vec![]));
}

fn whole(home: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = with_key(home, arguments).output().expect("it runs");
    (output.status.code(), told(home, &output))
}
