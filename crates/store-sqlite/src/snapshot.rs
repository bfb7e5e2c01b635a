//! Snapshots: one committed state of the database as a file of its own, made while others write on, and proven before it
//! counts.

use std::{
    fs::{self, File},
    io::{Read, Write},
    path::{Path, PathBuf},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, backup::Backup, types::ValueRef};
use sha2::{Digest, Sha256};
use vibesheets_core::{
    StoreId,
    durability::{SNAPSHOT_FORMAT, SnapshotManifest, names},
    journal::Hash,
    store::StoreError,
};

use crate::{Failure, journal, open, sql::Sql, verify};

/// What is restorable, row by row in an order that does not depend on where the rows stand. Answers are forgotten with
/// time, and are proven by the journal while they are kept.
const CONTENTS: &[&str] = &[
    "SELECT * FROM organisations ORDER BY id",
    "SELECT * FROM accounts ORDER BY id",
    "SELECT * FROM members ORDER BY organisation, id",
    "SELECT * FROM clients ORDER BY organisation, id",
    "SELECT * FROM projects ORDER BY organisation, id",
    "SELECT * FROM tags ORDER BY organisation, id",
    "SELECT * FROM invitations ORDER BY organisation, id",
    "SELECT * FROM imports ORDER BY organisation, id",
    "SELECT organisation, id, member, project, start_at, end_at, time_zone, work_date, note, tags, billable, source,
            import, deleted, version, journal_seq, created_at, updated_at, seconds
     FROM entries ORDER BY organisation, id",
    "SELECT commit_number, stream, seq, time, actor, operation, command, digest, previous, hash, salt, body
     FROM journal ORDER BY number",
];

/// What a copy does not hold: whoever has a copy has nobody's session.
const FORGET: &str =
    "PRAGMA secure_delete = ON; DELETE FROM sessions; DELETE FROM sign_in_attempts; DELETE FROM probe;";

/// Copies the state of the database at `source` to a new file at `target`, which is on the disk when this returns; what
/// cannot be proven is removed.
pub(crate) fn write(source: &Path, target: &Path) -> Result<SnapshotManifest, StoreError> {
    let mut unfinished = target.as_os_str().to_owned();
    unfinished.push(".unfinished");
    let unfinished = PathBuf::from(unfinished);
    // Left by one that was interrupted.
    for leftover in ["", "-journal", "-wal", "-shm"] {
        let mut name = unfinished.clone().into_os_string();
        name.push(leftover);
        let _ = fs::remove_file(name);
    }
    let written = copy(source, &unfinished).and_then(|manifest| {
        let on_disk = || -> std::io::Result<()> {
            fs::rename(&unfinished, target)?;
            open::sync_folder(target.parent().unwrap_or(Path::new(".")))
        };
        on_disk().map_err(|error| unavailable(target, &error))?;
        Ok(manifest)
    });
    if written.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    written
}

/// Writes a snapshot's manifest beside it: from now on it counts.
pub(crate) fn write_manifest(folder: &Path, manifest: &SnapshotManifest) -> std::io::Result<()> {
    let unfinished = folder.join("manifest.unfinished");
    let mut file = open::private_file().create(true).truncate(true).open(&unfinished)?;
    file.write_all(&manifest.to_bytes())?;
    file.sync_all()?;
    fs::rename(&unfinished, folder.join(names::manifest_file(manifest.commit)))?;
    open::sync_folder(folder)
}

fn copy(source: &Path, target: &Path) -> Result<SnapshotManifest, StoreError> {
    open::private_file().create_new(true).open(target).map_err(|error| unavailable(target, &error))?;
    let from = read_only(source)?;
    let mut to = Connection::open(target).map_err(Failure::from)?;
    // The copy is of the state that the first read finds, whatever is committed meanwhile.
    from.execute_batch("BEGIN").map_err(Failure::from)?;
    let expected = logical_digest(&from)?;
    Backup::new(&from, &mut to)
        .and_then(|backup| backup.run_to_completion(4096, Duration::ZERO, None))
        .map_err(Failure::from)?;
    from.execute_batch("COMMIT").map_err(Failure::from)?;
    open::distrust(&to).map_err(Failure::from)?;
    // One file, without a log beside it.
    to.pragma_update(None, "journal_mode", "delete").map_err(Failure::from)?;
    to.execute_batch(FORGET).map_err(Failure::from)?;
    prove(&to, expected, target)?;
    let (store, commit) = (store_id(&to)?, journal::last_commit_number(&to)?);
    let commit_time = journal::batches(&to, commit.saturating_sub(1), 0)?.first().map(|batch| batch.time());
    let schema = to.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(Failure::from)?;
    to.close().map_err(|(_, error)| Failure::from(error))?;
    let (bytes, file_digest) = file_digest(target).map_err(|error| unavailable(target, &error))?;
    let snapshot = SNAPSHOT_FORMAT;
    Ok(SnapshotManifest {
        snapshot,
        store,
        commit,
        commit_time,
        schema,
        bytes,
        file_digest,
        logical_digest: expected,
    })
}

fn prove(copy: &Connection, expected: Hash, target: &Path) -> Result<(), StoreError> {
    let findings = verify::integrity(copy)?;
    let damaged = |what: String| StoreError::Corrupt {
        what: "the snapshot",
        key: format!("{} ({what})", target.display()),
    };
    if let Some(finding) = findings.into_iter().next() {
        return Err(damaged(finding));
    }
    if logical_digest(copy)? != expected {
        return Err(damaged("it does not hold what the database does".to_owned()));
    }
    Ok(())
}

/// Which store the database is.
pub(crate) fn store_id(connection: &Connection) -> Result<StoreId, Failure> {
    Ok(connection.query_row("SELECT id FROM store", (), |row| row.get::<_, Sql<StoreId>>(0))?.0)
}

/// The digest of everything restorable, however it stands in the file.
pub(crate) fn logical_digest(connection: &Connection) -> Result<Hash, Failure> {
    let mut hasher = Sha256::new();
    for (table, sql) in CONTENTS.iter().enumerate() {
        hasher.update([table as u8]);
        let mut statement = connection.prepare(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                feed(&mut hasher, row.get_ref(column)?);
            }
        }
    }
    Ok(Hash(hasher.finalize().into()))
}

fn feed(hasher: &mut Sha256, value: ValueRef<'_>) {
    let mut part = |kind: u8, bytes: &[u8]| {
        hasher.update([kind]);
        hasher.update((bytes.len() as u64).to_be_bytes());
        hasher.update(bytes);
    };
    match value {
        ValueRef::Null => part(0, &[]),
        ValueRef::Integer(number) => part(1, &number.to_be_bytes()),
        ValueRef::Real(number) => part(2, &number.to_be_bytes()),
        ValueRef::Text(text) => part(3, text),
        ValueRef::Blob(bytes) => part(4, bytes),
    }
}

fn read_only(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Connection::open_with_flags(path, flags).map_err(Failure::from)?)
}

/// The file's size and SHA-256, once it is on the disk.
fn file_digest(path: &Path) -> std::io::Result<(u64, Hash)> {
    let mut file = File::open(path)?;
    file.sync_all()?;
    let (mut hasher, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 20]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok((bytes, Hash(hasher.finalize().into()))),
            read => {
                hasher.update(&buffer[..read]);
                bytes += read as u64;
            }
        }
    }
}

fn unavailable(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::Unavailable { reason: format!("cannot write the snapshot {}: {error}", path.display()) }
}
