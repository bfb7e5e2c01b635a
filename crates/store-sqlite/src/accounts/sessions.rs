//! Sessions: not in the journal, and without a commit number.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use vibesheets_core::{AccountId, Membership, Session, SessionId};

use crate::{Failure, failure::damaged, sql::Sql};

const COLUMNS: &str = "id, account, organisation, member, created_at, expires_at, user_agent";

pub(super) fn put(connection: &Connection, session: &Session) -> Result<(), Failure> {
    connection
        .prepare_cached(&format!("INSERT INTO sessions ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"))?
        .execute(params![
            Sql(session.id),
            Sql(session.account),
            Sql(session.membership.organisation),
            Sql(session.membership.member),
            Sql(session.created_at),
            Sql(session.expires_at),
            session.user_agent,
        ])?;
    Ok(())
}

pub(super) fn find(
    connection: &Connection,
    account: AccountId,
    id: SessionId,
) -> Result<Option<Session>, Failure> {
    connection
        .prepare_cached(&format!("SELECT {COLUMNS} FROM sessions WHERE id = ?1 AND account = ?2"))?
        .query_row(params![Sql(id), Sql(account)], session)
        .optional()
        .map_err(damaged("session", id))
}

/// Those that end after `now`, the newest first.
pub(super) fn list(
    connection: &Connection,
    account: AccountId,
    now: Timestamp,
) -> Result<Vec<Session>, Failure> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM sessions WHERE account = ?1 AND expires_at > ?2 ORDER BY created_at DESC, id DESC"
    ))?;
    let sessions = statement.query_map(params![Sql(account), Sql(now)], session)?;
    sessions.collect::<Result<_, _>>().map_err(damaged("a session of account", account))
}

/// Whether the account had it.
pub(super) fn end(connection: &Connection, account: AccountId, id: SessionId) -> Result<bool, Failure> {
    let ended = connection
        .prepare_cached("DELETE FROM sessions WHERE id = ?1 AND account = ?2")?
        .execute(params![Sql(id), Sql(account)])?;
    Ok(ended == 1)
}

pub(super) fn end_others(
    connection: &Connection,
    account: AccountId,
    keep: Option<SessionId>,
) -> Result<(), Failure> {
    connection
        .prepare_cached("DELETE FROM sessions WHERE account = ?1 AND id IS NOT ?2")?
        .execute(params![Sql(account), keep.map(Sql)])?;
    Ok(())
}

/// Forgets some of the sessions that ended before `before`; how many.
pub(crate) fn prune(connection: &Connection, before: Timestamp) -> Result<usize, Failure> {
    Ok(connection
        .prepare_cached(
            "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at < ?1 LIMIT 500)",
        )?
        .execute([Sql(before)])?)
}

fn session(row: &Row<'_>) -> rusqlite::Result<Session> {
    Ok(Session {
        id: row.get::<_, Sql<_>>(0)?.0,
        account: row.get::<_, Sql<_>>(1)?.0,
        membership: Membership {
            organisation: row.get::<_, Sql<_>>(2)?.0,
            member: row.get::<_, Sql<_>>(3)?.0,
        },
        created_at: row.get::<_, Sql<_>>(4)?.0,
        expires_at: row.get::<_, Sql<_>>(5)?.0,
        user_agent: row.get(6)?,
    })
}
