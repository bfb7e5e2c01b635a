//! Records written again.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::{MoveError, Moved, Side, plan::Left};
use crate::{
    journal::{AccountChange, Append, Hash, PayloadBody, StreamId},
    store::{DirectoryWrite, Scope, Store, StoreError, StoredRecord, TimesheetWrite},
};

/// Records read at a time.
const CHUNK_RECORDS: usize = 200;

/// The accounts' records in the order of their time: an address that one gave up may be another's later. Servers' clocks differ, so
/// an account whose address is taken waits until another's record is written, which may have given it up.
pub(super) async fn move_accounts(
    source: &dyn Store,
    target: &dyn Store,
    accounts: &[Left],
    moved: &mut Moved,
) -> Result<(), MoveError> {
    let mut next = BinaryHeap::new();
    for left in accounts {
        if let Some(stored) = following(source, left.stream, left.from, 1).await?.pop() {
            next.push(Reverse((stored.record.time, left.stream, left.from)));
        }
    }
    let mut waiting = Vec::new();
    let mut taken = None;
    while let Some(Reverse((time, stream, after))) = next.pop() {
        let mut records = following(source, stream, after, 2).await?.into_iter();
        let Some(stored) = records.next() else { continue };
        match write(source, target, stored).await {
            Ok(()) => {
                moved.moved += 1;
                let following = records.next();
                next.extend(following.map(|following| Reverse((following.record.time, stream, after + 1))));
                next.extend(waiting.drain(..));
            }
            Err(error) if is_taken(&error) => {
                waiting.push(Reverse((time, stream, after)));
                taken = Some(error);
            }
            Err(error) => return Err(error),
        }
    }
    match taken.filter(|_| !waiting.is_empty()) {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

fn is_taken(error: &MoveError) -> bool {
    let taken = StoreError::AlreadyExists { what: "account" };
    matches!(error, MoveError::Store { side: Side::Target, error } if *error == taken)
}

/// One stream's records; returns how many were written.
pub(super) async fn move_stream(
    source: &dyn Store,
    target: &dyn Store,
    left: Left,
) -> Result<u64, MoveError> {
    let mut after = left.from;
    while after < left.to {
        let records = following(source, left.stream, after, CHUNK_RECORDS).await?;
        if records.is_empty() {
            return Err(MoveError::Changed { stream: left.stream });
        }
        for stored in records {
            after = stored.record.seq;
            write(source, target, stored).await?;
        }
    }
    Ok(after - left.from)
}

async fn following(
    source: &dyn Store,
    stream: StreamId,
    after: u64,
    limit: usize,
) -> Result<Vec<StoredRecord>, MoveError> {
    source.read_stream(stream, after, limit).await.map_err(Side::Source.failed())
}

async fn write(source: &dyn Store, target: &dyn Store, stored: StoredRecord) -> Result<(), MoveError> {
    let StoredRecord { record, payload, .. } = stored;
    let (stream, seq, hash) = (record.stream, record.seq, record.hash);
    let unreadable = |problem: &str| MoveError::Unreadable { stream, seq, problem: problem.to_owned() };
    let payload = payload.ok_or_else(|| unreadable("its payload was erased"))?;
    let sealed = payload.read().map_err(|error| unreadable(&error.to_string()))?;
    let (actor, command) = (record.actor, record.command);
    let append = Append { record, payload };
    let scope = |organisation| Scope { organisation, actor };
    let applied = |scope: Scope| async move {
        if sealed.applied.is_none() {
            return Ok(None);
        }
        // Forgotten after 400 days, as it would be where it is.
        source.find_applied(&scope, command).await.map_err(Side::Source.failed())
    };
    let written = match (sealed.changes, stream) {
        (PayloadBody::Account(AccountChange(revision)), StreamId::Account(_)) => {
            target.write_account(append, revision).await
        }
        (PayloadBody::Directory(changes), StreamId::Organisation(organisation)) => {
            let scope = scope(organisation);
            let applied = applied(scope).await?;
            target.write_directory(&scope, DirectoryWrite { append, changes, applied }).await
        }
        (PayloadBody::Entries(change), StreamId::Member(organisation, _)) => {
            let scope = scope(organisation);
            let applied = applied(scope).await?;
            target.write_timesheet(&scope, TimesheetWrite { append, change, applied }).await
        }
        _ => return Err(unreadable("its payload belongs to another kind of stream")),
    };
    match written {
        Ok(_) => Ok(()),
        Err(StoreError::Conflict { .. } | StoreError::AlreadyExists { .. })
            if is_there(target, stream, seq, hash).await? =>
        {
            Ok(())
        }
        Err(StoreError::Conflict { .. }) => Err(MoveError::Changed { stream }),
        Err(error) => Err(Side::Target.failed()(error)),
    }
}

/// A write that an interrupted move sent may arrive while the next one is at it.
async fn is_there(target: &dyn Store, stream: StreamId, seq: u64, hash: Hash) -> Result<bool, MoveError> {
    let there = target.find_record(stream, seq).await.map_err(Side::Target.failed())?;
    Ok(there.is_some_and(|stored| stored.record.hash == hash))
}
