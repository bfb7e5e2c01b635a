//! Taking out what is a person's own. What was there is overwritten in the file; the log keeps it until it is folded in.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, params};
use vibesheets_core::{
    Account, AccountId, MemberId,
    journal::{Record, StreamId},
    store::{AppliedCommand, Commit, Erasure, Erasures, Scope, StoreError},
};

use crate::{
    Failure, SqliteStore, journal,
    sql::{Json, Sql},
    writer::Write,
};

#[async_trait]
impl Erasures for SqliteStore {
    async fn erase(&self, scope: &Scope, erasure: Erasure) -> Result<(), StoreError> {
        let scope = *scope;
        self.writer.write_unrecorded(move |connection| erase(connection, &scope, &erasure)).await
    }

    async fn erase_entries(&self, scope: &Scope, member: MemberId) -> Result<(), StoreError> {
        let organisation = scope.organisation;
        let erased = self
            .writer
            .write_unrecorded(move |connection| {
                let sql = "DELETE FROM entries WHERE organisation = ?1 AND member = ?2";
                connection.prepare_cached(sql)?.execute(params![Sql(organisation), Sql(member)])?;
                Ok(())
            })
            .await;
        self.recent.forget(organisation, member);
        erased
    }

    async fn erase_account(&self, account: AccountId) -> Result<bool, StoreError> {
        self.writer.write_unrecorded(move |connection| erase_account(connection, account)).await
    }

    async fn empty_log(&self) -> Result<(), StoreError> {
        if !self.writer.empty_log().await {
            tracing::warn!(
                "readers keep the log from being emptied: what was erased stays in it until the server ends"
            );
        }
        Ok(())
    }

    async fn append_erased(&self, record: Record) -> Result<Commit, StoreError> {
        self.writer
            .write(move |write| append(write, &record).map(|()| Commit { number: Some(write.number) }))
            .await
    }
}

fn erase(connection: &Connection, scope: &Scope, erasure: &Erasure) -> Result<(), Failure> {
    let mut payloads = connection
        .prepare_cached("UPDATE journal SET salt = ?3, body = ?4 WHERE stream = ?1 AND seq = ?2")?;
    for (stream, seq, taken) in &erasure.payloads {
        let payload = journal::payload(connection, *stream, *seq)?;
        let Some(left) = payload.and_then(|payload| taken.left_of(&payload)) else { continue };
        let (salt, body) = (left.as_ref().map(|left| left.salt), left.as_ref().map(|left| &left.body));
        payloads.execute(params![Sql(*stream), seq, salt, body])?;
    }
    let mut answers = connection.prepare_cached(
        "UPDATE applied_commands SET digest = ?4, answer = ?5 WHERE organisation = ?1 AND actor = ?2 AND command = ?3",
    )?;
    for (actor, command) in &erasure.answers {
        let left = AppliedCommand::erased(*command);
        answers.execute(params![
            Sql(scope.organisation),
            actor.to_string(),
            Sql(*command),
            Sql(left.digest),
            left.answer.0
        ])?;
    }
    Ok(())
}

/// Frees the address of `account` where it is still one of a sign-in that was erased: the journal tells of the erasure, and not of what
/// was taken out after that.
pub(crate) fn free_address(connection: &Connection, account: &Account) -> Result<(), Failure> {
    let holder: Option<Sql<AccountId>> = connection
        .prepare_cached("SELECT id FROM accounts WHERE email = ?1 AND id <> ?2")?
        .query_row(params![&*account.email, Sql(account.id)], |row| row.get(0))
        .optional()?;
    if let Some(Sql(holder)) = holder {
        erase_account(connection, holder)?;
    }
    Ok(())
}

fn erase_account(connection: &Connection, id: AccountId) -> Result<bool, Failure> {
    let is_somebodys = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM members WHERE account = ?1)")?
        .query_row([Sql(id)], |row| row.get(0))?;
    if is_somebodys {
        return Ok(false);
    }
    let left = Account::erased(id);
    connection
        .prepare_cached("UPDATE accounts SET email = ?2, body = ?3 WHERE id = ?1")?
        .execute(params![Sql(id), no_address(id), Json(&left)])?;
    connection.prepare_cached("DELETE FROM sessions WHERE account = ?1")?.execute([Sql(id)])?;
    Ok(true)
}

/// Appends a record without its payload, and what is left of an account that others may refer to.
pub(crate) fn append(write: &Write<'_>, record: &Record) -> Result<(), Failure> {
    journal::append(write, record, None)?;
    if let StreamId::Account(id) = record.stream {
        let left = Account::erased(id);
        write
            .connection
            .prepare_cached(
                "INSERT INTO accounts (id, email, body) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO NOTHING",
            )?
            .execute(params![Sql(id), no_address(id), Json(&left)])?;
    }
    Ok(())
}

/// What stands in the place of an erased account's address: nobody can sign in with it or have the same.
pub(crate) fn no_address(id: AccountId) -> String {
    id.to_string()
}

/// What the row of an account says of its address.
pub(crate) fn address(account: &Account) -> String {
    if account.is_erased() { no_address(account.id) } else { account.email.to_string() }
}
