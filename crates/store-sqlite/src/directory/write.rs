//! Writing nouns with the record that tells of them.

use rusqlite::{ToSql, params, params_from_iter};
use vibesheets_core::{
    Organisation,
    journal::{DirectoryChange, Revision, StreamId},
    store::{Commit, DirectoryWrite, Scope, StoreError},
};

use crate::{
    Failure, commands,
    failure::is_duplicate,
    journal,
    sql::{Json, Sql},
    writer::Write,
};

/// All or nothing, inside the write's savepoint.
pub(crate) fn directory(
    write: &Write<'_>,
    scope: &Scope,
    change: &DirectoryWrite,
) -> Result<Commit, Failure> {
    let record = &change.append.record;
    if record.stream != StreamId::Organisation(scope.organisation) {
        let reason = format!("a record of {} outside its scope", record.stream);
        return Err(StoreError::Internal(reason).into());
    }
    commands::keep(write, scope, change.applied.as_ref(), record.time)?;
    journal::append(write, record, Some(&change.append.payload))?;
    let mut changes: Vec<_> = change.changes.iter().collect();
    // What others refer to goes first, whatever order the record tells them in.
    changes.sort_by_key(|change| rank(change));
    for change in changes {
        let fits = match put(write, scope, change) {
            Ok(rows) => rows == 1,
            Err(error) if is_duplicate(&error) => false,
            Err(error) => return Err(error.into()),
        };
        if !fits {
            return Err(journal::conflict(write, record.stream));
        }
    }
    Ok(Commit { number: Some(write.number) })
}

const fn rank(change: &DirectoryChange) -> u8 {
    match change {
        DirectoryChange::Organisation(_) => 0,
        DirectoryChange::Client(_) | DirectoryChange::Tag(_) | DirectoryChange::Member(_) => 1,
        DirectoryChange::Project(_)
        | DirectoryChange::Invitation(_)
        | DirectoryChange::Import(_)
        | DirectoryChange::Heads(_) => 2,
    }
}

/// Writes one noun and returns how many rows that changed: none where it had to exist and does not. One that had to be
/// new and is not is the engine's duplicate.
fn put(write: &Write<'_>, scope: &Scope, change: &DirectoryChange) -> rusqlite::Result<usize> {
    let row = Row { write, scope };
    match change {
        DirectoryChange::Organisation(Revision { before, after }) => {
            row.put_organisation(before.is_some(), after)
        }
        DirectoryChange::Member(Revision { before, after }) => {
            let (account, created_at) = (after.account.map(Sql), Sql(after.created_at));
            let columns: &[Column<'_>] = &[("account", &account), ("created_at", &created_at)];
            row.put("members", before.is_some(), &Sql(after.id), columns, &Json(after))
        }
        DirectoryChange::Project(Revision { before, after }) => {
            let client = after.client_id.map(Sql);
            row.put("projects", before.is_some(), &Sql(after.id), &[("client", &client)], &Json(after))
        }
        DirectoryChange::Client(Revision { before, after }) => {
            row.put("clients", before.is_some(), &Sql(after.id), &[], &Json(after))
        }
        DirectoryChange::Tag(Revision { before, after }) => {
            row.put("tags", before.is_some(), &Sql(after.id), &[], &Json(after))
        }
        DirectoryChange::Invitation(Revision { before, after }) => {
            let (member, ended) = (Sql(after.member), after.ended_at.is_some());
            let columns: &[Column<'_>] = &[("member", &member), ("ended", &ended)];
            row.put("invitations", before.is_some(), &Sql(after.id), columns, &Json(after))
        }
        DirectoryChange::Import(Revision { before, after }) => {
            let created_at = Sql(after.created_at);
            row.put("imports", before.is_some(), &Sql(after.id), &[("created_at", &created_at)], &Json(after))
        }
        // The record is all there is of it.
        DirectoryChange::Heads(_) => Ok(1),
    }
}

/// A column that queries need beside the noun, and its value.
type Column<'a> = (&'static str, &'a dyn ToSql);

/// A row to be written for an organisation.
struct Row<'a> {
    write: &'a Write<'a>,
    scope: &'a Scope,
}

impl Row<'_> {
    fn put_organisation(&self, exists: bool, after: &Organisation) -> rusqlite::Result<usize> {
        if after.id != self.scope.organisation {
            return Ok(0);
        }
        let sql = if exists {
            "UPDATE organisations SET body = ?2 WHERE id = ?1"
        } else {
            "INSERT INTO organisations (id, body) VALUES (?1, ?2)"
        };
        self.write.connection.prepare_cached(sql)?.execute(params![Sql(after.id), Json(after)])
    }

    fn put(
        &self,
        table: &'static str,
        exists: bool,
        id: &dyn ToSql,
        columns: &[Column<'_>],
        body: &dyn ToSql,
    ) -> rusqlite::Result<usize> {
        let names = columns.iter().map(|(name, _)| *name);
        let sql = if exists {
            let set: String = names.zip(4..).map(|(name, place)| format!(", {name} = ?{place}")).collect();
            format!("UPDATE {table} SET body = ?3{set} WHERE organisation = ?1 AND id = ?2")
        } else {
            let (names, places): (String, String) =
                names.zip(4..).map(|(name, place)| (format!(", {name}"), format!(", ?{place}"))).unzip();
            format!("INSERT INTO {table} (organisation, id, body{names}) VALUES (?1, ?2, ?3{places})")
        };
        let organisation = Sql(self.scope.organisation);
        let fixed: [&dyn ToSql; 3] = [&organisation, id, body];
        let values = fixed.into_iter().chain(columns.iter().map(|(_, value)| *value));
        self.write.connection.prepare_cached(&sql)?.execute(params_from_iter(values))
    }
}
