//! `vibesheets verify` on stores that are whole, damaged, missing or in use.

use std::{fs, path::Path};

use serde_json::json;

use crate::support::{
    command::{run, vibesheets},
    http::Person,
    server::Server,
};

const STORE: [&str; 3] = ["verify", "--store", "sqlite:./vibesheets.db"];

/// A closed store in which somebody clocked in and out.
fn a_store(home: &Path) {
    let server = Server::start(home);
    let owner = Person::owner(&server.url);
    for (action, note) in [("in", "a note to be changed"), ("out", "a note to be changed")] {
        let clocked = owner.post("/clock", &json!({"action": action, "note": note}));
        assert_eq!(clocked.status, 200, "{:?}", clocked.json());
    }
    server.stop();
}

#[test]
fn a_whole_store_is_proven() {
    let home = tempfile::tempdir().expect("a folder");
    a_store(home.path());
    insta::assert_snapshot!(run(home.path(), &STORE));
}

#[test]
fn every_flipped_byte_of_a_note_is_found_and_named() {
    let home = tempfile::tempdir().expect("a folder");
    a_store(home.path());
    let path = home.path().join("vibesheets.db");
    let whole = fs::read(&path).expect("there");
    let needle = b"a note to be changed";
    let places: Vec<usize> = (0..whole.len()).filter(|at| whole[*at..].starts_with(needle)).collect();
    // In the entry, and in the payloads of clocking in (after) and out (before and after).
    assert!(places.len() >= 4, "{places:?}");
    let mut named = 0;
    for place in places {
        let mut damaged = whole.clone();
        damaged[place + 2] ^= 1;
        fs::write(&path, &damaged).expect("written");
        let output = vibesheets(home.path(), &STORE).arg("--json").output().expect("it runs");
        let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let findings = found["findings"].as_array().expect("a list");
        if findings
            .iter()
            .any(|finding| finding["stream"].as_str().is_some_and(|stream| stream.contains("/member/")))
        {
            assert_eq!(output.status.code(), Some(4));
            named += 1;
        }
    }
    assert!(named >= 3, "only {named} flipped bytes were found");
}

#[test]
fn a_store_is_proven_beside_the_server_that_uses_it() {
    let home = tempfile::tempdir().expect("a folder");
    let server = Server::start(home.path());
    let owner = Person::owner(&server.url);
    assert_eq!(owner.post("/clock", &json!({"action": "in"})).status, 200);
    let output = vibesheets(home.path(), &STORE).arg("--json").output().expect("it runs");
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(
        (output.status.code(), &found["entries"], &found["findings"]),
        (Some(0), &json!(1), &json!([]))
    );
    assert_eq!(owner.post("/clock", &json!({"action": "out"})).status, 200);
    server.stop();
}

#[test]
fn what_cannot_be_opened_is_not_called_damaged() {
    let home = tempfile::tempdir().expect("a folder");
    insta::assert_snapshot!(run(home.path(), &STORE));
    assert!(!home.path().join("vibesheets.db").exists(), "looking makes nothing");
    fs::write(home.path().join("vibesheets.db"), b"").expect("written");
    insta::assert_snapshot!(run(home.path(), &STORE));
}
