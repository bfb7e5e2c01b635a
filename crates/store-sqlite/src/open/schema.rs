//! The schema's numbered files, applied in their order, each in one transaction with its number.

use std::{collections::BTreeSet, path::Path};

use rusqlite::{Connection, Row, TransactionBehavior};

use super::OpenError;

/// The files of `schema/`; the first is version 1. A file that was released is never changed.
const FILES: &[&str] = &[
    include_str!("../../schema/0001_initial.sql"),
    include_str!("../../schema/0002_sign_in_attempts.sql"),
    include_str!("../../schema/0003_store_identity.sql"),
];

/// The schema's version in this program.
pub const SCHEMA_VERSION: u32 = FILES.len() as u32;

/// "vibe" in ASCII: marks the file as ours (<https://sqlite.org/pragma.html#pragma_application_id>).
const APPLICATION_ID: u32 = 0x7669_6265;

/// Makes sure that the database is new or ours and not newer than we are. Changes nothing.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    let engine = |error| OpenError::from_engine(path, &error);
    let number = |name: &str| connection.pragma_query_value::<u32, _>(None, name, |row| row.get(0));
    let found = number("user_version").map_err(engine)?;
    match number("application_id").map_err(engine)? {
        APPLICATION_ID if found > SCHEMA_VERSION => {
            Err(OpenError::NewerSchema { path: path.to_owned(), found, known: SCHEMA_VERSION })
        }
        APPLICATION_ID => Ok(()),
        0 if found == 0 && is_empty(connection).map_err(engine)? => Ok(()),
        _ => Err(OpenError::AnotherProgram { path: path.to_owned() }),
    }
}

fn is_empty(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)", (), |row| row.get(0))
}

/// Makes sure that nothing of the schema is missing: whoever only reads cannot add it.
pub(super) fn expect_current(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    let found: u32 = connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(|error| OpenError::from_engine(path, &error))?;
    if found == SCHEMA_VERSION {
        return Ok(());
    }
    Err(OpenError::OlderSchema { path: path.to_owned(), found, known: SCHEMA_VERSION })
}

/// What `ANALYZE` makes: somebody may have run it, and what it tells only chooses between ways to the same rows.
const STATISTICS: [&str; 2] =
    ["CREATE TABLE sqlite_stat1(tbl,idx,stat)", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"];

/// What there is in the database that the files do not make, and the other way round: a line for each.
pub(crate) fn differences(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let made = Connection::open_in_memory()?;
    FILES.iter().try_for_each(|file| made.execute_batch(file))?;
    let (made, found) = (objects(&made)?, objects(connection)?);
    let unlike = found.symmetric_difference(&made).map(|object| (&object.kind, &object.name));
    let unlike: BTreeSet<_> = unlike.collect();
    Ok(unlike
        .iter()
        .map(|(kind, name)| format!("{kind} {name}: is not in the schema as VibeSheets makes it"))
        .collect())
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Object {
    kind: String,
    name: String,
    table: String,
    sql: Option<String>,
}

fn objects(connection: &Connection) -> rusqlite::Result<BTreeSet<Object>> {
    let mut statement = connection.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema")?;
    let object = |row: &Row<'_>| {
        Ok(Object { kind: row.get(0)?, name: row.get(1)?, table: row.get(2)?, sql: row.get(3)? })
    };
    let mut objects = statement.query_map((), object)?.collect::<rusqlite::Result<BTreeSet<_>>>()?;
    objects.retain(|object| !object.sql.as_deref().is_some_and(|sql| STATISTICS.contains(&sql)));
    Ok(objects)
}

/// Applies what is missing.
pub(super) fn apply(connection: &mut Connection, path: &Path) -> Result<(), OpenError> {
    let engine = |error| OpenError::from_engine(path, &error);
    for (index, file) in FILES.iter().enumerate() {
        let transaction =
            connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(engine)?;
        let applied: usize =
            transaction.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(engine)?;
        if applied > index {
            continue;
        }
        transaction.execute_batch(file).map_err(engine)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(engine)?;
        transaction.pragma_update(None, "user_version", index + 1).map_err(engine)?;
        transaction.commit().map_err(engine)?;
    }
    Ok(())
}
