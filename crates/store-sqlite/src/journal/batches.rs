//! The journal in the order of its commits, each with everything that was kept with it.

use rusqlite::Connection;
use vibesheets_core::{
    durability::{Batch, Kept},
    journal::{Payload, StreamId},
    store::{AppliedCommand, Scope, StoredRecord},
};

use super::row::{self, COLUMNS};
use crate::{Failure, commands, failure::damaged, sql::Sql};

/// The commits after number `after`: at least one if there is any, and none that begins beyond `most_bytes` of payloads.
pub(crate) fn batches(connection: &Connection, after: u64, most_bytes: usize) -> Result<Vec<Batch>, Failure> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, stream FROM journal
         WHERE number > coalesce((SELECT number FROM journal WHERE commit_number <= ?1
                                  ORDER BY commit_number DESC, number DESC LIMIT 1), 0)
         ORDER BY number"
    ))?;
    let mut rows = statement.query([after])?;
    let mut batches: Vec<Batch> = Vec::new();
    let mut bytes = 0;
    while let Some(row) = rows.next()? {
        let Sql(stream): Sql<StreamId> = row.get(11).map_err(damaged("a record after commit", after))?;
        let seq: i64 = row.get(0)?;
        let stored =
            row::stored_record(stream, row).map_err(damaged("record", format_args!("{stream}#{seq}")))?;
        let commit = stored.commit.unwrap_or_default();
        if batches.last().is_none_or(|batch| batch.commit != commit) {
            if bytes > most_bytes {
                break;
            }
            batches.push(Batch { commit, records: Vec::new() });
        }
        let kept = kept(connection, stored)?;
        bytes += kept.payload.as_ref().map_or(0, |payload| payload.body.len());
        bytes += kept.applied.as_ref().map_or(0, |applied| applied.answer.0.len());
        if let Some(batch) = batches.last_mut() {
            batch.records.push(kept);
        }
    }
    Ok(batches)
}

fn kept(connection: &Connection, stored: StoredRecord) -> Result<Kept, Failure> {
    let StoredRecord { record, payload, .. } = stored;
    let applied = match (payload.as_ref().and_then(Payload::applied), record.stream) {
        (Some(hash), StreamId::Organisation(organisation) | StreamId::Member(organisation, _)) => {
            let scope = Scope { organisation, actor: record.actor };
            AppliedCommand::kept_with(&record, hash, commands::find(connection, &scope, record.command)?)?
        }
        _ => None,
    };
    Ok(Kept { record, payload, applied })
}
