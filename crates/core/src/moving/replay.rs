//! Records written again.

use std::{cmp::Reverse, collections::BinaryHeap};

use jiff::Timestamp;

use super::{MoveError, Moved, RecordSource, Side, plan::Left};
use crate::{
    durability::Kept,
    foreign::shown,
    journal::{AccountChange, Append, Hash, PayloadBody, StreamId},
    store::{AppliedCommand, Commit, DirectoryWrite, Scope, Store, StoreError, TimesheetWrite},
};

/// Records read at a time.
pub(crate) const CHUNK_RECORDS: usize = 200;

/// The accounts' records in the order of their time: an address that one gave up may be another's later. Servers' clocks differ, so
/// an account whose address is taken waits until another's record is written, which may have given it up.
pub(super) async fn move_accounts(
    source: &(impl RecordSource + ?Sized),
    target: &dyn Store,
    accounts: &[Left],
    moved: &mut Moved,
) -> Result<(), MoveError> {
    let mut next = BinaryHeap::new();
    for left in accounts {
        if let Some(kept) = following(source, left.stream, left.from, 1).await?.pop() {
            next.push(Reverse((kept.record.time, left.stream, left.from)));
        }
    }
    let mut waiting = Vec::new();
    let mut taken = None;
    while let Some(Reverse((time, stream, after))) = next.pop() {
        let mut records = following(source, stream, after, 2).await?.into_iter();
        let Some(kept) = records.next() else { continue };
        match write(target, kept, Timestamp::default()).await {
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
    source: &(impl RecordSource + ?Sized),
    target: &dyn Store,
    left: Left,
    answers_kept_since: Timestamp,
) -> Result<u64, MoveError> {
    let mut after = left.from;
    while after < left.to {
        let records = following(source, left.stream, after, CHUNK_RECORDS).await?;
        if records.is_empty() {
            return Err(MoveError::Changed { stream: left.stream });
        }
        for kept in records {
            after = kept.record.seq;
            write(target, kept, answers_kept_since).await?;
        }
    }
    Ok(after - left.from)
}

async fn following(
    source: &(impl RecordSource + ?Sized),
    stream: StreamId,
    after: u64,
    limit: usize,
) -> Result<Vec<Kept>, MoveError> {
    source.read_kept(stream, after, limit).await.map_err(Side::Source.failed())
}

async fn write(target: &dyn Store, kept: Kept, answers_kept_since: Timestamp) -> Result<(), MoveError> {
    let Kept { record, payload, applied } = kept;
    let (stream, seq, hash) = (record.stream, record.seq, record.hash);
    let unreadable = |problem: &str| MoveError::Unreadable { stream, seq, problem: problem.to_owned() };
    let Some(payload) = payload else {
        return settled(target, target.append_erased(record).await, (stream, seq, hash)).await;
    };
    let changes = payload.open().map_err(|error| unreadable(&shown(error)))?;
    let actor = record.actor;
    // A command may come again once its answer was forgotten: then nothing may stand in that one's place.
    let stands_in =
        || AppliedCommand::forgotten(record.command, &payload).filter(|_| record.time >= answers_kept_since);
    let applied = applied.or_else(stands_in);
    let append = Append { record, payload };
    let written = match (changes, stream) {
        (PayloadBody::Account(AccountChange(revision)), StreamId::Account(_)) => {
            target.write_account(append, revision).await
        }
        (PayloadBody::Directory(changes), StreamId::Organisation(organisation)) => {
            let write = DirectoryWrite { append, changes, applied };
            target.write_directory(&Scope { organisation, actor }, write).await
        }
        (PayloadBody::Entries(change), StreamId::Member(organisation, _)) => {
            let write = TimesheetWrite { append, change, applied };
            target.write_timesheet(&Scope { organisation, actor }, write).await
        }
        _ => return Err(unreadable("its payload belongs to another kind of stream")),
    };
    settled(target, written, (stream, seq, hash)).await
}

async fn settled(
    target: &dyn Store,
    written: Result<Commit, StoreError>,
    (stream, seq, hash): (StreamId, u64, Hash),
) -> Result<(), MoveError> {
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
