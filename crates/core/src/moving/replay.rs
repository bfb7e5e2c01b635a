//! Records written again.

use super::{InTime, MoveError, Moved, RecordSource, Side, plan::Left};
use crate::{
    durability::Kept,
    journal::{AccountChange, Append, Hash, PayloadBody, StreamId},
    store::{Commit, DirectoryWrite, Scope, Store, StoreError, TimesheetWrite},
};

/// Records read at a time.
pub(crate) const CHUNK_RECORDS: usize = 200;

/// The accounts' records, one after the other.
pub(super) async fn move_accounts(
    source: &(impl RecordSource + ?Sized),
    target: &dyn Store,
    accounts: &[Left],
    moved: &mut Moved,
) -> Result<(), MoveError> {
    let left = accounts.iter().map(|left| (left.stream, left.from, left.to));
    let mut records = InTime::of(source, left).await.map_err(Side::Source.failed())?;
    while let Some(kept) = records.next().await.map_err(Side::Source.failed())? {
        write(target, kept).await?;
        moved.moved += 1;
    }
    Ok(())
}

/// One stream's records; returns how many were written.
pub(super) async fn move_stream(
    source: &(impl RecordSource + ?Sized),
    target: &dyn Store,
    left: Left,
) -> Result<u64, MoveError> {
    let mut after = left.from;
    while after < left.to {
        let records = source.read_kept(left.stream, after, CHUNK_RECORDS).await;
        let records = records.map_err(Side::Source.failed())?;
        if records.is_empty() {
            return Err(MoveError::Changed { stream: left.stream });
        }
        for kept in records {
            after = kept.record.seq;
            write(target, kept).await?;
        }
    }
    Ok(after - left.from)
}

async fn write(target: &dyn Store, kept: Kept) -> Result<(), MoveError> {
    let Kept { record, payload, applied } = kept;
    let (stream, seq, hash) = (record.stream, record.seq, record.hash);
    let unreadable = |problem: &str| MoveError::Unreadable { stream, seq, problem: problem.to_owned() };
    let Some(payload) = payload else {
        return settled(target, target.append_erased(record).await, (stream, seq, hash)).await;
    };
    let changes = payload.open().map_err(|error| unreadable(&error.to_string()))?;
    let actor = record.actor;
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
