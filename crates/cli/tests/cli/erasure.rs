//! Erasing a member, and what copies from before bring back: not them.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::support::{
    command::{run, vibesheets},
    http::{PASSWORD, Person},
    server::Server,
};

const STORE: &str = "sqlite:./vibesheets.db";
const COPIES: [&str; 4] = ["--mirror", "mirror", "--replica", "replica"];
/// What nobody may find any more.
const PRIVATE: [&str; 2] = ["grace-hopper", "private words"];

fn as_json(home: &Path, arguments: &[&str]) -> Value {
    let output = vibesheets(home, arguments).arg("--json").output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn login(home: &Path, server: &Server) {
    let mut login = vibesheets(home, &["login", "--server", &server.url, "--email", "owner@example.com"]);
    assert!(login.env("VIBESHEETS_PASSWORD", PASSWORD).output().expect("it runs").status.success());
}

fn holds_private(path: &Path) -> bool {
    let bytes = fs::read(path).expect("there");
    PRIVATE.iter().any(|private| bytes.windows(private.len()).any(|window| window == private.as_bytes()))
}

#[test]
fn an_erased_member_is_gone_from_the_file_and_from_whatever_is_restored() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    fs::create_dir(home.join("mirror")).expect("made");
    let server = Server::start_with(home, &COPIES);
    let owner = Person::owner(&server.url);
    let grace = owner.invited("grace-hopper");
    for action in ["in", "out"] {
        let clocked = grace.post("/clock", &json!({"action": action, "note": "private words"}));
        assert_eq!(clocked.status, 200, "{:?}", clocked.json());
    }
    assert_eq!(owner.post("/clock", &json!({"action": "in"})).status, 200);
    assert_eq!(owner.post("/clock", &json!({"action": "out"})).status, 200);
    run(home, &["backup", "--store", STORE, "--place", "backups"]);
    login(home, &server);
    let words = run(home, &["member", "erase", "grace-hopper", "--for-ever"]);
    assert!(words.contains("Only a member who is archived can be erased"), "{words}");
    run(home, &["member", "archive", "grace-hopper"]);
    let words = run(home, &["member", "erase", "grace-hopper"]);
    assert!(words.contains("say --for-ever if that is meant"), "{words}");
    let words = run(home, &["member", "erase", "grace-hopper", "--for-ever"]);
    assert!(words.contains("grace-hopper is erased."), "{words}");
    for file in ["vibesheets.db", "vibesheets.db-wal"] {
        assert!(!holds_private(&home.join(file)), "{file} still holds it beside the running server");
    }
    server.stop();
    let verified = as_json(home, &["verify", "--store", STORE]);
    assert_eq!((&verified["findings"], &verified["entries"]), (&json!([]), &json!(1)));
    assert!(!holds_private(&home.join("vibesheets.db")), "the file still holds it");

    run(home, &["backup", "--store", STORE, "--place", "backups"]);
    for (place, until) in [
        ("mirror", None),
        ("replica", None),
        ("backups", None),
        ("mirror", Some("5")),
        ("backups", Some("5")),
    ] {
        let to = "sqlite:./restored.db";
        let mut restore = vec!["restore", "--from", place, "--to", to];
        restore.extend(until.map(|commit| ["--commit", commit]).into_iter().flatten());
        let restored = as_json(home, &restore);
        assert_eq!(restored["erased"], json!(1), "{place} {until:?}: {restored}");
        let verified = as_json(home, &["verify", "--store", to]);
        assert_eq!(verified["findings"], json!([]), "{place} {until:?}");
        assert!(!holds_private(&home.join("restored.db")), "{place} {until:?}");
        fs::remove_file(home.join("restored.db")).expect("there");
    }
    let drilled = as_json(home, &["drill", "--from", "replica", "--store", STORE]);
    assert_eq!(drilled["commits_lost"], json!(0), "{drilled}");

    // The newest snapshot is damaged: the one before tells of the erasures that it knows.
    let mut snapshots: Vec<_> = fs::read_dir(home.join("backups/snapshots"))
        .expect("a folder")
        .map(|file| file.expect("a file").path())
        .collect();
    snapshots.retain(|path| path.extension().is_some_and(|extension| extension == "db"));
    snapshots.sort();
    let newest = snapshots.last().expect("a snapshot");
    fs::remove_file(newest).expect("there");
    let older = ["restore", "--from", "backups", "--to", "sqlite:./older.db", "--commit", "5"];
    let restored = as_json(home, &older);
    let name = format!("snapshots/{}", newest.file_name().and_then(|name| name.to_str()).expect("a name"));
    assert_eq!(restored["erasures_unread"], json!([name]), "{restored}");

    // Somebody else may have the address since, also in what is written again from the first commit on.
    let server = Server::start_with(home, &COPIES);
    Person::signed_in(&server.url, "owner@example.com").invited("grace-hopper");
    server.stop();
    for place in ["mirror", "replica"] {
        let verified = as_json(home, &["verify", "--from", place]);
        assert_eq!(verified["findings"], json!([]), "{place}: {verified}");
    }
    run(home, &["restore", "--from", "mirror", "--to", "sqlite:./again.db"]);

    // What a damaged segment told of erasures is not known, and that is said.
    let mut segments: Vec<_> = fs::read_dir(home.join("replica/segments"))
        .expect("a folder")
        .map(|file| file.expect("a file").path())
        .collect();
    segments.sort();
    let [.., damaged, _] = segments.as_slice() else { panic!("{segments:?}") };
    let mut bytes = fs::read(damaged).expect("there");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(damaged, bytes).expect("written");
    let restore = ["restore", "--from", "replica", "--to", "sqlite:./restored.db", "--commit", "1"];
    let restored = as_json(home, &restore);
    let name = format!("segments/{}", damaged.file_name().and_then(|name| name.to_str()).expect("a name"));
    assert_eq!(restored["erasures_unread"], json!([name]), "{restored}");
    // Nor is that of one that is gone.
    fs::remove_file(damaged).expect("there");
    let restored = as_json(
        home,
        &restore.map(|word| word.replace("restored.db", "gap.db")).each_ref().map(|word| &**word),
    );
    let unread = restored["erasures_unread"][0].as_str().unwrap_or_default();
    assert!(unread.starts_with("what was recorded from commit "), "{restored}");
}

#[test]
fn what_was_erased_since_the_last_backup_is_known_by_the_database_that_is_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let server = Server::start(home);
    let owner = Person::owner(&server.url);
    let grace = owner.invited("grace-hopper");
    for action in ["in", "out"] {
        let clocked = grace.post("/clock", &json!({"action": action, "note": "private words"}));
        assert_eq!(clocked.status, 200, "{:?}", clocked.json());
    }
    run(home, &["backup", "--store", STORE, "--place", "backups"]);
    login(home, &server);
    run(home, &["member", "archive", "grace-hopper"]);
    run(home, &["member", "erase", "grace-hopper", "--for-ever"]);
    server.stop();
    let drilled = as_json(home, &["drill", "--from", "backups", "--store", STORE]);
    assert!(drilled["commits_lost"].as_u64() > Some(0), "{drilled}");
    let restored = as_json(home, &["restore", "--from", "backups", "--to", STORE, "--replace"]);
    assert_eq!((&restored["erased"], &restored["erasures_unread"]), (&json!(1), &json!([])), "{restored}");
    assert!(!holds_private(&home.join("vibesheets.db")));
    assert_eq!(as_json(home, &["verify", "--store", STORE])["findings"], json!([]));
}
