//! Applied commands and their answers (I4).

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use vibesheets_core::{
    CommandId,
    store::{Answer, AppliedCommand, AppliedCommands, Scope, StoreError},
};

use crate::{Failure, SqliteStore, failure::damaged, failure::is_duplicate, sql::Sql, writer::Write};

#[async_trait]
impl AppliedCommands for SqliteStore {
    async fn find_applied(&self, scope: &Scope, id: CommandId) -> Result<Option<AppliedCommand>, StoreError> {
        self.readers.read(|connection| Ok(find(connection, scope, id)?.map(|(applied, _)| applied)))
    }

    async fn find_applied_at(&self, scope: &Scope, id: CommandId) -> Result<Option<Timestamp>, StoreError> {
        self.readers.read(|connection| Ok(find(connection, scope, id)?.map(|(_, at)| at)))
    }
}

/// The scope's actor's command with this id, and when it was applied.
pub(crate) fn find(
    connection: &Connection,
    scope: &Scope,
    id: CommandId,
) -> Result<Option<(AppliedCommand, Timestamp)>, Failure> {
    connection
        .prepare_cached(
            "SELECT digest, answer, applied_at FROM applied_commands
             WHERE organisation = ?1 AND actor = ?2 AND command = ?3",
        )?
        .query_row(params![Sql(scope.organisation), scope.actor.to_string(), Sql(id)], |row| {
            let applied =
                AppliedCommand { id, digest: row.get::<_, Sql<_>>(0)?.0, answer: Answer(row.get(1)?) };
            Ok((applied, row.get::<_, Sql<_>>(2)?.0))
        })
        .optional()
        .map_err(damaged("command", id))
}

/// Keeps a command with the change that it made, if one asked for it.
pub(crate) fn keep(
    write: &Write<'_>,
    scope: &Scope,
    applied: Option<&AppliedCommand>,
    at: Timestamp,
) -> Result<(), Failure> {
    let Some(AppliedCommand { id, digest, answer }) = applied else { return Ok(()) };
    let kept = write
        .connection
        .prepare_cached(
            "INSERT INTO applied_commands (organisation, actor, command, digest, answer, applied_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            Sql(scope.organisation),
            scope.actor.to_string(),
            Sql(*id),
            Sql(*digest),
            answer.0,
            Sql(at)
        ]);
    match kept {
        Ok(_) => Ok(()),
        Err(error) if is_duplicate(&error) => Err(StoreError::AlreadyExists { what: "command" }.into()),
        Err(error) => Err(error.into()),
    }
}

/// Forgets one command.
pub(crate) fn forget(connection: &Connection, scope: &Scope, id: CommandId) -> Result<(), Failure> {
    connection
        .prepare_cached(
            "DELETE FROM applied_commands WHERE organisation = ?1 AND actor = ?2 AND command = ?3",
        )?
        .execute(params![Sql(scope.organisation), scope.actor.to_string(), Sql(id)])?;
    Ok(())
}

/// Forgets some of the commands that were applied before `before`; how many.
pub(crate) fn prune(connection: &Connection, before: Timestamp) -> Result<usize, Failure> {
    Ok(connection
        .prepare_cached(
            "DELETE FROM applied_commands WHERE number IN
             (SELECT number FROM applied_commands WHERE applied_at < ?1 LIMIT 500)",
        )?
        .execute([Sql(before)])?)
}
