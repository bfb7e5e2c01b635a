//! The settings of each connection.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags, vtab::array};

use super::{OpenError, schema};
use crate::Options;

/// The oldest SQLite without the WAL-reset bug, which loses committed pages (3.7.0 to 3.51.2).
const OLDEST_SQLITE: i32 = 3_051_003;

/// How long to wait for another program's lock, such as that of a person's `sqlite3`.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// The statements of each operation stay prepared.
const PREPARED_STATEMENTS: usize = 96;

/// Opens the only connection that writes, with the schema up to date.
pub(crate) fn writer(path: &Path, durable: bool, options: &Options) -> Result<Connection, OpenError> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(OpenError::OldSqlite { found: rusqlite::version() });
    }
    let engine = |error| OpenError::from_engine(path, &error);
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(engine)?;
    connection.busy_timeout(LONGEST_WAIT).map_err(engine)?;
    schema::check(&connection, path)?;
    configure_writer(&connection, durable, options).map_err(engine)?;
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0)).map_err(engine)?;
    if mode != "wal" {
        return Err(OpenError::NoWriteAheadLog { path: path.to_owned(), mode });
    }
    schema::apply(&mut connection, path)?;
    connection.set_prepared_statement_cache_capacity(PREPARED_STATEMENTS);
    Ok(connection)
}

fn configure_writer(connection: &Connection, durable: bool, options: &Options) -> rusqlite::Result<()> {
    // FULL: each commit is on the disk before it is acknowledged (I6).
    connection.pragma_update(None, "synchronous", if durable { "FULL" } else { "OFF" })?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // Negative: in KiB. A group's changed pages stay in memory until its commit.
    connection.pragma_update(None, "cache_size", -16_384)?;
    // A checkpoint every 64 MiB of log instead of SQLite's 4: a page that many writes touch is copied into the file once
    // for all of them. The log is read again only after a crash.
    connection.pragma_update(None, "wal_autocheckpoint", 16_384)?;
    // What a long read made the log grow beyond is given back, in bytes.
    connection.pragma_update(None, "journal_size_limit", 128 * 1024 * 1024)?;
    if let Some(pages) = options.most_pages {
        connection.pragma_update(None, "max_page_count", pages)?;
    }
    Ok(())
}

/// Opens a connection that only reads.
pub(crate) fn reader(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(LONGEST_WAIT)?;
    connection.pragma_update(None, "query_only", true)?;
    // Negative: in KiB.
    connection.pragma_update(None, "cache_size", -4096)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    connection.set_prepared_statement_cache_capacity(PREPARED_STATEMENTS);
    array::load_module(&connection)?;
    Ok(connection)
}

/// Opens a connection that shows one committed state. It is opened to write, though it never does, since only then can it
/// read a log that a crash has left.
pub(crate) fn snapshot(path: &Path) -> Result<Connection, OpenError> {
    let engine = |error| OpenError::from_engine(path, &error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(engine)?;
    connection.busy_timeout(LONGEST_WAIT).map_err(engine)?;
    connection.pragma_update(None, "query_only", true).map_err(engine)?;
    connection.pragma_update(None, "temp_store", "memory").map_err(engine)?;
    connection.set_prepared_statement_cache_capacity(PREPARED_STATEMENTS);
    // A transaction shows the state that its first read finds.
    connection.execute_batch("BEGIN").map_err(engine)?;
    schema::check(&connection, path)?;
    schema::expect_current(&connection, path)?;
    Ok(connection)
}
