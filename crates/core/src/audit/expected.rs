//! What others say of a stream's records: an organisation's stream commits to the heads of its members' streams, and signed
//! checkpoints to those of any. A chain that was written anew from some record on verifies by itself; it is found here.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    fmt,
};

use super::{Finding, Place};
use crate::{
    checkpoint::Checkpoint,
    durability::Kept,
    journal::{CommittedHead, DirectoryChange, Hash, Payload, PayloadBody, Record, StreamId},
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

/// One thing that an organisation's stream said of another.
#[derive(Debug, Clone, Copy)]
struct Commitment {
    seq: u64,
    hash: Hash,
    /// The organisation's record.
    place: Place,
}

/// All that organisations' streams said of other streams. Each has to be borne out: a chain that was written anew from some record on
/// may have been committed to since.
#[derive(Debug, Default)]
pub(super) struct Committed {
    by_stream: BTreeMap<StreamId, Vec<Commitment>>,
    /// The last that each organisation's stream said of a stream.
    last: HashMap<(Option<StreamId>, StreamId), u64>,
}

impl Committed {
    /// Adds what the record at `place` says; what is wrong with that.
    pub fn add(&mut self, heads: &[CommittedHead], place: Place, findings: &mut Vec<Finding>) {
        for CommittedHead { stream, seq, hash } in heads.iter().copied() {
            let last = self.last.entry((place.stream, stream)).or_default();
            if seq <= *last {
                let what = format!(
                    "says that {stream} ends with record {seq}, after it was said to hold record {last}"
                );
                findings.push(Finding::new(place, what));
            }
            *last = seq.max(*last);
            self.by_stream.entry(stream).or_default().push(Commitment { seq, hash, place });
        }
    }

    /// What the records of `stream` have to bear out. Ask once: what is left over is of streams that are not there.
    pub fn of(&mut self, stream: StreamId) -> Expected {
        let mut rest = self.by_stream.remove(&stream).unwrap_or_default();
        // Several organisations may have said something of one sign-in.
        rest.sort_by_key(|commitment| commitment.seq);
        Expected { stream, rest: rest.into() }
    }

    fn missing(&self, findings: &mut Vec<Finding>) {
        for (stream, commitments) in &self.by_stream {
            if let Some(Commitment { seq, place, .. }) = commitments.last() {
                findings.push(Difference::Missing.finding(*stream, *seq, witness_of(*place)));
            }
        }
    }
}

/// What is still to be borne out by a stream that is being read.
#[derive(Debug)]
pub(super) struct Expected {
    stream: StreamId,
    rest: VecDeque<Commitment>,
}

impl Expected {
    /// Takes the next record; the first that is another than was said is a finding, and no more are looked for then.
    pub fn see(&mut self, seq: u64, hash: Hash, findings: &mut Vec<Finding>) {
        while let Some(first) = self.rest.pop_front_if(|first| first.seq <= seq) {
            if first.seq == seq && first.hash != hash {
                findings.push(Difference::Other.finding(self.stream, seq, witness_of(first.place)));
                self.rest.clear();
            }
        }
    }

    /// To be told of the last record once the stream was read to its end.
    pub fn end(&self, last: u64, findings: &mut Vec<Finding>) {
        if let Some(Commitment { seq, place, .. }) = self.rest.back() {
            findings.push(Difference::Short { last }.finding(self.stream, *seq, witness_of(*place)));
        }
    }
}

/// What organisations' streams said of streams that are not there, and what `store` does not bear out of `checkpoints`. What is left of
/// a stream that `is_there` does not know was walked by nobody, and proves nothing.
pub(super) async fn audit(
    store: &(impl RecordSource + ?Sized),
    committed: &Committed,
    is_there: &(dyn Fn(StreamId) -> bool + Sync),
    checkpoints: &[NamedCheckpoint],
    findings: &mut Vec<Finding>,
) -> Result<(), StoreError> {
    committed.missing(findings);
    let mut doubted: Vec<StreamId> = Vec::new();
    let mut in_order: Vec<&NamedCheckpoint> = checkpoints.iter().collect();
    in_order.sort_by_key(|named| named.checkpoint.time);
    for named in in_order {
        for head in &named.checkpoint.heads {
            if doubted.contains(&head.stream) {
                continue;
            }
            let what = match is_there(head.stream) {
                true => difference(store, head).await?,
                false => Some(Difference::Missing),
            };
            if let Some(what) = what {
                doubted.push(head.stream);
                findings.push(what.finding(head.stream, head.seq, Witness::Checkpoint(&named.name)));
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
    fn finding(self, stream: StreamId, seq: u64, witness: Witness<'_>) -> Finding {
        let place = Place { stream: Some(stream), seq: (self == Self::Other).then_some(seq) };
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

/// [`audit`] of records that no store shows: what their organisations' streams say is read first.
///
/// # Errors
/// Only where the source cannot be read.
pub async fn audit_heads(
    source: &(impl RecordSource + ?Sized),
    checkpoints: &[NamedCheckpoint],
) -> Result<Vec<Finding>, StoreError> {
    let (mut committed, mut findings) = (Committed::default(), Vec::new());
    let heads = heads(source).await?;
    for (stream, head) in heads.iter().filter(|(stream, _)| matches!(stream, StreamId::Organisation(_))) {
        let mut after = 0;
        while after < head.seq {
            let records = source.read_kept(*stream, after, CHUNK_RECORDS).await?;
            for kept in &records {
                committed.add(&heads_of(kept.payload.as_ref()), place_of(&kept.record), &mut findings);
            }
            after = records.last().map_or(head.seq, |kept| kept.record.seq);
        }
    }
    for (stream, head) in heads.iter().copied() {
        let mut expected = committed.of(stream);
        let mut after = 0;
        while after < head.seq && !expected.rest.is_empty() {
            let records = source.read_kept(stream, after, CHUNK_RECORDS).await?;
            for Kept { record, .. } in &records {
                expected.see(record.seq, record.hash, &mut findings);
            }
            after = records.last().map_or(head.seq, |kept| kept.record.seq);
        }
        expected.end(head.seq, &mut findings);
    }
    let is_there = |stream| heads.binary_search_by_key(&stream, |(stream, _)| *stream).is_ok();
    audit(source, &committed, &is_there, checkpoints, &mut findings).await?;
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
