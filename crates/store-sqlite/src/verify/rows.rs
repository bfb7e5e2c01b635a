//! Whether each row is the one that would be written for what it says. What it says is core's to hold against the journal;
//! this finds what says the same in other bytes, and columns that say something else than the noun beside them.

use rusqlite::{Connection, Row, ToSql, types::ToSqlOutput, types::Value};
use serde::{Serialize, de::DeserializeOwned};
use vibesheets_core::{
    Account, Client, Import, Invitation, Member, Organisation, Project, Tag,
    journal::{Actor, Operation},
};

use super::MOST_FINDINGS;
use crate::{
    Failure, erasure,
    sql::{Json, Sql},
    timesheets::{ENTRY_COLUMNS, counted, entry, source_text},
};

/// A line for each row that is not spelt as it would be written.
pub(super) fn misspelt(connection: &Connection) -> Result<Vec<String>, Failure> {
    let mut found = Vec::new();
    nouns(connection, "organisations", "id", &mut found, |noun: &Organisation| vec![value(Sql(noun.id))])?;
    nouns(connection, "accounts", "id, email", &mut found, |noun: &Account| {
        vec![value(Sql(noun.id)), value(erasure::address(noun))]
    })?;
    nouns(connection, "members", "id, account, created_at", &mut found, |noun: &Member| {
        vec![value(Sql(noun.id)), value(noun.account.map(Sql)), value(Sql(noun.created_at))]
    })?;
    nouns(connection, "clients", "id", &mut found, |noun: &Client| vec![value(Sql(noun.id))])?;
    nouns(connection, "projects", "id, client", &mut found, |noun: &Project| {
        vec![value(Sql(noun.id)), value(noun.client_id.map(Sql))]
    })?;
    nouns(connection, "tags", "id", &mut found, |noun: &Tag| vec![value(Sql(noun.id))])?;
    nouns(connection, "invitations", "id, member, ended", &mut found, |noun: &Invitation| {
        vec![value(Sql(noun.id)), value(Sql(noun.member)), value(noun.ended_at.is_some())]
    })?;
    nouns(connection, "imports", "id, created_at", &mut found, |noun: &Import| {
        vec![value(Sql(noun.id)), value(Sql(noun.created_at))]
    })?;
    entries(connection, &mut found)?;
    journal(connection, &mut found)?;
    Ok(found)
}

/// The value as it stands in a column; `None` for one that no column holds.
fn value(column: impl ToSql) -> Option<Value> {
    match column.to_sql().ok()? {
        ToSqlOutput::Owned(value) => Some(value),
        ToSqlOutput::Borrowed(value) => value.try_into().ok(),
        _ => None,
    }
}

/// Rows of `table`: the JSON in `body`, and what `columns` must hold beside it.
fn nouns<T: Serialize + DeserializeOwned>(
    connection: &Connection,
    table: &str,
    columns: &str,
    found: &mut Vec<String>,
    expected: impl Fn(&T) -> Vec<Option<Value>>,
) -> Result<(), Failure> {
    let sql = format!("SELECT body, lower(hex(id)), {columns} FROM {table}");
    check(connection, table, &sql, 1, found, |row| {
        let Ok(Json(noun)) = row.get::<_, Json<T>>(0) else { return Ok(false) };
        let beside: Vec<Option<Value>> = (2..row.as_ref().column_count())
            .map(|column| row.get(column).map(Some))
            .collect::<Result<_, _>>()?;
        Ok(value(Json(&noun)) == Some(row.get(0)?) && expected(&noun) == beside)
    })
}

fn entries(connection: &Connection, found: &mut Vec<String>) -> Result<(), Failure> {
    let sql = format!("SELECT {ENTRY_COLUMNS}, seconds, lower(hex(id)) FROM entries");
    check(connection, "entries", &sql, 18, found, |row| {
        let Ok(entry) = entry(row) else { return Ok(false) };
        let texts = [
            (5, value(entry.time_zone.name())),
            (7, value(&*entry.note)),
            (8, value(Json(&entry.tags))),
            (10, value(source_text(entry.source))),
            (9, value(entry.billable)),
            (12, value(entry.deleted)),
            (17, value(counted(&entry))),
        ];
        for (column, expected) in texts {
            if expected != Some(row.get(column)?) {
                return Ok(false);
            }
        }
        Ok(true)
    })
}

/// Rows stand in the order of their commits and commits are numbered without gaps; only what made an account may share its
/// number with the next row, and does unless it was moved here from another store.
fn journal(connection: &Connection, found: &mut Vec<String>) -> Result<(), Failure> {
    let mut row_number = 0_i64;
    let (mut commit_before, mut made_account) = (0_i64, false);
    let sql = "SELECT commit_number, actor, operation, number FROM journal ORDER BY number";
    check(connection, "journal", sql, 3, found, |row| {
        row_number += 1;
        let (actor, operation): (String, String) = (row.get(1)?, row.get(2)?);
        let commit: i64 = row.get(0)?;
        let follows = commit == commit_before + 1 || (made_account && commit == commit_before);
        commit_before = commit;
        made_account = operation == Operation::AccountCreate.as_str();
        let is_spelt = actor.parse::<Actor>().is_ok_and(|parsed| parsed.to_string() == actor);
        Ok(row.get::<_, i64>(3)? == row_number && follows && is_spelt)
    })
}

/// Names each row, by the column at `name`, that `is_whole` does not find so.
fn check(
    connection: &Connection,
    table: &str,
    sql: &str,
    name: usize,
    found: &mut Vec<String>,
    mut is_whole: impl FnMut(&Row<'_>) -> rusqlite::Result<bool>,
) -> Result<(), Failure> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query(())?;
    while let Some(row) = rows.next()? {
        if found.len() < MOST_FINDINGS && !is_whole(row).unwrap_or(false) {
            let key = match row.get(name)? {
                Value::Integer(number) => number.to_string(),
                Value::Text(text) => text,
                _ => "unnamed".to_owned(),
            };
            found.push(format!("table {table}, row {key}: is not as VibeSheets writes it"));
        }
    }
    Ok(())
}
