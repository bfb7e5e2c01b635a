//! The control: SQLite keeps what it acknowledged with `synchronous=FULL` and loses some of it with NORMAL. A disk that did not
//! show the difference would prove nothing.

use std::{io::Write, path::Path};

use rusqlite::Connection;
use vibesheets_power_cut::{Disk, Mounted};

const CUTS: u64 = 20;

/// `None`, told loudly, where this user may not mount.
fn mounted(disk: &Disk, place: &Path) -> Option<Mounted> {
    match disk.mount(place) {
        Ok(mounted) => Some(mounted),
        Err(error) => {
            let _ = writeln!(
                std::io::stderr(),
                "SKIPPED: no power was cut, since nothing can be mounted here: {error}"
            );
            None
        }
    }
}

fn open(place: &Path, synchronous: &str) -> Connection {
    let connection = Connection::open(place.join("rows.db")).expect("opened");
    // Exclusive: without the log's index in shared memory, whose pages the kernel would ask this very process for.
    let settings = format!(
        "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous};"
    );
    connection.execute_batch(&settings).expect("set");
    connection
}

/// Commits rows, cuts the power, and counts the acknowledged rows that are gone; `None` where nothing can be mounted.
fn lost(synchronous: &str, seed: u64) -> Option<i64> {
    let place = tempfile::tempdir().expect("a folder");
    let disk = Disk::default();
    let shown = mounted(&disk, place.path())?;
    let connection = open(place.path(), synchronous);
    connection.execute_batch("CREATE TABLE row (number INTEGER PRIMARY KEY, filler BLOB)").expect("made");
    // A checkpoint syncs in both modes; what follows is between two of them.
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("folded");
    let acknowledged = 5 + i64::try_from(seed % 30).expect("small");
    for number in 1..=acknowledged {
        connection.execute("INSERT INTO row VALUES (?1, zeroblob(1500))", [number]).expect("committed");
    }
    let survivor = disk.cut(seed);
    drop(connection);
    drop(shown);
    let _shown = mounted(&survivor, place.path())?;
    let connection = open(place.path(), synchronous);
    let whole: String =
        connection.query_row("PRAGMA integrity_check", (), |row| row.get(0)).expect("checked");
    assert_eq!(whole, "ok", "seed {seed}");
    let kept: i64 = connection.query_row("SELECT count(*) FROM row", (), |row| row.get(0)).expect("counted");
    Some(acknowledged - kept)
}

#[test]
fn what_was_acknowledged_with_full_synchronisation_survives_every_cut() {
    for seed in 0..CUTS {
        assert!(matches!(lost("FULL", seed), None | Some(0)), "seed {seed}");
    }
}

#[test]
fn what_was_acknowledged_with_normal_synchronisation_is_lost() {
    let lost: Option<Vec<i64>> = (0..CUTS).map(|seed| lost("NORMAL", seed)).collect();
    if let Some(lost) = lost {
        assert!(lost.iter().filter(|rows| **rows > 0).count() > CUTS as usize / 2, "{lost:?}");
    }
}
