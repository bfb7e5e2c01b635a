//! An entry's life: its journal records, and whether the chain they lie in verifies.

use jiff::Timestamp;

use super::load::find_entry;
use crate::{
    Entry, EntryId,
    actions::{ActionError, Caller, Context},
    journal::{ChainVerifier, Head, PayloadBody, Record, StreamId},
    store::{StoreError, StoredRecord},
};

/// Records read at a time while the chain is walked.
const CHUNK_RECORDS: usize = 500;

/// One change of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryRecord {
    /// The link of the chain.
    pub record: Record,
    /// The device's own time of a punch, where it sent one.
    pub device_time: Option<Timestamp>,
    /// The entry before; `None` where the record made it, or where the payload was erased or is damaged.
    pub before: Option<Entry>,
    /// The entry from then on; `None` where the payload was erased or is damaged.
    pub after: Option<Entry>,
}

/// An entry's life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryHistory {
    /// The newest first.
    pub records: Vec<HistoryRecord>,
    /// The stream that holds them.
    pub stream: StreamId,
    /// The stream's last record.
    pub head: Head,
    /// Whether the whole stream verifies, from its first record to its last.
    pub verified: bool,
}

/// Reads an entry's history and verifies the member's whole chain: it costs one read per version, and a walk over
/// the stream.
///
/// # Errors
/// [`super::super::Refusal::NotFound`], or the store's error.
pub async fn entry_history(
    context: Context<'_>,
    caller: &Caller,
    id: EntryId,
) -> Result<EntryHistory, ActionError> {
    let entry = find_entry(context, caller, id).await?;
    let stream = StreamId::Member(caller.organisation.id, entry.member_id);
    let mut records = Vec::new();
    let mut readable = true;
    let mut next = Some(entry.journal_seq);
    while let Some(seq) = next {
        let stored = match context.store.find_record(stream, seq).await {
            Ok(Some(stored)) => stored,
            // What comes before a damaged record cannot be reached.
            Ok(None) | Err(StoreError::Corrupt { .. }) => {
                readable = false;
                break;
            }
            Err(error) => return Err(error.into()),
        };
        readable &= stored.payload.as_ref().is_none_or(|payload| payload.open().is_ok());
        let record = history_record(stored, id);
        next = record.before.as_ref().map(|before| before.journal_seq);
        records.push(record);
    }
    let (head, verified) = verify(context, stream).await?;
    Ok(EntryHistory { records, stream, head, verified: verified && readable })
}

/// Of a payload that was erased nothing is shown, and neither of one that cannot be read: the history then does not verify.
fn history_record(stored: StoredRecord, id: EntryId) -> HistoryRecord {
    let StoredRecord { record, payload, .. } = stored;
    let change = match payload.map(|payload| payload.open()) {
        Some(Ok(PayloadBody::Entries(change))) => Some(change),
        _ => None,
    };
    let device_time = change.as_ref().and_then(|change| change.device_time);
    let revision = change
        .and_then(|change| change.entries.into_iter().find(|revision| revision.after.id == id))
        // A version must name an earlier record as the one before, or a damaged payload would make the walk endless.
        .filter(|revision| revision.before.as_ref().is_none_or(|before| before.journal_seq < record.seq));
    let (before, after) = revision.map_or((None, None), |revision| (revision.before, Some(revision.after)));
    HistoryRecord { record, device_time, before, after }
}

async fn verify(context: Context<'_>, stream: StreamId) -> Result<(Head, bool), StoreError> {
    let mut verifier = ChainVerifier::default();
    loop {
        let records = match context.store.read_stream(stream, verifier.head().seq, CHUNK_RECORDS).await {
            Err(StoreError::Corrupt { .. }) => return Ok((verifier.head(), false)),
            read => read?,
        };
        for stored in &records {
            if verifier.check(&stored.record, stored.payload.as_ref()).is_err() {
                return Ok((context.store.head(stream).await?, false));
            }
        }
        if records.len() < CHUNK_RECORDS {
            return Ok((verifier.head(), true));
        }
    }
}
