//! Proof of a whole store, through the port alone: every stream's chain is walked, what the payloads say is folded,
//! and the fold is held against what the store shows. A flipped byte in either is found and named (I5).

mod account;
mod directory;
mod entries;
mod finding;
mod fold;
mod source;
mod walk;

use jiff::Timestamp;

use crate::{journal::StreamId, store::StoreError};

pub use finding::{Audit, Finding, Place};
pub(crate) use fold::StreamFold;
pub use source::{KeptAnswer, Source};

/// Streams named at a time.
const CHUNK_STREAMS: usize = 500;

/// Walks every stream of `store`, of which nothing was forgotten yet; `progress` is told the streams and records done
/// so far.
///
/// # Errors
/// Only where the store cannot be read at all; damage is a [`Finding`].
pub async fn audit(
    store: &(impl Source + ?Sized),
    progress: &(dyn Fn(&Audit) + Sync),
) -> Result<Audit, StoreError> {
    audit_since(store, Timestamp::default(), progress).await
}

/// [`audit`] of a store that may have forgotten the answers of commands that were applied before `answers_kept_since`.
///
/// # Errors
/// As [`audit`].
pub async fn audit_since(
    store: &(impl Source + ?Sized),
    answers_kept_since: Timestamp,
    progress: &(dyn Fn(&Audit) + Sync),
) -> Result<Audit, StoreError> {
    let mut audit = Audit { answers_kept_since, ..Audit::default() };
    let mut after = None;
    loop {
        let streams = store.list_streams(after, CHUNK_STREAMS).await?;
        for stream in &streams {
            audit_stream(store, *stream, &mut audit).await?;
            progress(&audit);
        }
        match streams.last() {
            Some(last) if streams.len() == CHUNK_STREAMS => after = Some(*last),
            _ => return Ok(audit),
        }
    }
}

async fn audit_stream(
    store: &(impl Source + ?Sized),
    stream: StreamId,
    audit: &mut Audit,
) -> Result<(), StoreError> {
    audit.streams += 1;
    let mut findings = Vec::new();
    let result = match stream {
        StreamId::Member(organisation, member) => {
            entries::audit(store, stream, organisation, member, audit, &mut findings).await
        }
        StreamId::Organisation(organisation) => {
            directory::audit(store, stream, organisation, audit, &mut findings).await
        }
        StreamId::Account(account) => account::audit(store, stream, account, audit, &mut findings).await,
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
