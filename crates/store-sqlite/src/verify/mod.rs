//! What SQLite itself can say about the file. Chains and state are core's to hold against each other.

mod rows;
mod snapshot;

pub use snapshot::Snapshot;

use rusqlite::{Connection, Row};

use crate::{Failure, open};

/// The most findings of one kind; more of them say nothing new.
const MOST_FINDINGS: usize = 100;

/// All that the file can say about itself: schema, structure, indexes, constraints, references and the spelling of each row.
pub(crate) fn whole(connection: &Connection) -> Result<Vec<String>, Failure> {
    let mut findings = open::schema_differences(connection)?;
    findings.extend(integrity(connection)?);
    findings.extend(rows::misspelt(connection)?);
    Ok(findings)
}

/// `integrity_check` and `foreign_key_check`, a line for each finding.
pub(crate) fn integrity(connection: &Connection) -> Result<Vec<String>, Failure> {
    let mut findings = collect(connection, "PRAGMA integrity_check", |row| row.get(0))?;
    findings.retain(|line| line != "ok");
    findings.extend(collect(connection, "PRAGMA foreign_key_check", dangling_reference)?);
    Ok(findings)
}

fn dangling_reference(row: &Row<'_>) -> rusqlite::Result<String> {
    let (table, row_number, parent): (String, Option<i64>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let place = row_number.map_or_else(String::new, |number| format!(", row {number}"));
    Ok(format!("table {table}{place}: refers to something that is not in table {parent}"))
}

fn collect(
    connection: &Connection,
    statement: &str,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<String>,
) -> Result<Vec<String>, Failure> {
    let mut statement = connection.prepare(statement)?;
    let lines = statement.query_map((), read)?.take(MOST_FINDINGS).collect::<Result<_, _>>()?;
    Ok(lines)
}
