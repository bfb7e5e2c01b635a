//! Where a restored or imported database goes: nothing that is there is lost, and nothing of another database gets into it.

use std::{
    fs::{self, File},
    path::Path,
};

use serde_json::json;

use crate::support::{
    command::vibesheets,
    copies::{STORE, as_json, copies, told},
    http::Person,
    server::Server,
};

const RESTORE: [&str; 5] = ["restore", "--from", "backups", "--to", STORE];
const KEPT: &str = "vibesheets.db.before-restore";

fn found(home: &Path, store: &str) -> u64 {
    let verified = as_json(home, &["verify", "--store", store]);
    assert_eq!(verified["findings"], json!([]), "{store}");
    verified["records"].as_u64().expect("a number")
}

/// The database goes on after its backup; its server is killed, so that the last of it is in its log alone.
fn killed_with_a_log(home: &Path) -> u64 {
    copies(home);
    let server = Server::start(home);
    let owner = Person::signed_in(&server.url, "owner@example.com");
    for action in ["out", "in", "out"] {
        assert_eq!(owner.post("/clock", &json!({ "action": action })).status, 200);
    }
    server.kill();
    assert!(fs::metadata(home.join("vibesheets.db-wal")).expect("a log").len() > 0);
    // Whoever proves it leaves the log as it is.
    found(home, STORE)
}

#[test]
fn a_database_that_is_there_is_replaced_only_when_told_and_never_under_a_server() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    copies(home);
    let whole = fs::read(home.join("vibesheets.db")).expect("there");
    let restore = ["restore", "--from", "mirror", "--to", STORE];
    let (code, words) = told(home, &restore);
    assert_eq!(code, Some(1), "{words}");
    assert!(words.contains("is there already and stays as it is"), "{words}");
    let server = Server::start_with(home, &["--mirror", "mirror"]);
    let (code, words) = told(home, &[&restore[..], &["--replace"]].concat());
    assert_eq!(code, Some(5), "{words}");
    server.stop();
    let (code, words) = told(home, &[&restore[..], &["--replace"]].concat());
    assert_eq!(code, Some(0), "{words}");
    assert_eq!(fs::read(home.join("vibesheets.db.before-restore")).expect("kept"), whole);
    // The restored store is another one: its predecessor's mirror is refused.
    let (code, words) = told(home, &["serve", "--store", STORE, "--mirror", "mirror"]);
    assert_eq!(code, Some(5), "{words}");
    assert!(words.contains("belongs to another database"), "{words}");
}

#[test]
fn a_log_whose_database_is_gone_is_not_taken_for_that_of_the_new_one() {
    a_log_alone(|database| fs::remove_file(database).expect("there"));
}

#[test]
fn a_log_whose_database_is_empty_is_not_lost() {
    a_log_alone(|database| fs::write(database, "").expect("written"));
}

fn a_log_alone(goes: impl Fn(&Path)) {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    killed_with_a_log(home);
    let audit = ["audit", "export", "--store", STORE, "--output", "all.audit"];
    assert_eq!(told(home, &audit).0, Some(0));
    let log = fs::read(home.join("vibesheets.db-wal")).expect("a log");
    goes(&home.join("vibesheets.db"));
    for (arguments, code) in [
        (&RESTORE[..], 1),
        (&["audit", "import", "all.audit", "--to", STORE][..], 1),
        (&["serve", "--store", STORE, "--listen", "127.0.0.1:0"][..], 5),
    ] {
        let (found, words) = told(home, arguments);
        assert_eq!(found, Some(code), "{arguments:?}: {words}");
        assert!(words.contains("vibesheets.db-wal is") && words.contains("may hold the last"), "{words}");
        assert_eq!(words.contains("--replace"), arguments[0] == "restore", "{words}");
    }
    for reads in
        [&["verify", "--store", STORE][..], &["drill", "--store", STORE], &["backup", "--store", STORE]]
    {
        let (code, words) = told(home, reads);
        assert_eq!(code, Some(5), "{reads:?}: {words}");
    }
    assert_eq!(fs::read(home.join("vibesheets.db-wal")).expect("still there"), log);
    let (code, words) = told(home, &[&RESTORE[..], &["--replace"]].concat());
    assert_eq!(code, Some(0), "{words}");
    assert_eq!(fs::read(home.join(KEPT.to_owned() + "-wal")).expect("kept"), log);
    let restored = as_json(home, &["verify", "--store", STORE]);
    assert_eq!(restored["findings"], json!([]));
}

#[test]
fn an_empty_file_is_a_database_to_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    copies(home);
    assert_eq!(told(home, &["audit", "export", "--store", STORE, "--output", "all.audit"]).0, Some(0));
    for (name, arguments) in
        [("one.db", &["restore", "--from", "mirror"][..]), ("other.db", &["audit", "import", "all.audit"])]
    {
        fs::write(home.join(name), "").expect("written");
        let store = format!("sqlite:./{name}");
        let (code, words) = told(home, &[arguments, &["--to", &store]].concat());
        assert_eq!(code, Some(0), "{words}");
        found(home, &store);
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_a_disk_that_is_new_is_followed() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    copies(home);
    fs::create_dir(home.join("disk")).expect("made");
    std::os::unix::fs::symlink("disk/times.db", home.join("link.db")).expect("linked");
    let (code, words) = told(home, &["restore", "--from", "mirror", "--to", "sqlite:./link.db"]);
    assert_eq!(code, Some(0), "{words}");
    assert!(home.join("disk/times.db").exists());
    found(home, "sqlite:./link.db");
}

/// A file system without links is told by this alone.
#[test]
fn a_restore_that_was_killed_between_the_database_and_its_log_is_done_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let records = killed_with_a_log(home);
    fs::rename(home.join("vibesheets.db"), home.join(KEPT)).expect("renamed");
    let (code, words) = told(home, &[&RESTORE[..], &["--replace"]].concat());
    assert_eq!(code, Some(0), "{words}");
    assert_eq!(found(home, &format!("sqlite:./{KEPT}")), records);
}

#[test]
fn a_restore_that_was_killed_where_the_log_could_not_be_folded_mixes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    killed_with_a_log(home);
    // The database and its log have second names, and the log has lost its first one.
    fs::hard_link(home.join("vibesheets.db"), home.join(KEPT)).expect("linked");
    fs::rename(home.join("vibesheets.db-wal"), home.join(KEPT.to_owned() + "-wal")).expect("renamed");
    let (code, words) = told(home, &[&RESTORE[..], &["--replace"]].concat());
    assert_eq!(code, Some(1), "{words}");
    assert!(words.contains("a restore was interrupted") && words.contains("move both away"), "{words}");
}

#[test]
fn the_database_that_is_replaced_is_kept_whole_with_what_was_in_its_log() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let records = killed_with_a_log(home);
    let restored = as_json(home, &[&RESTORE[..], &["--replace"]].concat());
    assert!(restored["records"].as_u64().is_some_and(|restored| restored < records), "{restored}");
    assert_eq!(found(home, &format!("sqlite:./{KEPT}")), records);
    // Another one has no room for what is there now.
    let (code, words) = told(home, &[&RESTORE[..], &["--replace"]].concat());
    assert_eq!(code, Some(1), "{words}");
    assert!(words.contains("is there from another restore"), "{words}");
}

#[test]
fn what_is_there_stays_where_it_is_until_the_new_database_is_proven() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let records = killed_with_a_log(home);
    let snapshot = home.join("backups/snapshots/00000000000000000004.db");
    let mut bytes = fs::read(&snapshot).expect("there");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(snapshot, bytes).expect("written");
    let (code, words) = told(home, &[&RESTORE[..], &["--replace"]].concat());
    assert_eq!(code, Some(4), "{words}");
    assert_eq!(found(home, STORE), records);
    assert!(!home.join(KEPT).exists());
}

#[test]
fn a_restore_that_was_killed_while_it_changed_places_is_done_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let records = killed_with_a_log(home);
    // The old database has its second name, and the new one has none yet.
    fs::hard_link(home.join("vibesheets.db"), home.join(KEPT)).expect("linked");
    fs::write(home.join("vibesheets.db.restoring"), "half a database").expect("written");
    assert_eq!(found(home, STORE), records);
    let (code, words) = told(home, &[&RESTORE[..], &["--replace"]].concat());
    assert_eq!(code, Some(0), "{words}");
    assert_eq!(found(home, &format!("sqlite:./{KEPT}")), records);
    assert!(!home.join("vibesheets.db.restoring").exists());
}

#[test]
fn nobody_else_makes_or_serves_a_database_while_it_is_restored() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    copies(home);
    let lock = File::create(home.join("new.db.lock")).expect("made");
    lock.lock().expect("nobody has it");
    let to = ["--to", "sqlite:./new.db"];
    for arguments in [
        &["restore", "--from", "backups"][..],
        &["restore", "--from", "backups", "--replace"],
        &["audit", "import", "all.audit"],
    ] {
        if arguments[0] == "audit" {
            assert_eq!(
                told(home, &["audit", "export", "--store", STORE, "--output", "all.audit"]).0,
                Some(0)
            );
        }
        let (code, words) = told(home, &[arguments, &to].concat());
        assert_eq!(code, Some(5), "{arguments:?}: {words}");
        assert!(words.contains("another vibesheets is using"), "{words}");
        assert!(!home.join("new.db").exists());
    }
}

#[test]
fn backups_that_are_taken_at_once_are_in_nobodys_way() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    copies(home);
    let backup =
        || vibesheets(home, &["backup", "--store", STORE, "--place", "others"]).spawn().expect("it runs");
    let taken: Vec<_> = (0..6).map(|_| backup()).collect();
    for mut taken in taken {
        assert!(taken.wait().expect("it ends").success());
    }
    let verified = as_json(home, &["backup", "verify", "--place", "others"]);
    assert_eq!((&verified["snapshots"], &verified["findings"]), (&json!(1), &json!([])), "{verified}");
    let left = fs::read_dir(home)
        .expect("read")
        .map(|file| file.expect("read").file_name().into_string().expect("UTF-8"));
    assert_eq!(left.filter(|name| name.contains("snapshot")).collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn a_restored_store_is_not_served_with_the_backups_of_the_one_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    copies(home);
    let (code, words) = told(home, &[&RESTORE[..], &["--replace"]].concat());
    assert_eq!(code, Some(0), "{words}");
    assert!(words.contains("backups holds another store's copies; move that away"), "{words}");
    let serve = ["serve", "--store", STORE, "--listen", "127.0.0.1:0"];
    let (code, words) = told(home, &serve);
    assert_eq!(code, Some(5), "{words}");
    assert!(words.contains("backups is of store") && words.contains("--backups"), "{words}");
    fs::rename(home.join("backups"), home.join("backups-before")).expect("moved away");
    Server::start(home).stop();
}
