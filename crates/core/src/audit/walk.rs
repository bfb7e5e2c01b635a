//! Walking one stream's chain and handing out what its payloads say.

use super::{Audit, Finding, Place};
use crate::{
    journal::{ChainVerifier, PayloadBody, StreamId},
    store::{Store, StoreError},
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
    store: &dyn Store,
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
            match stored.payload.as_ref().map(crate::journal::Payload::open) {
                Some(Ok(body)) => fold(place, body, findings),
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
