//! Moving a store's contents to another store, journal and all: each stream's records are written again through the target's
//! own writes, which hold the same rules there as anybody's write, and end with the same hashes. They come from another
//! store, from one state of it, or from an audit file: a [`RecordSource`].
//!
//! What is in the target already is known by its heads, so that an interrupted move goes on where it was. Accounts come
//! first, in the order of time, since an address may have changed hands; then organisations; then members, many at a time.
//! Sessions are not moved: everybody signs in again.

mod error;
mod in_time;
mod plan;
mod replay;
mod source;

use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;

use crate::{audit::audit_against, store::Store};

pub use error::{MoveError, Side};
pub(crate) use in_time::InTime;
use plan::Plan;
pub(crate) use replay::CHUNK_RECORDS;
use replay::{move_accounts, move_stream};
pub use source::RecordSource;
pub(crate) use source::heads;

/// Streams written at a time: each waits for the engine most of the time.
pub(crate) const AT_ONCE: usize = 32;

/// How far a move is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Moved {
    /// Streams of the source.
    pub streams: u64,
    /// Their records.
    pub records: u64,
    /// Records that are in the target, those of an earlier attempt too.
    pub moved: u64,
    /// Records that were in the target before.
    pub found: u64,
}

/// Moves everything from `source`, which nobody may write meanwhile, to `target`, which nobody may use until this ends
/// well; then proves the target and holds every stream's head against the source's. The source may have forgotten the answers
/// of commands that were applied before `answers_kept_since`. `progress` is told after each stream.
///
/// # Errors
/// [`MoveError`] that says which side and stream; moving again goes on from there.
pub async fn move_store(
    source: &(impl RecordSource + ?Sized),
    target: &dyn Store,
    answers_kept_since: Timestamp,
    progress: &(dyn Fn(&Moved) + Sync),
) -> Result<Moved, MoveError> {
    let plan = Plan::make(source, target).await?;
    let mut moved = plan.moved;
    progress(&moved);
    move_accounts(source, target, &plan.accounts, &mut moved).await?;
    progress(&moved);
    for streams in [&plan.organisations, &plan.members] {
        let mut running = stream::iter(streams)
            .map(|left| move_stream(source, target, *left, answers_kept_since))
            .buffer_unordered(AT_ONCE);
        while let Some(records) = running.try_next().await? {
            moved.moved += records;
            progress(&moved);
        }
    }
    verify(source, target, answers_kept_since, &plan).await?;
    Ok(moved)
}

/// Every head the same, nothing new in the source, and everything in the target proven.
async fn verify(
    source: &(impl RecordSource + ?Sized),
    target: &dyn Store,
    answers_kept_since: Timestamp,
    plan: &Plan,
) -> Result<(), MoveError> {
    let compared = stream::iter(plan.streams()).map(|stream| async move {
        let there = target.head(stream).await.map_err(Side::Target.failed())?;
        let here = source.head(stream).await.map_err(Side::Source.failed())?;
        if here == there { Ok(()) } else { Err(MoveError::Changed { stream }) }
    });
    compared.buffer_unordered(AT_ONCE).try_collect::<()>().await?;
    if let Some(stream) = plan.other_stream(source).await.map_err(Side::Source.failed())? {
        return Err(MoveError::Changed { stream });
    }
    let audit =
        audit_against(target, answers_kept_since, &[], &|_| ()).await.map_err(Side::Target.failed())?;
    match audit.findings.into_iter().next() {
        None => Ok(()),
        Some(finding) => Err(MoveError::Unproven { finding: finding.to_string() }),
    }
}
