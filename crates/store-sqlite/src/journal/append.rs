//! Appending a record: the lock of its stream.

use rusqlite::params;
use vibesheets_core::{
    journal::{Head, Payload, Record, StreamId},
    store::StoreError,
};

use super::{head, row::Microseconds};
use crate::{Failure, failure::is_duplicate, sql::Sql, writer::Write};

/// Appends the record if the stream's head is the one that it continues; without a payload where that was erased.
pub(crate) fn append(write: &Write<'_>, record: &Record, payload: Option<&Payload>) -> Result<(), Failure> {
    let current = head(write.connection, record.stream)?;
    if record.seq != current.seq + 1 || record.previous != current.hash {
        return Err(lost_to(current));
    }
    let inserted = write
        .connection
        .prepare_cached(
            "INSERT INTO journal (commit_number, stream, seq, time, actor, operation, command, digest, previous, hash,
                                  salt, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            write.number,
            Sql(record.stream),
            record.seq,
            Microseconds(record.time),
            record.actor.to_string(),
            record.operation.as_str(),
            Sql(record.command),
            Sql(record.digest),
            Sql(record.previous),
            Sql(record.hash),
            payload.map(|payload| payload.salt),
            payload.map(|payload| &payload.body),
        ]);
    match inserted {
        Ok(_) => Ok(()),
        Err(error) if is_duplicate(&error) => Err(lost_to(current)),
        Err(error) => Err(error.into()),
    }
}

/// What a write gets that does not fit what is there: its decision was made on something else.
pub(crate) fn conflict(write: &Write<'_>, stream: StreamId) -> Failure {
    match head(write.connection, stream) {
        Ok(current) => lost_to(current),
        Err(failure) => failure,
    }
}

fn lost_to(current: Head) -> Failure {
    StoreError::Conflict { current: Some(current) }.into()
}
