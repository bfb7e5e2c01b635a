//! Copies that an earlier version wrote come back, those of a later one are refused with what to do, and a target that cannot be written
//! is left as it was.

use std::{fs, io::Write, path::Path};

use serde_json::json;
use vibesheets_power_cut::Disk;

use crate::support::copies::{as_json, copies, told};

/// The copies of format 1, in a folder that a test may change.
fn format_1(home: &Path) {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/copies/format-1");
    for folder in ["snapshots", "segments", "checkpoints"] {
        let to = home.join("mirror").join(folder);
        fs::create_dir_all(&to).expect("made");
        for file in fs::read_dir(from.join(folder)).expect("read") {
            let file = file.expect("read");
            fs::copy(file.path(), to.join(file.file_name())).expect("copied");
        }
    }
}

fn key() -> &'static str {
    include_str!("../../../../testdata/copies/format-1/key").trim()
}

#[test]
fn copies_of_format_1_come_back_proven_by_their_checkpoint() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path();
    format_1(home);
    for (number, (point, records)) in
        [(&[][..], 12), (&["--commit", "8"][..], 9), (&["--commit", "3"][..], 4)].into_iter().enumerate()
    {
        let to = format!("sqlite:./new-{number}.db");
        let restored = as_json(home, &[&["restore", "--from", "mirror", "--to", &to], point].concat());
        assert_eq!(restored["records"], json!(records), "{point:?}: {restored}");
        assert_eq!(as_json(home, &["verify", "--store", &to])["findings"], json!([]));
    }
    let proven = as_json(home, &["verify", "--from", "mirror", "--key", key()]);
    assert_eq!((&proven["findings"], &proven["checkpoints"]), (&json!([]), &json!(1)), "{proven}");
    let verified = as_json(home, &["backup", "verify", "--place", "mirror"]);
    assert_eq!((&verified["findings"], &verified["last_commit"]), (&json!([]), &json!(11)), "{verified}");
}

#[test]
fn what_a_later_version_wrote_is_refused_with_what_to_do() {
    for (file, from, to) in [
        ("segments/00000000000000000001.segment", r#"{"segment":1,"#, r#"{"segment":2,"#),
        ("snapshots/00000000000000000008.manifest", r#"{"snapshot":1,"#, r#"{"snapshot":2,"#),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let home = folder.path();
        format_1(home);
        let path = home.join("mirror").join(file);
        let text = fs::read_to_string(&path).expect("text");
        let (first, rest) = text.split_once('\n').expect("a line");
        let (_, line) = first.split_once(' ').expect("a checksum");
        let line = line.replacen(from, to, 1);
        let checksum: String = sha2::Digest::finalize(<sha2::Sha256 as sha2::Digest>::new_with_prefix(&line))
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        fs::write(&path, format!("{checksum} {line}\n{rest}")).expect("written");
        let (code, words) = told(home, &["restore", "--from", "mirror", "--to", "sqlite:./new.db"]);
        assert_eq!(code, Some(4), "{file}: {words}");
        assert!(
            words.contains(file) && words.contains("has format 2, and this version reads format 1"),
            "{words}"
        );
        assert!(!home.join("new.db").exists());
    }
}

#[test]
fn a_restore_to_a_disk_that_is_full_or_read_only_leaves_nothing_and_says_what_to_do() {
    let (folder, place) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let home = folder.path();
    copies(home);
    let disk = Disk::default();
    let _mounted = match disk.mount(place.path()) {
        Ok(mounted) => mounted,
        Err(error) => {
            let told = format!("SKIPPED: no disk was full, since nothing can be mounted here: {error}");
            let _ = writeln!(std::io::stderr(), "{told}");
            return;
        }
    };
    let to = format!("sqlite:{}", place.path().join("new.db").display());
    for from in ["backups", "mirror"] {
        let restore = ["restore", "--from", from, "--to", &to];
        disk.limit(Some(disk.used() + 64 * 1024));
        let (code, words) = told(home, &restore);
        assert_eq!(code, Some(5), "{from}: {words}");
        assert!(words.contains("free some space") || words.contains("full"), "{from}: {words}");
        disk.limit(None);
        disk.set_read_only(true);
        let (code, words) = told(home, &restore);
        assert_eq!(code, Some(5), "{from}: {words}");
        assert!(words.contains("the right to write") || words.contains("may write there"), "{from}: {words}");
        disk.set_read_only(false);
        let left = fs::read_dir(place.path()).expect("read").map(|file| file.expect("read").file_name());
        assert_eq!(left.collect::<Vec<_>>(), ["new.db.lock"], "{from}");
        assert_eq!(told(home, &restore).0, Some(0), "{from}");
        fs::remove_file(place.path().join("new.db")).expect("there");
    }
}
