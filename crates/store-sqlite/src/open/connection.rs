//! The settings of each connection.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags, config::DbConfig, vtab::array};

use super::{OpenError, place::refuse_log_alone, schema};
use crate::Options;

/// The oldest SQLite without the WAL-reset bug, which loses committed pages (3.7.0 to 3.51.2).
const OLDEST_SQLITE: i32 = 3_051_003;

/// How long to wait for another program's lock, such as that of a person's `sqlite3`.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// The statements of each operation stay prepared.
const PREPARED_STATEMENTS: usize = 96;

/// Opens the only connection that writes entries, nouns and records, with the schema up to date.
pub(crate) fn writer(path: &Path, durable: bool, options: &Options) -> Result<Connection, OpenError> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(OpenError::OldSqlite { found: rusqlite::version() });
    }
    let engine = |error| OpenError::from_engine(path, &error);
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags).map_err(engine)?;
    connection.busy_timeout(LONGEST_WAIT).map_err(engine)?;
    distrust(&connection).map_err(engine)?;
    schema::check(&connection, path)?;
    configure_writer(&connection, durable, options).map_err(engine)?;
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0)).map_err(engine)?;
    if mode != "wal" {
        return Err(OpenError::NoWriteAheadLog { path: path.to_owned(), mode });
    }
    schema::apply(&mut connection, path)?;
    prepare_once(&connection).map_err(engine)?;
    Ok(connection)
}

/// Whatever is in a file that somebody else may have written: what its schema says beyond ours is not carried out. Ours has
/// no triggers and no views.
pub(crate) fn distrust(connection: &Connection) -> rusqlite::Result<()> {
    for (setting, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
    ] {
        connection.set_db_config(setting, on)?;
    }
    Ok(())
}

/// Keeps statements prepared, whatever values are bound: otherwise the engine prepares one again for each new value that
/// another plan might suit better, at several times the cost of running it.
fn prepare_once(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(PREPARED_STATEMENTS);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop)
}

fn configure_writer(connection: &Connection, durable: bool, options: &Options) -> rusqlite::Result<()> {
    // FULL: each commit is on the disk before it is acknowledged (I6).
    connection.pragma_update(None, "synchronous", if durable { "FULL" } else { "OFF" })?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What is erased, and each version of a row that another took the place of, leaves no bytes in the file.
    connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
    // Negative: in KiB. A group's changed pages stay in memory until its commit.
    connection.pragma_update(None, "cache_size", -16_384)?;
    // Checkpoints are another thread's; the writer makes one itself only where the log has grown to 512 MiB because
    // that thread never found a pause in which the log could begin anew.
    connection.pragma_update(None, "wal_autocheckpoint", 131_072)?;
    // What a long read made the log grow beyond is given back, in bytes.
    connection.pragma_update(None, "journal_size_limit", 544 * 1024 * 1024)?;
    if let Some(pages) = options.most_pages {
        connection.pragma_update(None, "max_page_count", pages)?;
    }
    Ok(())
}

/// Opens the connection that copies the log into the file and does nothing else.
pub(crate) fn checkpointer(path: &Path, durable: bool) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(LONGEST_WAIT)?;
    // FULL: the log is on the disk before the file changes, and the file before the log is used again.
    connection.pragma_update(None, "synchronous", if durable { "FULL" } else { "OFF" })?;
    Ok(connection)
}

/// Writes what is in the log of the database at `path`, which nobody has open, into the file, so that the file is all of it.
///
/// # Errors
/// [`OpenError`] where that cannot be done, or what is there is no database; the log stays then.
pub fn fold_log(path: &Path) -> Result<(), OpenError> {
    refuse_log_alone(path)?;
    let engine = |error| OpenError::from_engine(path, &error);
    let connection = checkpointer(path, true).map_err(engine)?;
    let in_the_way = connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", (), |row| row.get::<_, i64>(0))
        .map_err(engine)?;
    if in_the_way != 0 {
        return Err(OpenError::InUse { path: path.to_owned() });
    }
    connection.close().map_err(|(_, error)| engine(error))
}

/// Opens a connection that only reads.
pub(crate) fn reader(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(LONGEST_WAIT)?;
    distrust(&connection)?;
    connection.pragma_update(None, "query_only", true)?;
    // Negative: in KiB.
    connection.pragma_update(None, "cache_size", -2048)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    prepare_once(&connection)?;
    array::load_module(&connection)?;
    Ok(connection)
}

/// Opens a connection that shows one committed state. It is opened to write, though it never does, since only then can it
/// read a log that a crash has left.
pub(crate) fn snapshot(path: &Path) -> Result<Connection, OpenError> {
    refuse_log_alone(path)?;
    let engine = |error| OpenError::from_engine(path, &error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(engine)?;
    connection.busy_timeout(LONGEST_WAIT).map_err(engine)?;
    distrust(&connection).map_err(engine)?;
    connection.pragma_update(None, "query_only", true).map_err(engine)?;
    // What is proven stays as it is, a log that a crash has left too.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(engine)?;
    connection.pragma_update(None, "temp_store", "memory").map_err(engine)?;
    connection.set_prepared_statement_cache_capacity(PREPARED_STATEMENTS);
    // A transaction shows the state that its first read finds.
    connection.execute_batch("BEGIN").map_err(engine)?;
    schema::check(&connection, path)?;
    schema::expect_current(&connection, path)?;
    Ok(connection)
}
