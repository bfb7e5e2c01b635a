//! Reading sign-ins.

use rusqlite::Connection;
use vibesheets_core::{Account, AccountId, Email, Membership, journal::Hash};

use crate::{Failure, directory::body, failure::damaged, sql::Sql};

pub(crate) fn is_empty(connection: &Connection) -> Result<bool, Failure> {
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM accounts)";
    Ok(connection.prepare_cached(sql)?.query_row((), |row| row.get(0))?)
}

pub(super) fn account_by_email(connection: &Connection, email: &Email) -> Result<Option<Account>, Failure> {
    body(connection, "SELECT body FROM accounts WHERE email = ?1", [&**email])
        // Errors go into the log, and no address does.
        .map_err(damaged("account with the address of digest", Hash::of(&[email.as_bytes()])))
}

pub(crate) fn account(connection: &Connection, id: AccountId) -> Result<Option<Account>, Failure> {
    body(connection, "SELECT body FROM accounts WHERE id = ?1", [Sql(id)]).map_err(damaged("account", id))
}

/// The oldest first.
pub(super) fn memberships(connection: &Connection, account: AccountId) -> Result<Vec<Membership>, Failure> {
    let mut statement = connection.prepare_cached(
        "SELECT organisation, id FROM members WHERE account = ?1 ORDER BY created_at, organisation, id",
    )?;
    let memberships = statement.query_map([Sql(account)], |row| {
        Ok(Membership { organisation: row.get::<_, Sql<_>>(0)?.0, member: row.get::<_, Sql<_>>(1)?.0 })
    })?;
    memberships.collect::<Result<_, _>>().map_err(damaged("a membership of account", account))
}
