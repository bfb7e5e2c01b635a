//! Commits written again: from a mirror at start, and from a mirror, a replica or a journal in a restore.

use std::cell::RefCell;

use rusqlite::Connection;
use vibesheets_core::{
    durability::{Batch, Kept, ReplayError},
    journal::{AccountChange, Append, PayloadBody, StreamId},
    store::{AppliedCommand, DirectoryWrite, Scope, StoreError, TimesheetWrite},
};

use crate::{Failure, accounts, commands, directory, erasure, timesheets, writer::Write};

/// Writes `batches`, which follow commit `last_number`, in one transaction.
pub(crate) fn replay(
    connection: &Connection,
    last_number: u64,
    batches: &[Batch],
) -> Result<u64, ReplayError> {
    let mut number = last_number;
    let failed = |commit, problem: &dyn ToString| ReplayError { commit, problem: problem.to_string() };
    connection.execute_batch("BEGIN IMMEDIATE").map_err(|error| failed(number + 1, &error))?;
    for batch in batches {
        let outcome = if batch.commit == number + 1 {
            replay_one(connection, batch).map_err(|failure| failed(batch.commit, &failure.error))
        } else {
            Err(failed(batch.commit, &format!("commit {} belongs before it", number + 1)))
        };
        if let Err(error) = outcome {
            let _ = connection.execute_batch("ROLLBACK");
            return Err(error);
        }
        number = batch.commit;
    }
    if let Err(error) = connection.execute_batch("COMMIT") {
        let _ = connection.execute_batch("ROLLBACK");
        return Err(failed(number, &error));
    }
    Ok(number)
}

fn replay_one(connection: &Connection, batch: &Batch) -> Result<(), Failure> {
    let changed_timesheets = RefCell::default();
    let write = Write::new(connection, batch.commit, &changed_timesheets);
    batch.records.iter().try_for_each(|kept| record(&write, kept))
}

/// Through the same writes as when it was new, which hold the same rules.
fn record(write: &Write<'_>, kept: &Kept) -> Result<(), Failure> {
    let Kept { record, payload, applied } = kept;
    let unreadable = |problem: &str| {
        StoreError::Internal(format!("record {} of {} {problem}", record.seq, record.stream)).into()
    };
    if record.hash != record.expected_hash() {
        return Err(unreadable("does not match its hash"));
    }
    let Some(payload) = payload else {
        return erasure::append(write, record);
    };
    if !payload.is_of(record.digest) {
        return Err(unreadable("does not match the digest of its payload"));
    }
    let changes = payload.open().map_err(|error| unreadable(&format!("cannot be read: {error}")))?;
    let append = Append { record: record.clone(), payload: payload.clone() };
    let actor = record.actor;
    let applied = applied.clone().or_else(|| AppliedCommand::forgotten(record.command, payload));
    if let (Some(applied), StreamId::Organisation(organisation) | StreamId::Member(organisation, _)) =
        (&applied, record.stream)
    {
        // It comes again because its first answer was forgotten by then.
        commands::forget(write.connection, &Scope { organisation, actor }, applied.id)?;
    }
    match (changes, record.stream) {
        (PayloadBody::Account(AccountChange(revision)), StreamId::Account(_)) => {
            erasure::free_address(write.connection, &revision.after)?;
            accounts::write_account(write, &append, &revision).map(drop)
        }
        (PayloadBody::Directory(changes), StreamId::Organisation(organisation)) => {
            let scope = Scope { organisation, actor };
            directory::write_directory(write, &scope, &DirectoryWrite { append, changes, applied }).map(drop)
        }
        (PayloadBody::Entries(change), StreamId::Member(organisation, _)) => {
            let scope = Scope { organisation, actor };
            timesheets::write_timesheet(write, &scope, TimesheetWrite { append, change, applied }).map(drop)
        }
        _ => Err(unreadable("has a payload of another kind of stream")),
    }
}
