//! Segments: files of consecutive commits. The first line names the store and the first commit, each line after it is one
//! commit. A segment is only ever appended to.

use serde::{Deserialize, Serialize};

use super::{
    Batch, LineFault,
    batch::BatchLine,
    line::{self},
};
use crate::{StoreId, foreign::shown};

/// The version of the lines described here; a reader refuses any other.
const FORMAT: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    /// The format's version.
    segment: u32,
    store: StoreId,
    first_commit: u64,
}

/// Writes a segment's lines.
#[derive(Debug, Default)]
pub struct SegmentWriter {
    lines: Vec<u8>,
}

impl SegmentWriter {
    /// With the first line of a new segment.
    pub fn begin(store: StoreId, first_commit: u64) -> Self {
        let header = Header { segment: FORMAT, store, first_commit };
        let mut writer = Self::default();
        writer.write(&header);
        writer
    }

    /// Adds the commits of one group: what is made durable together.
    ///
    /// # Errors
    /// What cannot be written down: a payload that is no text, which means damage.
    pub fn group(&mut self, batches: &[Batch]) -> Result<(), String> {
        let Some(first) = batches.first() else { return Ok(()) };
        for batch in batches {
            let line = BatchLine::of(batch, first.commit)?;
            self.write(&line);
        }
        Ok(())
    }

    /// The lines so far.
    pub fn bytes(&self) -> &[u8] {
        &self.lines
    }

    /// The lines so far.
    pub fn into_bytes(self) -> Vec<u8> {
        self.lines
    }

    fn write(&mut self, line: &impl Serialize) {
        // Texts, numbers and lists of them: nothing here can fail.
        let text = serde_json::to_string(line).expect("a line is always JSON");
        line::write(&text, &mut self.lines);
    }
}

/// A segment that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Whose.
    pub store: StoreId,
    /// The commit that its first batch has, or would have.
    pub first_commit: u64,
    /// The commits, without gaps.
    pub batches: Vec<Batch>,
    /// How it ends.
    pub end: SegmentEnd,
}

/// How a segment ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SegmentEnd {
    /// With a whole line.
    Whole,
    /// With a group that is not whole. Nobody was told that it is done, unless it was changed afterwards: a power cut
    /// leaves this.
    Torn {
        /// The first line of it that is not whole, from 1.
        line: u64,
        /// What is wrong with it.
        fault: LineFault,
        /// The bytes before that line.
        whole_bytes: u64,
    },
}

/// What makes a segment unusable beyond what a power cut may leave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} {fault}")]
pub struct SegmentFault {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub fault: LineFault,
}

impl Segment {
    /// The number that the commit after it has.
    pub fn next_commit(&self) -> u64 {
        self.batches.last().map_or(self.first_commit, |batch| batch.commit + 1)
    }

    /// Reads a segment. One whose first line is torn holds nothing: `None`.
    ///
    /// # Errors
    /// [`SegmentFault`] for a line that was whole once: one that a later group follows, or one that says what it must not.
    pub fn parse(bytes: &[u8]) -> Result<Option<Self>, SegmentFault> {
        let (header, mut lines) = line::read(bytes);
        let header = match header {
            Ok(text) => header_of(text).map_err(|fault| SegmentFault { line: 1, fault })?,
            Err(_) if lines.is_empty() => return Ok(None),
            Err(fault) => return Err(SegmentFault { line: 1, fault }),
        };
        let Header { store, first_commit, .. } = header;
        let mut segment = Self { store, first_commit, batches: Vec::new(), end: SegmentEnd::Whole };
        let mut number = 1;
        while !lines.is_empty() {
            number += 1;
            let (text, rest) = line::read(lines);
            let content = |what| SegmentFault { line: number, fault: LineFault::Content(what) };
            let text = match text {
                Ok(text) => text,
                Err(fault) if was_durable(segment.next_commit(), rest) => {
                    return Err(SegmentFault { line: number, fault });
                }
                Err(fault) => {
                    let whole_bytes = (bytes.len() - lines.len()) as u64;
                    segment.end = SegmentEnd::Torn { line: number, fault, whole_bytes };
                    break;
                }
            };
            let line: BatchLine = serde_json::from_str(text).map_err(|error| content(unknown(&error)))?;
            let batch = line.read().map_err(content)?;
            let expected = segment.next_commit();
            if batch.commit != expected {
                return Err(content(format!("is commit {}, where commit {expected} belongs", batch.commit)));
            }
            segment.batches.push(batch);
            lines = rest;
        }
        Ok(Some(segment))
    }
}

fn header_of(text: &str) -> Result<Header, LineFault> {
    #[derive(Deserialize)]
    struct Version {
        segment: u32,
    }
    let version: Version =
        serde_json::from_str(text).map_err(|_| LineFault::Content("is not that of a segment".to_owned()))?;
    if version.segment != FORMAT {
        let what = format!(
            "has format {}, and this version reads format {FORMAT}: use a newer vibesheets",
            version.segment
        );
        return Err(LineFault::Content(what));
    }
    serde_json::from_str(text).map_err(|error| LineFault::Content(unknown(&error)))
}

fn unknown(error: &serde_json::Error) -> String {
    format!("is none that this version knows ({}); was it written by a newer vibesheets?", shown(error))
}

/// Whether `commit` had been made durable when any of `lines` was written: then its line was whole.
fn was_durable(commit: u64, mut lines: &[u8]) -> bool {
    while !lines.is_empty() {
        let (text, rest) = line::read(lines);
        let line = text.ok().and_then(|text| serde_json::from_str::<BatchLine>(text).ok());
        if line.is_some_and(|line| line.group > commit) {
            return true;
        }
        lines = rest;
    }
    false
}
