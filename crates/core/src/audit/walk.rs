//! Walking one stream's chain and handing out what its payloads say.

use super::{Audit, Finding, Place, Source};
use crate::{
    journal::{ChainVerifier, Hash, Payload, PayloadBody, Record, Sealed, StreamId},
    store::{Scope, StoreError},
};

/// Records read at a time.
const CHUNK_RECORDS: usize = 500;

/// Whether the fold of a stream may be held against what the store shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Walked {
    /// Every payload was there and readable.
    Whole,
    /// The chain broke, or payloads were erased: the fold is not the whole story.
    InPart,
}

/// Checks the chain of `stream` and calls `fold` with each record's place and body.
pub(super) async fn walk(
    store: &(impl Source + ?Sized),
    stream: StreamId,
    audit: &mut Audit,
    findings: &mut Vec<Finding>,
    mut fold: impl FnMut(Place, PayloadBody, &mut Vec<Finding>) + Send,
) -> Result<Walked, StoreError> {
    let mut verifier = ChainVerifier::default();
    let mut walked = Walked::Whole;
    loop {
        let records = store.read_stream(stream, verifier.head().seq, CHUNK_RECORDS).await?;
        for stored in &records {
            let place = Place::record(stored);
            audit.records += 1;
            if let Err(fault) = verifier.check(&stored.record, stored.payload.as_ref()) {
                findings.push(Finding::new(place, fault));
                return Ok(Walked::InPart);
            }
            match stored.payload.as_ref().map(Payload::read) {
                Some(Ok(Sealed { changes, applied })) => {
                    fold(place, changes, findings);
                    if let Some(hash) = applied {
                        findings.extend(answer_fault(store, &stored.record, hash, audit).await?);
                    }
                }
                Some(Err(error)) => {
                    findings.push(Finding::new(
                        place,
                        format!("its payload is not one this version knows: {error}"),
                    ));
                    return Ok(Walked::InPart);
                }
                None => walked = Walked::InPart,
            }
        }
        if records.len() < CHUNK_RECORDS {
            return Ok(walked);
        }
    }
}

/// What is wrong with the answer that was kept with `record`. Once it may have been forgotten, its absence is nothing
/// wrong.
async fn answer_fault(
    store: &(impl Source + ?Sized),
    record: &Record,
    expected: Hash,
    audit: &Audit,
) -> Result<Option<Finding>, StoreError> {
    let (StreamId::Organisation(organisation) | StreamId::Member(organisation, _)) = record.stream else {
        return Ok(None);
    };
    let scope = Scope { organisation, actor: record.actor };
    let command = record.command;
    let what = match store.find_kept(&scope, command).await? {
        Some((kept, at)) if kept.hash() == expected && at == record.time => return Ok(None),
        Some(_) => format!("the kept answer of command {command} is not the one that was given"),
        None if record.time < audit.answers_kept_since => return Ok(None),
        None => format!("the kept answer of command {command} is missing"),
    };
    let place = Place { stream: Some(record.stream), seq: Some(record.seq) };
    Ok(Some(Finding::new(place, what)))
}
