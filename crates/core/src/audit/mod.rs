//! Proof of a whole store, through the port alone: every stream's chain is walked, what the payloads say is folded,
//! and the fold is held against what the store shows. A flipped byte in either is found and named (I5). Last, every stream
//! is held against what its organisation's stream and signed checkpoints say of it, so that a history that was written
//! anew, or a stream that is gone, is found as well.

mod account;
mod directory;
mod entries;
mod erased;
mod expected;
mod finding;
mod fold;
mod source;
mod streams;
mod walk;

use jiff::Timestamp;

use crate::{MemberId, journal::StreamId, store::StoreError};

pub(crate) use erased::Erased;
use expected::Committed;
pub use expected::{NamedCheckpoint, audit_heads};
pub use finding::{Audit, Finding, Place};
pub(crate) use fold::StreamFold;
pub use source::{KeptAnswer, Source};
use streams::Streams;

/// What is said of an erasure that was interrupted.
pub(crate) const HALF_ERASED: &str = "was to be erased and is still there in part: erase the member again";

/// The same where it is known who that is.
fn half_erased(member: MemberId) -> String {
    format!("{HALF_ERASED} (`vibesheets member erase {member} --for-ever`)")
}

/// Streams named at a time.
const CHUNK_STREAMS: usize = 500;

/// What organisations' streams say of others, which are walked after them.
#[derive(Debug, Default)]
struct Told {
    committed: Committed,
    erased: Erased,
    streams: Streams,
}

/// Walks every stream of `store`, of which nothing was forgotten yet; `progress` is told the streams and records done
/// so far.
///
/// # Errors
/// Only where the store cannot be read at all; damage is a [`Finding`].
pub async fn audit(
    store: &(impl Source + ?Sized),
    progress: &(dyn Fn(&Audit) + Sync),
) -> Result<Audit, StoreError> {
    audit_against(store, Timestamp::default(), &[], progress).await
}

/// [`audit`] of a store that may have forgotten the answers of commands that were applied before `answers_kept_since`, and
/// that must bear out `checkpoints`.
///
/// # Errors
/// As [`audit`].
pub async fn audit_against(
    store: &(impl Source + ?Sized),
    answers_kept_since: Timestamp,
    checkpoints: &[NamedCheckpoint],
    progress: &(dyn Fn(&Audit) + Sync),
) -> Result<Audit, StoreError> {
    let mut audit = Audit { answers_kept_since, ..Audit::default() };
    let mut told = Told::default();
    let mut after = None;
    loop {
        let streams = store.list_streams(after, CHUNK_STREAMS).await?;
        for stream in &streams {
            audit_stream(store, *stream, &mut audit, &mut told).await?;
            progress(&audit);
        }
        match streams.last() {
            Some(last) if streams.len() == CHUNK_STREAMS => after = Some(*last),
            _ => break,
        }
    }
    told.streams.audit(store, &mut audit.findings).await?;
    let is_there = |stream| told.streams.is_walked(stream);
    expected::audit(store, &told.committed, &is_there, checkpoints, &mut audit.findings).await?;
    Ok(audit)
}

async fn audit_stream(
    store: &(impl Source + ?Sized),
    stream: StreamId,
    audit: &mut Audit,
    told: &mut Told,
) -> Result<(), StoreError> {
    audit.streams += 1;
    told.streams.walk(stream);
    let mut findings = Vec::new();
    let result = match stream {
        StreamId::Member(organisation, member) => {
            let is_erased = told.erased.is_member(organisation, member);
            let expected = told.committed.of(stream);
            let whose = (organisation, member);
            entries::audit(store, stream, whose, is_erased, expected, audit, &mut findings).await
        }
        StreamId::Organisation(organisation) => {
            directory::audit(store, stream, organisation, audit, told, &mut findings).await
        }
        StreamId::Account(account) => {
            let is_erased = told.erased.is_account(account);
            let expected = told.committed.of(stream);
            account::audit(store, stream, account, is_erased, expected, audit, &mut findings).await
        }
    };
    match result {
        Err(StoreError::Corrupt { what, key }) => {
            findings.push(Finding::new(Place::stream(stream), format!("{what} {key} cannot be read")));
        }
        other => other?,
    }
    audit.findings.append(&mut findings);
    Ok(())
}
