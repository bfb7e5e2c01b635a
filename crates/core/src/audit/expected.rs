//! What others say of a stream's records: an organisation's stream commits to the heads of its members' streams, and signed
//! checkpoints to those of any. A chain that was written anew from some record on verifies by itself; it is found here.

use std::{collections::BTreeMap, fmt};

use super::{Finding, Place};
use crate::{
    checkpoint::Checkpoint,
    journal::{CommittedHead, DirectoryChange, Payload, PayloadBody, Record, StreamId},
    moving::{RecordSource, heads},
    store::StoreError,
};

/// Records read at a time.
const CHUNK_RECORDS: usize = 500;

/// A checkpoint whose signature was checked, and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedCheckpoint {
    /// Its file.
    pub name: String,
    /// What it says.
    pub checkpoint: Checkpoint,
}

/// Who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Witness<'a> {
    /// A record of the organisation's stream.
    Record { stream: StreamId, seq: u64 },
    /// A checkpoint.
    Checkpoint(&'a str),
}

impl fmt::Display for Witness<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record { stream, seq } => write!(f, "{stream} record {seq}"),
            Self::Checkpoint(name) => write!(f, "checkpoint {name}"),
        }
    }
}

/// The last of what an organisation's stream says of each stream: a chain that ends in that record holds all that were said
/// before.
#[derive(Debug, Default)]
pub(super) struct Committed(BTreeMap<StreamId, (CommittedHead, Place)>);

impl Committed {
    pub fn add(&mut self, heads: &[CommittedHead], place: Place) {
        self.0.extend(heads.iter().map(|head| (head.stream, (*head, place))));
    }
}

/// Holds `store` against what its organisations' streams said and against `checkpoints`.
pub(super) async fn audit(
    store: &(impl RecordSource + ?Sized),
    committed: &Committed,
    checkpoints: &[NamedCheckpoint],
    findings: &mut Vec<Finding>,
) -> Result<(), StoreError> {
    let mut disputed: BTreeMap<StreamId, Vec<StreamId>> = BTreeMap::new();
    for (head, place) in committed.0.values() {
        if let (Some(what), Some(stream)) = (difference(store, head).await?, place.stream) {
            match what {
                // Which record was the first is told by the first that said otherwise.
                Difference::Other => disputed.entry(stream).or_default().push(head.stream),
                other => findings.push(other.finding(head, witness_of(*place))),
            }
        }
    }
    for (organisation, streams) in disputed {
        first_disputes(store, organisation, streams, findings).await?;
    }
    let mut doubted: Vec<StreamId> = Vec::new();
    let mut in_order: Vec<&NamedCheckpoint> = checkpoints.iter().collect();
    in_order.sort_by_key(|named| named.checkpoint.time);
    for named in in_order {
        for head in &named.checkpoint.heads {
            if !doubted.contains(&head.stream)
                && let Some(what) = difference(store, head).await?
            {
                doubted.push(head.stream);
                findings.push(what.finding(head, Witness::Checkpoint(&named.name)));
            }
        }
    }
    Ok(())
}

/// How a stream differs from what was said of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Difference {
    /// It is not there.
    Missing,
    /// It ends before the record.
    Short { last: u64 },
    /// The record is another one.
    Other,
}

impl Difference {
    fn finding(self, head: &CommittedHead, witness: Witness<'_>) -> Finding {
        let seq = head.seq;
        let place = Place { stream: Some(head.stream), seq: (self == Self::Other).then_some(seq) };
        let what = match self {
            Self::Missing => format!("the stream is missing; {witness} saw its record {seq}"),
            Self::Short { last } => {
                format!("the stream ends with record {last}; {witness} saw its record {seq}")
            }
            Self::Other => format!(
                "is not the record that {witness} saw: it or one before it was written anew, and all that follow"
            ),
        };
        Finding::new(place, what)
    }
}

const fn witness_of(place: Place) -> Witness<'static> {
    match (place.stream, place.seq) {
        (Some(stream), Some(seq)) => Witness::Record { stream, seq },
        _ => Witness::Checkpoint("without a name"),
    }
}

async fn difference(
    store: &(impl RecordSource + ?Sized),
    head: &CommittedHead,
) -> Result<Option<Difference>, StoreError> {
    let found = match store.read_kept(head.stream, head.seq.saturating_sub(1), 1).await {
        // The walk has named it.
        Err(StoreError::Corrupt { .. }) => return Ok(None),
        other => other?,
    };
    Ok(match found.first().map(|kept| &kept.record) {
        Some(record) if record.seq == head.seq && record.hash == head.hash => None,
        Some(_) => Some(Difference::Other),
        None => Some(match store.head(head.stream).await?.seq {
            0 => Difference::Missing,
            last => Difference::Short { last },
        }),
    })
}

/// For each of `streams` the first record of the organisation's stream that saw another one than is there.
async fn first_disputes(
    store: &(impl RecordSource + ?Sized),
    organisation: StreamId,
    mut streams: Vec<StreamId>,
    findings: &mut Vec<Finding>,
) -> Result<(), StoreError> {
    let mut after = 0;
    while !streams.is_empty() {
        let records = match store.read_kept(organisation, after, CHUNK_RECORDS).await {
            // The walk has named it.
            Err(StoreError::Corrupt { .. }) => break,
            other => other?,
        };
        for kept in &records {
            after = kept.record.seq;
            for head in heads_of(kept.payload.as_ref()) {
                if streams.contains(&head.stream)
                    && let Some(what) = difference(store, &head).await?
                {
                    streams.retain(|stream| *stream != head.stream);
                    findings.push(what.finding(&head, witness_of(place_of(&kept.record))));
                }
            }
        }
        if records.len() < CHUNK_RECORDS {
            break;
        }
    }
    Ok(())
}

/// [`audit`] of records that no store shows: what their organisations' streams say is read first.
///
/// # Errors
/// Only where the source cannot be read.
pub async fn audit_heads(
    source: &(impl RecordSource + ?Sized),
    checkpoints: &[NamedCheckpoint],
) -> Result<Vec<Finding>, StoreError> {
    let mut committed = Committed::default();
    for (stream, head) in heads(source).await? {
        let mut after = 0;
        while matches!(stream, StreamId::Organisation(_)) && after < head.seq {
            let records = source.read_kept(stream, after, CHUNK_RECORDS).await?;
            for kept in &records {
                committed.add(&heads_of(kept.payload.as_ref()), place_of(&kept.record));
            }
            after = records.last().map_or(head.seq, |kept| kept.record.seq);
        }
    }
    let mut findings = Vec::new();
    audit(source, &committed, checkpoints, &mut findings).await?;
    Ok(findings)
}

const fn place_of(record: &Record) -> Place {
    Place { stream: Some(record.stream), seq: Some(record.seq) }
}

fn heads_of(payload: Option<&Payload>) -> Vec<CommittedHead> {
    let Some(Ok(PayloadBody::Directory(changes))) = payload.map(Payload::open) else { return Vec::new() };
    let heads = changes.into_iter().filter_map(|change| match change {
        DirectoryChange::Heads(heads) => Some(heads),
        _ => None,
    });
    heads.flatten().collect()
}
