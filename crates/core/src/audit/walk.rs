//! Walking one stream's chain and handing out what its payloads say.

use super::{Audit, Finding, Place, Source};
use crate::{
    journal::{ChainVerifier, Hash, Payload, Record, Sealed, StreamId},
    store::{Scope, StoreError},
};

/// Records read at a time.
const CHUNK_RECORDS: usize = 500;

/// How far a stream's fold goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Walked {
    /// To its end. These records have no payload any more.
    Whole { records: u64, without_payload: Vec<u64> },
    /// The chain broke, or a payload could not be read: the fold is not the whole story.
    InPart,
}

impl Walked {
    /// A finding for a payload that is missing though nobody was erased; then the fold is not the whole story either.
    pub fn without_erasures(self, stream: StreamId, findings: &mut Vec<Finding>) -> Self {
        match &self {
            Self::Whole { without_payload, .. } if !without_payload.is_empty() => {
                let place = Place { stream: Some(stream), seq: without_payload.first().copied() };
                findings
                    .push(Finding::new(place, "its payload is missing, and nobody whose it was is erased"));
                Self::InPart
            }
            _ => self,
        }
    }
}

/// Checks the chain of `stream` and calls `fold` with each record's place and body.
pub(super) async fn walk(
    store: &(impl Source + ?Sized),
    stream: StreamId,
    audit: &mut Audit,
    findings: &mut Vec<Finding>,
    mut fold: impl FnMut(Place, Sealed, &mut Vec<Finding>) + Send,
) -> Result<Walked, StoreError> {
    let mut verifier = ChainVerifier::default();
    let mut without_payload = Vec::new();
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
                Some(Ok(sealed)) => {
                    if let Some(hash) = sealed.applied {
                        // The answer goes with whom it names.
                        let is_erased = !sealed.erased.is_empty();
                        findings.extend(answer_fault(store, &stored.record, hash, is_erased, audit).await?);
                    }
                    fold(place, sealed, findings);
                }
                Some(Err(error)) => {
                    findings.push(Finding::new(
                        place,
                        format!("its payload is not one this version knows: {error}"),
                    ));
                    return Ok(Walked::InPart);
                }
                None => without_payload.push(stored.record.seq),
            }
        }
        if records.len() < CHUNK_RECORDS {
            return Ok(Walked::Whole { records: verifier.head().seq, without_payload });
        }
    }
}

/// What is wrong with the answer that was kept with `record`. Once it may have been forgotten, its absence is nothing
/// wrong.
async fn answer_fault(
    store: &(impl Source + ?Sized),
    record: &Record,
    expected: Hash,
    is_erased: bool,
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
        None if is_erased || record.time < audit.answers_kept_since => return Ok(None),
        None => format!("the kept answer of command {command} is missing"),
    };
    let place = Place { stream: Some(record.stream), seq: Some(record.seq) };
    Ok(Some(Finding::new(place, what)))
}
