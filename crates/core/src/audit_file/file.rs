//! A proven audit file, from which records are read like from a store.

use std::{
    collections::BTreeMap,
    io::{self, BufReader, Read},
    ops::Bound,
};

use async_trait::async_trait;

use super::{AuditFileError, line::Line, lines::Lines, scan::Scan};
use crate::{
    checkpoint::Checkpoint,
    durability::{Kept, line},
    journal::{Head, StreamId},
    moving::{CHUNK_RECORDS, RecordSource},
    store::StoreError,
};

/// Bytes read at a time.
const BUFFER_BYTES: usize = 64 * 1024;
/// Bytes read at a time where others' records follow each record.
const BUFFER_BYTES_ACCOUNT: usize = 4 * 1024;

/// Bytes that can be read from any place.
pub trait ReadAt: Send + Sync {
    /// Reads some of what begins at `offset`; 0 bytes at the end.
    ///
    /// # Errors
    /// The operating system's.
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize>;
}

impl ReadAt for Vec<u8> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let rest = usize::try_from(offset).ok().and_then(|offset| self.get(offset..)).unwrap_or_default();
        let bytes = rest.len().min(buffer.len());
        buffer[..bytes].copy_from_slice(&rest[..bytes]);
        Ok(bytes)
    }
}

/// How far a file is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scanned {
    /// Streams that are read to their end.
    pub streams: u64,
    /// Records.
    pub records: u64,
    /// Bytes.
    pub bytes: u64,
}

/// A file that was proven from its first line to its last: each line as it was written, in the order of the file, every chain
/// whole and every payload and answer the one that the chain names; entries and nouns continue their versions, nobody has two
/// open entries and no two overlap. It holds the place of every stream, and no record.
pub struct AuditFile<R> {
    bytes: R,
    streams: BTreeMap<StreamId, Indexed>,
    scanned: Scanned,
    checkpoint: Option<String>,
}

struct Indexed {
    head: Head,
    /// Where every record of an account begins, and every [`CHUNK_RECORDS`]th of another stream.
    places: Vec<u64>,
}

impl<R: ReadAt> AuditFile<R> {
    /// Reads and proves `bytes`; `progress` is told after each line.
    ///
    /// # Errors
    /// [`AuditFileError`] for the first thing that is wrong.
    pub fn open(bytes: R, progress: &dyn Fn(&Scanned)) -> Result<Self, AuditFileError> {
        let mut lines = Lines::from(reader(&bytes, 0, BUFFER_BYTES), 0);
        let mut scan = Scan::begin(lines.next()?.unwrap_or_default())?;
        let mut places: BTreeMap<StreamId, Vec<u64>> = BTreeMap::new();
        let mut scanned = Scanned::default();
        loop {
            let number = lines.number + 1;
            let Some(raw) = lines.next()? else { break };
            let record = scan.take(number, raw).map_err(AuditFileError::Damaged)?;
            if let Some(record) = record
                && (record.seq - 1).is_multiple_of(place_every(record.stream))
            {
                places.entry(record.stream).or_default().push(lines.begins);
            }
            scanned = Scanned { streams: scan.heads.len() as u64, records: scan.records, bytes: lines.ends };
            progress(&scanned);
        }
        scan.finish(lines.number).map_err(AuditFileError::Damaged)?;
        let indexed = |(stream, head)| {
            let places = places.remove(&stream).unwrap_or_default();
            (stream, Indexed { head, places })
        };
        let checkpoint = scan.checkpoint.take();
        Ok(Self { streams: scan.heads.into_iter().map(indexed).collect(), bytes, scanned, checkpoint })
    }

    /// The signed checkpoint that it holds, whose signature nobody has checked yet.
    pub fn checkpoint(&self) -> Option<&str> {
        self.checkpoint.as_deref()
    }

    /// Where all its streams end: what the checkpoint in it must say.
    pub fn ends(&self) -> Checkpoint {
        Checkpoint::of(self.streams.iter().map(|(stream, indexed)| (*stream, indexed.head)))
    }

    /// What it holds.
    pub const fn scanned(&self) -> Scanned {
        self.scanned
    }

    fn read(&self, stream: StreamId, after: u64, limit: usize) -> io::Result<Vec<Kept>> {
        let every = place_every(stream);
        let place = usize::try_from(after / every).ok();
        let indexed = self.streams.get(&stream).filter(|indexed| after < indexed.head.seq);
        let Some((indexed, place)) = indexed.zip(place) else { return Ok(Vec::new()) };
        let account = matches!(stream, StreamId::Account(_));
        let mut kept = Vec::new();
        let mut begin = *indexed.places.get(place).ok_or(io::ErrorKind::UnexpectedEof)?;
        let buffer_bytes = if account { BUFFER_BYTES_ACCOUNT } else { BUFFER_BYTES };
        let mut lines = Lines::from(reader(&self.bytes, begin, buffer_bytes), begin);
        let most = usize::try_from(indexed.head.seq - after).map_or(limit, |left| left.min(limit));
        for _ in 0..after % every {
            lines.next()?;
        }
        while kept.len() < most {
            if account {
                // Others' records stand in between.
                let at = place + kept.len();
                begin = *indexed.places.get(at).ok_or(io::ErrorKind::UnexpectedEof)?;
                lines = Lines::from(reader(&self.bytes, begin, buffer_bytes), begin);
            }
            let raw = lines.next()?.unwrap_or_default();
            let found = record(raw).filter(|found| {
                found.record.stream == stream && found.record.seq == after + kept.len() as u64 + 1
            });
            kept.push(found.ok_or(io::ErrorKind::InvalidData)?);
        }
        Ok(kept)
    }
}

#[async_trait]
impl<R: ReadAt> RecordSource for AuditFile<R> {
    async fn list_streams(&self, after: Option<StreamId>, limit: usize) -> Result<Vec<StreamId>, StoreError> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        Ok(self.streams.range((from, Bound::Unbounded)).take(limit).map(|(stream, _)| *stream).collect())
    }

    async fn head(&self, stream: StreamId) -> Result<Head, StoreError> {
        Ok(self.streams.get(&stream).map_or(Head::EMPTY, |indexed| indexed.head))
    }

    async fn read_kept(&self, stream: StreamId, after: u64, limit: usize) -> Result<Vec<Kept>, StoreError> {
        self.read(stream, after, limit).map_err(|error| StoreError::Unavailable {
            reason: format!(
                "the audit file changed while it was read, at {stream} after record {after}: {error}"
            ),
        })
    }
}

const fn place_every(stream: StreamId) -> u64 {
    match stream {
        StreamId::Account(_) => 1,
        StreamId::Organisation(_) | StreamId::Member(..) => CHUNK_RECORDS as u64,
    }
}

fn record(raw: &[u8]) -> Option<Kept> {
    match serde_json::from_str(line::read(raw).0.ok()?).ok()? {
        Line::Record(record) => record.read().ok(),
        Line::AuditFile(_) | Line::Checkpoint(_) | Line::End(_) => None,
    }
}

fn reader<R: ReadAt>(bytes: &R, offset: u64, buffer_bytes: usize) -> BufReader<From<'_, R>> {
    BufReader::with_capacity(buffer_bytes, From { bytes, offset })
}

struct From<'a, R> {
    bytes: &'a R,
    offset: u64,
}

impl<R: ReadAt> Read for From<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.bytes.read_at(buffer, self.offset)?;
        self.offset += bytes as u64;
        Ok(bytes)
    }
}
