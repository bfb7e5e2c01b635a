//! Counters of attempts at passwords: a row for each attempt, not in the journal and without a commit number.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, params};
use vibesheets_core::store::{AttemptLimit, AttemptOutcome, AttemptSubject, SignInAttempts, StoreError};

use crate::{Failure, SqliteStore, sql::Sql};

#[async_trait]
impl SignInAttempts for SqliteStore {
    async fn count_attempt(
        &self,
        subject: AttemptSubject,
        limit: AttemptLimit,
        now: Timestamp,
    ) -> Result<AttemptOutcome, StoreError> {
        // The writer does one thing at a time, so nothing comes between the look and the count.
        self.writer.write_unrecorded(move |connection| count(connection, subject, limit, now)).await
    }

    async fn give_attempt_back(&self, subject: AttemptSubject, at: Timestamp) -> Result<(), StoreError> {
        self.writer.write_unrecorded(move |connection| give_back(connection, subject, at)).await
    }
}

fn count(
    connection: &Connection,
    AttemptSubject(subject): AttemptSubject,
    limit: AttemptLimit,
    now: Timestamp,
) -> Result<AttemptOutcome, Failure> {
    let (attempts, oldest): (u64, Option<Sql<Timestamp>>) = connection
        .prepare_cached(
            "SELECT count(*), min(made_at) FROM sign_in_attempts WHERE subject = ?1 AND made_at > ?2",
        )?
        .query_row(params![subject, Sql(limit.window_start(now))], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if let Some(Sql(oldest)) = oldest.filter(|_| attempts >= u64::from(limit.most)) {
        return Ok(AttemptOutcome::Exceeded { free_at: limit.window_end(oldest) });
    }
    connection
        .prepare_cached("INSERT INTO sign_in_attempts (subject, made_at, expires_at) VALUES (?1, ?2, ?3)")?
        .execute(params![subject, Sql(now), Sql(limit.window_end(now))])?;
    Ok(AttemptOutcome::Counted)
}

fn give_back(
    connection: &Connection,
    AttemptSubject(subject): AttemptSubject,
    at: Timestamp,
) -> Result<(), Failure> {
    connection
        .prepare_cached(
            "DELETE FROM sign_in_attempts WHERE number =
                 (SELECT number FROM sign_in_attempts WHERE subject = ?1 AND made_at = ?2 LIMIT 1)",
        )?
        .execute(params![subject, Sql(at)])?;
    Ok(())
}

/// Forgets some of the attempts that left their window by `now`; how many.
pub(crate) fn prune(connection: &Connection, now: Timestamp) -> Result<usize, Failure> {
    Ok(connection
        .prepare_cached(
            "DELETE FROM sign_in_attempts WHERE number IN
                 (SELECT number FROM sign_in_attempts WHERE expires_at <= ?1 LIMIT 500)",
        )?
        .execute([Sql(now)])?)
}
