//! `vibesheets audit`: a store as one file, proven anywhere, and a store from it again.

use std::{fs, io::Write, path::Path};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use vibesheets_power_cut::Disk;

use crate::support::{
    cluster::Cluster,
    command::{run, told as output_told, vibesheets},
    http::Person,
    server::Server,
};

const STORE: &str = "sqlite:./vibesheets.db";
const EXPORT: [&str; 6] = ["audit", "export", "--store", STORE, "-o", "march.audit"];

/// The first line of a format that there is not yet.
const NEWER: &str = "d0306a800002eaced83810620f75718593cad710551d3166aaf60aeb325a8b8b {\"audit_file\":2}\n";

/// One key for whatever is made from a file: then its files are the same.
const KEY: (&str, &str) = ("VIBESHEETS_CHECKPOINT_KEY", "checkpoint.key");

/// A closed store in which somebody clocked in and out, with its audit file.
fn an_audit_file(home: &Path) -> Vec<u8> {
    let server = Server::start(home);
    let owner = Person::owner(&server.url);
    punch(&owner);
    server.stop();
    told(home, &EXPORT);
    fs::read(home.join("march.audit")).expect("it is there")
}

fn punch(owner: &Person) {
    for action in ["in", "out", "in"] {
        let punch = json!({ "action": action, "note": "a note to be changed" });
        assert_eq!(owner.post("/clock", &punch).status, 200);
    }
}

fn told(home: &Path, arguments: &[&str]) -> String {
    let output = vibesheets(home, arguments).env(KEY.0, KEY.1).output().expect("it runs");
    let told = output_told(home, &output);
    assert!(told.ends_with("exit code 0\n"), "{told}");
    told
}

fn as_json(home: &Path, arguments: &[&str]) -> Value {
    let output = vibesheets(home, arguments).env(KEY.0, KEY.1).arg("--json").output().expect("it runs");
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

/// Snapshots of what is told; sizes and ids are others each time.
macro_rules! assert_told {
    ($($told:expr),+) => {
        let id = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
        insta::with_settings!({ filters => [(id, "[id]"), (r"\(\d+ bytes\)", "([size] bytes)")] }, {
            insta::assert_snapshot!($($told),+);
        });
    };
}

#[test]
fn a_store_is_exported_proven_wiped_and_imported_and_its_file_is_the_same_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let file = an_audit_file(home);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(home.join("march.audit")).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    fs::remove_file(home.join("vibesheets.db")).expect("wiped");
    let proven = told(home, &["verify", "march.audit"]);
    let imported = told(home, &["audit", "import", "march.audit", "--to", STORE]);
    assert!(!home.join("vibesheets.db.importing").exists());
    fs::rename(home.join("march.audit"), home.join("first.audit")).expect("renamed");
    let exported = told(home, &EXPORT);
    assert_told!([proven, imported, exported].concat());
    assert!(fs::read(home.join("march.audit")).expect("there") == file);
    let verified = as_json(home, &["verify", "--store", STORE]);
    assert_eq!((&verified["findings"], &verified["entries"]), (&json!([]), &json!(2)), "{verified}");
    // Served again, to somebody who signs in again.
    let server = Server::start(home);
    let owner = Person::signed_in(&server.url, "owner@example.com");
    assert_eq!(owner.post("/clock", &json!({ "action": "out" })).status, 200);
    server.stop();
}

#[test]
fn a_team_goes_to_dynamodb_and_back_through_files_and_is_served_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let file = an_audit_file(home);
    let cluster = Cluster::start(1);
    let there = as_json(home, &["audit", "import", "march.audit", "--to", &cluster.store]);
    assert_eq!((&there["streams"], &there["found"]), (&json!(3), &json!(0)), "{there}");
    told(home, &["audit", "export", "--store", &cluster.store, "-o", "there.audit"]);
    assert!(fs::read(home.join("there.audit")).expect("there") == file);
    let owner = Person::signed_in(&cluster.url, "owner@example.com");
    assert_eq!(owner.post("/clock", &json!({ "action": "out" })).status, 200);
    let refused = run(home, &["audit", "import", "march.audit", "--to", &cluster.store]);
    assert!(refused.contains("import into a store that is empty"), "{refused}");
    assert!(refused.ends_with("exit code 5\n"), "{refused}");
    told(home, &["audit", "export", "--store", &cluster.store, "-o", "later.audit"]);
    let back = as_json(home, &["audit", "import", "later.audit", "--to", "sqlite:./back.db"]);
    assert_eq!(back["records"].as_u64(), there["records"].as_u64().map(|records| records + 1));
}

#[test]
fn a_store_is_exported_beside_the_server_that_writes_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let server = Server::start(home);
    let owner = Person::owner(&server.url);
    punch(&owner);
    let exported = as_json(home, &EXPORT);
    assert_eq!((&exported["streams"], &exported["records"]), (&json!(3), &json!(5)), "{exported}");
    assert_eq!(owner.post("/clock", &json!({ "action": "out" })).status, 200);
    // Without a file it goes to standard output, and holds what came since.
    let output = vibesheets(home, &EXPORT[..4]).output().expect("it runs");
    let lines = output.stdout.iter().filter(|byte| **byte == b'\n').count();
    // The first, six records, the checkpoint, the last.
    assert_eq!((output.status.code(), lines), (Some(0), 1 + 6 + 1 + 1));
    server.stop();
}

#[test]
fn an_import_goes_on_where_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    an_audit_file(home);
    // As an import leaves it that is interrupted before the records that came later.
    told(home, &["audit", "import", "march.audit", "--to", "sqlite:./new.db"]);
    fs::rename(home.join("new.db"), home.join("new.db.importing")).expect("renamed");
    let server = Server::start(home);
    let owner = Person::signed_in(&server.url, "owner@example.com");
    assert_eq!(owner.post("/clock", &json!({ "action": "out" })).status, 200);
    server.stop();
    told(home, &["audit", "export", "--store", STORE, "-o", "later.audit"]);
    let imported = as_json(home, &["audit", "import", "later.audit", "--to", "sqlite:./new.db"]);
    assert_eq!((&imported["records"], &imported["found"]), (&json!(6), &json!(5)), "{imported}");
    told(home, &["audit", "export", "--store", "sqlite:./new.db", "-o", "new.audit"]);
    assert_eq!(
        fs::read(home.join("new.audit")).expect("there"),
        fs::read(home.join("later.audit")).expect("there")
    );
    // The earlier file is not what the store holds now.
    let refused = run(home, &["audit", "import", "march.audit", "--to", "sqlite:./new.db"]);
    assert!(refused.contains("holds another") && refused.ends_with("exit code 5\n"), "{refused}");
}

#[test]
fn a_damaged_cut_newer_or_foreign_file_is_named_and_makes_no_store() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let whole = an_audit_file(home);
    let note = whole.windows(20).rposition(|bytes| bytes == b"a note to be changed").expect("a note");
    let mut flipped = whole.clone();
    flipped[note] ^= 1;
    fs::write(home.join("march.audit"), &flipped).expect("written");
    assert_told!("flipped", run(home, &["verify", "march.audit"]));
    let found = as_json(home, &["verify", "march.audit"]);
    let finding = &found["findings"][0];
    assert_eq!((&finding["line"], &finding["seq"]), (&json!(6), &json!(3)), "{found}");
    assert!(finding["stream"].as_str().is_some_and(|stream| stream.contains("/member/")), "{found}");
    fs::write(home.join("cut.audit"), &whole[..whole.len() / 2]).expect("written");
    let end = whole[..whole.len() - 1].iter().rposition(|byte| *byte == b'\n').expect("lines") + 1;
    fs::write(home.join("endless.audit"), &whole[..end]).expect("written");
    fs::write(home.join("newer.audit"), NEWER).expect("written");
    fs::write(home.join("diary.txt"), "dear diary\n").expect("written");
    let files = [
        "march.audit",
        "cut.audit",
        "endless.audit",
        "newer.audit",
        "diary.txt",
        "vibesheets.db",
        ".",
        "gone.audit",
    ];
    let mut said = String::new();
    for file in files {
        said.push_str(&run(home, &["audit", "import", file, "--to", "sqlite:./new.db"]));
        assert!(!home.join("new.db").exists() && !home.join("new.db.importing").exists(), "{file}");
    }
    assert_told!("refused", said);
}

/// Whoever cannot sign may still have a checkpoint that somebody signed, of before what they wrote anew.
#[test]
fn a_genuine_checkpoint_of_before_does_not_prove_what_a_file_holds_since() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let march = String::from_utf8(an_audit_file(home)).expect("text");
    let server = Server::start(home);
    let owner = Person::signed_in(&server.url, "owner@example.com");
    assert_eq!(owner.post("/clock", &json!({"action": "out"})).status, 200);
    server.stop();
    told(home, &["audit", "export", "--store", STORE, "-o", "april.audit"]);
    assert_eq!(as_json(home, &["verify", "april.audit"])["checkpoints"], json!(1));
    let april = fs::read_to_string(home.join("april.audit")).expect("text");
    let is_checkpoint = |line: &&str| line[65..].starts_with("{\"checkpoint\":");
    let of_march = march.lines().find(is_checkpoint).expect("a checkpoint");
    let mut forged = String::new();
    for line in april.lines() {
        let line = if is_checkpoint(&line) { of_march } else { line };
        let line = match line.split_once(",\"digest\":\"") {
            Some((begin, _)) if line[65..].starts_with("{\"end\":") => {
                let text = format!("{},\"digest\":\"{}\"}}}}", &begin[65..], hash(&forged));
                format!("{} {text}", hash(&text))
            }
            _ => line.to_owned(),
        };
        forged.push_str(&line);
        forged.push('\n');
    }
    fs::write(home.join("forged.audit"), forged).expect("written");
    let verified = as_json(home, &["verify", "forged.audit"]);
    let what = verified["findings"][0]["what"].as_str().unwrap_or_default();
    assert!(what.starts_with("the checkpoint in it saw less than it holds"), "{verified}");
}

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn an_export_is_whole_or_not_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    let whole = an_audit_file(home);
    let mut said = run(home, &EXPORT);
    assert!(fs::read(home.join("march.audit")).expect("there") == whole, "it stays as it is");
    for arguments in [
        &["audit", "export", "--store", STORE, "-o", "no/folder/march.audit"][..],
        &["audit", "export", "--store", "sqlite:./gone.db", "-o", "gone.audit"],
        &["audit", "export", "--store", "sqlite::memory:", "-o", "gone.audit"],
        &["audit", "import", "march.audit", "--to", "sqlite::memory:"],
        &["audit", "import", "march.audit", "--to", "sqlite:./no/folder/new.db"],
        &["verify", "march.audit", "--store", STORE],
    ] {
        said.push_str(&run(home, arguments));
    }
    assert_told!(said);
    assert!(!home.join("gone.audit").exists() && !home.join("gone.db").exists());
}

#[test]
fn a_full_disk_leaves_no_half_file_and_no_half_store() {
    let (folder, place) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let home = folder.path();
    let whole = an_audit_file(home);
    let disk = Disk::default();
    let _mounted = match disk.mount(place.path()) {
        Ok(mounted) => mounted,
        Err(error) => {
            let told = format!("SKIPPED: no disk was full, since nothing can be mounted here: {error}");
            let _ = writeln!(std::io::stderr(), "{told}");
            return;
        }
    };
    let there = |name: &str| place.path().join(name).display().to_string();
    disk.limit(Some(disk.used() + whole.len() / 2));
    let full = run(home, &["audit", "export", "--store", STORE, "-o", &there("march.audit")]);
    assert!(full.contains("cannot be written: ") && full.ends_with("exit code 1\n"), "{full}");
    assert_eq!(fs::read_dir(place.path()).expect("read").count(), 0, "nothing is left");
    let to = format!("sqlite:{}", there("new.db"));
    disk.limit(Some(disk.used() + 64 * 1024));
    let full = run(home, &["audit", "import", "march.audit", "--to", &to]);
    assert!(full.ends_with("exit code 5\n"), "{full}");
    assert!(!place.path().join("new.db").exists());
    disk.set_read_only(true);
    let refused = run(home, &["audit", "export", "--store", STORE, "-o", &there("march.audit")]);
    assert!(refused.contains("cannot be made: ") && refused.ends_with("exit code 1\n"), "{refused}");
    disk.set_read_only(false);
    disk.limit(None);
    told(home, &["audit", "import", "march.audit", "--to", &to]);
    told(home, &["audit", "export", "--store", &to, "-o", "again.audit"]);
    assert!(fs::read(home.join("again.audit")).expect("there") == whole);
}
