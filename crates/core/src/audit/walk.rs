//! Walking one stream's chain and handing out what its payloads say.

use super::{Audit, Finding, Place, Source, expected::Expected};
use crate::{
    foreign::shown,
    journal::{ChainVerifier, Hash, Operation, Payload, Record, Sealed, StreamId},
    store::{Scope, StoreError},
};

/// Records read at a time.
const CHUNK_RECORDS: usize = 500;

/// How far a stream's fold goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Walked {
    /// To its end.
    Whole(Whole),
    /// The chain broke, or a payload could not be read: the fold is not the whole story.
    InPart,
}

/// What is known of a stream whose chain holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Whole {
    pub records: u64,
    /// Records that have no payload any more.
    pub without_payload: Vec<u64>,
    /// Kept answers that are missing and may have named somebody who was erased.
    pub without_answer: Vec<Finding>,
    /// The last record says that the stream ends with it.
    pub is_closed: bool,
}

impl Whole {
    /// Of a stream that has records, none has a payload.
    pub const fn is_erased(&self) -> bool {
        self.without_payload.len() as u64 == self.records
    }
}

impl Walked {
    /// A finding for a payload that is missing though nobody was erased; then the fold is not the whole story either.
    pub fn without_erasures(self, stream: StreamId, findings: &mut Vec<Finding>) -> Self {
        match &self {
            Self::Whole(whole) if !whole.without_payload.is_empty() => {
                let place = Place { stream: Some(stream), seq: whole.without_payload.first().copied() };
                findings
                    .push(Finding::new(place, "its payload is missing, and nobody whose it was is erased"));
                Self::InPart
            }
            _ => self,
        }
    }
}

/// Checks the chain of `stream`, holds it against what is `expected` of it, and calls `fold` with each record's place, operation and body.
pub(super) async fn walk(
    store: &(impl Source + ?Sized),
    stream: StreamId,
    mut expected: Expected,
    audit: &mut Audit,
    findings: &mut Vec<Finding>,
    mut fold: impl FnMut(Place, Operation, Sealed, &mut Vec<Finding>) + Send,
) -> Result<Walked, StoreError> {
    let mut verifier = ChainVerifier::default();
    let mut whole = Whole::default();
    loop {
        let records = store.read_stream(stream, verifier.head().seq, CHUNK_RECORDS).await?;
        for stored in &records {
            let place = Place::record(stored);
            audit.records += 1;
            if let Err(fault) = verifier.check(&stored.record, stored.payload.as_ref()) {
                findings.push(Finding::new(place, fault));
                return Ok(Walked::InPart);
            }
            expected.see(stored.record.seq, stored.record.hash, findings);
            let operation = stored.record.operation;
            if whole.is_closed {
                findings.push(Finding::new(place, "follows the record with which the stream ended"));
            }
            whole.is_closed = operation == Operation::MemberErase && matches!(stream, StreamId::Member(..));
            match stored.payload.as_ref().map(Payload::read) {
                Some(Ok(sealed)) => {
                    let fault = match sealed.answer_erased {
                        true => Some(erased_fault(store, &stored.record).await?),
                        false => answer_fault(store, &stored.record, sealed.applied, audit).await?,
                    };
                    match fault {
                        None => {}
                        Some(AnswerFault::Missing(_)) if !sealed.erased.is_empty() => {}
                        Some(AnswerFault::Missing(what)) if may_name(&stored.record) => {
                            whole.without_answer.push(Finding::new(place, what));
                        }
                        Some(AnswerFault::Missing(what) | AnswerFault::Other(what)) => {
                            findings.push(Finding::new(place, what));
                        }
                    }
                    fold(place, operation, sealed, findings);
                }
                Some(Err(error)) => {
                    findings.push(Finding::new(
                        place,
                        format!("its payload is not one this version knows: {}", shown(error)),
                    ));
                    return Ok(Walked::InPart);
                }
                None => whole.without_payload.push(stored.record.seq),
            }
        }
        if records.len() < CHUNK_RECORDS {
            whole.records = verifier.head().seq;
            expected.end(whole.records, findings);
            return Ok(Walked::Whole(whole));
        }
    }
}

/// What is wrong with an answer.
enum AnswerFault {
    Missing(String),
    Other(String),
}

/// What is wrong where the hash of the answer that was kept with `record` is missing. Nothing proves an answer then, so that there may
/// be none.
async fn erased_fault(store: &(impl Source + ?Sized), record: &Record) -> Result<AnswerFault, StoreError> {
    let (command, stream) = (record.command, record.stream);
    if let StreamId::Organisation(organisation) = stream
        && let Some((kept, at)) =
            store.find_kept(&Scope { organisation, actor: record.actor }, command).await?
        && !kept.is_erased()
        && at <= record.time
    {
        return Ok(AnswerFault::Other(format!(
            "there is a kept answer of command {command}, whose hash is missing"
        )));
    }
    Ok(AnswerFault::Missing("the hash of its answer is missing".to_owned()))
}

/// What is wrong with the answer that was kept with `record`. Once it may have been forgotten, its absence is nothing
/// wrong.
async fn answer_fault(
    store: &(impl Source + ?Sized),
    record: &Record,
    expected: Option<Hash>,
    audit: &Audit,
) -> Result<Option<AnswerFault>, StoreError> {
    let (StreamId::Organisation(organisation) | StreamId::Member(organisation, _)) = record.stream else {
        return Ok(None);
    };
    let Some(expected) = expected else { return Ok(None) };
    let scope = Scope { organisation, actor: record.actor };
    let command = record.command;
    Ok(match store.find_kept(&scope, command).await? {
        Some((kept, at)) if kept.hash() == expected && at == record.time => None,
        // Erased, or of the same command, which came again once this answer was forgotten.
        Some((kept, at)) if kept.is_erased() || at > record.time => {
            let missing = || AnswerFault::Missing(format!("the kept answer of command {command} is erased"));
            (record.time >= audit.answers_kept_since).then(missing)
        }
        Some(_) => Some(AnswerFault::Other(format!(
            "the kept answer of command {command} is not the one that was given"
        ))),
        None if record.time < audit.answers_kept_since => None,
        None => Some(AnswerFault::Missing(format!("the kept answer of command {command} is missing"))),
    })
}

/// Whether the answer may name somebody whom the record's changes do not: then it goes with them.
const fn may_name(record: &Record) -> bool {
    matches!(record.stream, StreamId::Organisation(_))
        && (record.operation.is_of_import() || record.operation.may_answer_with_member())
}
