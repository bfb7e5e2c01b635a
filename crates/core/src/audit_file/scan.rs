//! Proving a file from its first line to its last.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{
    AuditFileError, AuditFileFault, LinePlace,
    erasures::Erasures,
    line::{End, FORMAT, Line},
    order::Position,
};
use crate::{
    audit::{Place, StreamFold},
    durability::{Kept, line},
    foreign::shown,
    journal::{ChainVerifier, Hash, Head, Payload, Record, StreamId},
};

/// What else an unknown line may be.
const NEWER: &str = "was it written by a newer vibesheets?";

/// What was read so far.
pub(super) struct Scan {
    digest: Sha256,
    /// The last record's position and place.
    last: Option<(Position, Place)>,
    /// The streams that may go on: all accounts while they are read, then the last one.
    current: HashMap<StreamId, Current>,
    erasures: Erasures,
    /// Streams that are read to their end.
    pub heads: BTreeMap<StreamId, Head>,
    pub records: u64,
    pub checkpoint: Option<String>,
    pub ended: bool,
}

struct Current {
    verifier: ChainVerifier,
    fold: StreamFold,
}

impl Scan {
    /// Of a file that begins with this line.
    pub fn begin(raw: &[u8]) -> Result<Self, AuditFileError> {
        first_line(raw)?;
        Ok(Self {
            digest: Sha256::new_with_prefix(raw),
            last: None,
            current: HashMap::new(),
            erasures: Erasures::default(),
            heads: BTreeMap::new(),
            records: 0,
            checkpoint: None,
            ended: false,
        })
    }

    /// Takes the next line; the record that stands there.
    pub fn take(&mut self, number: u64, raw: &[u8]) -> Result<Option<Record>, AuditFileFault> {
        let found = self.line(raw).map_err(|(place, what)| AuditFileFault { line: number, place, what })?;
        self.digest.update(raw);
        Ok(found)
    }

    /// What is wrong where the file ends.
    pub fn finish(&self, number: u64) -> Result<(), AuditFileFault> {
        if self.ended {
            return Ok(());
        }
        let what = "the file is cut off: its last line, which counts the others, is missing";
        Err(AuditFileFault { line: number + 1, place: self.after(), what: what.to_owned() })
    }

    fn line(&mut self, raw: &[u8]) -> Result<Option<Record>, (LinePlace, String)> {
        let text = match line::read(raw) {
            (Ok(text), _) => text,
            (Err(fault), _) => return Err((self.supposed(raw), fault.to_string())),
        };
        let after = |what: String| (self.after(), what);
        if self.ended {
            return Err(after("something follows the last line".to_owned()));
        }
        let line: Line = serde_json::from_str(text).map_err(|error| after(unknown(&error)))?;
        match line {
            Line::Record(record) => {
                let kept = record.read().map_err(|what| after(format!("{what}; {NEWER}")))?;
                let place = LinePlace::Record(place(&kept.record));
                if Line::of(&kept).map_or(true, |line| line.text() != text) {
                    return Err((place, "is not as VibeSheets writes it".to_owned()));
                }
                self.record(&kept).map_err(|what| (place, what))?;
                Ok(Some(kept.record))
            }
            Line::Checkpoint(note) => {
                if Line::Checkpoint(note.clone()).text() != text || self.checkpoint.is_some() {
                    return Err(after("is not as VibeSheets writes it".to_owned()));
                }
                self.checkpoint = Some(note);
                Ok(None)
            }
            Line::End(end) => {
                self.erasures.check().map_err(|(place, what)| (LinePlace::Record(place), what))?;
                let written = Line::End(end).text() == text;
                self.end(end).map_err(|what| (self.after(), what))?;
                if !written {
                    return Err((self.after(), "is not as VibeSheets writes it".to_owned()));
                }
                Ok(None)
            }
            Line::AuditFile(_) => Err(after("is the first line of another audit file".to_owned())),
        }
    }

    fn record(&mut self, kept: &Kept) -> Result<(), String> {
        let Kept { record, payload, .. } = kept;
        let stream = record.stream;
        if self.checkpoint.is_some() {
            return Err("stands after the checkpoint of all records".to_owned());
        }
        let position = Position::of(record);
        if let Some((last, place)) = &self.last
            && position <= *last
        {
            return Err(format!(
                "stands after {place}, which it belongs before: it is there twice, or out of order"
            ));
        }
        if !self.current.contains_key(&stream) {
            self.begin_stream(stream)?;
        }
        let Some(current) = self.current.get_mut(&stream) else { return Ok(()) };
        current.verifier.check(record, payload.as_ref()).map_err(|fault| fault.to_string())?;
        answer(kept)?;
        if let Some(what) = current.fold.add(record, payload.as_ref()) {
            return Err(what);
        }
        if let Some(what) = self.erasures.see(record, payload.as_ref()) {
            return Err(what);
        }
        self.last = Some((position, place(record)));
        self.records += 1;
        Ok(())
    }

    /// Only accounts' records stand among each other's.
    fn begin_stream(&mut self, stream: StreamId) -> Result<(), String> {
        if !matches!(stream, StreamId::Account(_)) {
            self.end_streams()?;
        }
        if let StreamId::Member(organisation, _) = stream
            && !self.heads.contains_key(&StreamId::Organisation(organisation))
        {
            return Err("belongs to an organisation that is not in the file".to_owned());
        }
        let current = Current { verifier: ChainVerifier::default(), fold: StreamFold::new(stream) };
        self.current.insert(stream, current);
        Ok(())
    }

    fn end_streams(&mut self) -> Result<(), String> {
        for (stream, Current { verifier, fold }) in self.current.drain() {
            if let Some(what) = fold.broken_rule() {
                return Err(format!("before it, at the end of {stream}, {what}"));
            }
            self.heads.insert(stream, verifier.head());
        }
        Ok(())
    }

    fn end(&mut self, End { streams, records, digest }: End) -> Result<(), String> {
        self.end_streams()?;
        let found = (self.heads.len() as u64, self.records);
        if found != (streams, records) {
            return Err(format!(
                "{records} records of {streams} streams were written, and {} of {} are there",
                found.1, found.0
            ));
        }
        if Hash(self.digest.clone().finalize().into()) != digest {
            return Err(
                "what comes before does not match its digest: a line was put in the place of another"
                    .to_owned(),
            );
        }
        self.ended = true;
        Ok(())
    }

    fn after(&self) -> LinePlace {
        self.last.as_ref().map_or(LinePlace::Start, |(_, place)| LinePlace::After(*place))
    }

    /// Which record a damaged line is: what it says itself counts only where the record's own hash proves it, or where it is
    /// the record that comes next.
    fn supposed(&self, raw: &[u8]) -> LinePlace {
        let text = raw.get(line::DIGITS + 1..).unwrap_or_default();
        self.said(text).map_or(self.after(), LinePlace::Record)
    }

    fn said(&self, text: &[u8]) -> Option<Place> {
        #[derive(Deserialize)]
        struct Said {
            record: Named,
        }
        #[derive(Deserialize)]
        struct Named {
            stream: String,
            seq: u64,
        }
        if let Ok(Line::Record(line)) = serde_json::from_slice(text)
            && let Ok(Kept { record, .. }) = line.read()
            && record.hash == record.expected_hash()
        {
            return Some(place(&record));
        }
        let Named { stream, seq } = serde_json::from_slice::<Said>(text).ok()?.record;
        let stream = stream.parse().ok()?;
        let follows = self.current.get(&stream)?.verifier.head().seq + 1 == seq;
        follows.then_some(Place { stream: Some(stream), seq: Some(seq) })
    }
}

fn first_line(raw: &[u8]) -> Result<(), AuditFileError> {
    #[derive(Deserialize)]
    struct Version {
        audit_file: u32,
    }
    let foreign = |what| Err(AuditFileError::Foreign(what));
    let text = match line::read(raw) {
        (Ok(text), _) => text,
        (Err(fault), _) if is_like_a_line(raw) => {
            let what = fault.to_string();
            return Err(AuditFileError::Damaged(AuditFileFault { line: 1, place: LinePlace::Start, what }));
        }
        _ if raw.is_empty() => return foreign("it is empty"),
        _ => return foreign("its first line is none of one"),
    };
    match serde_json::from_str::<Version>(text) {
        Ok(Version { audit_file: FORMAT }) if text == Line::AuditFile(FORMAT).text() => Ok(()),
        Ok(Version { audit_file: FORMAT }) | Err(_) => foreign("its first line is none of one"),
        Ok(Version { audit_file: found }) => Err(AuditFileError::Format { found }),
    }
}

/// Whether a line was one of ours before it was changed or cut.
fn is_like_a_line(raw: &[u8]) -> bool {
    let mut whole = Vec::new();
    Line::AuditFile(FORMAT).write(&mut whole);
    let same = raw.iter().zip(&whole).filter(|(found, expected)| found == expected).count();
    same > 0 && same + 1 >= raw.len().min(whole.len())
}

/// The answer is proven by the payload; that it is gone proves nothing, since answers are forgotten with time.
fn answer(kept: &Kept) -> Result<(), String> {
    let Some(applied) = &kept.applied else { return Ok(()) };
    let kept_in_streams = !matches!(kept.record.stream, StreamId::Account(_));
    let expected = kept.payload.as_ref().and_then(Payload::applied).filter(|_| kept_in_streams);
    if expected == Some(applied.hash()) {
        Ok(())
    } else {
        Err("its kept answer is not the one that was given".to_owned())
    }
}

pub(super) const fn place(record: &Record) -> Place {
    Place { stream: Some(record.stream), seq: Some(record.seq) }
}

fn unknown(error: &serde_json::Error) -> String {
    format!("is none that this version knows ({}); {NEWER}", shown(error))
}
