//! What an audit found, and where.

use std::fmt;

use jiff::Timestamp;

use super::HALF_ERASED;
use crate::{foreign::plain, journal::StreamId, store::StoredRecord};

/// What was walked and what is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audit {
    /// Streams walked.
    pub streams: u64,
    /// Records checked.
    pub records: u64,
    /// Entries compared with what their streams say.
    pub entries: u64,
    /// Answers of commands that were applied before may have been forgotten.
    pub answers_kept_since: Timestamp,
    /// What is wrong; empty where everything is proven.
    pub findings: Vec<Finding>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// What.
    pub what: String,
}

impl Audit {
    /// Whether all that is wrong is what interrupted erasures left.
    pub fn is_mended_by_erasing(&self) -> bool {
        !self.findings.is_empty() && self.findings.iter().all(|finding| finding.what.starts_with(HALF_ERASED))
    }
}

impl Finding {
    /// `what` at `place`. It may tell words out of a file that anybody may have written.
    pub fn new(place: Place, what: impl fmt::Display) -> Self {
        Self { place, what: plain(what) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.what)
    }
}

/// Where something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The stream; `None` for the store's file itself.
    pub stream: Option<StreamId>,
    /// The record's number in the stream.
    pub seq: Option<u64>,
}

impl Place {
    /// The store's file itself.
    pub const FILE: Self = Self { stream: None, seq: None };

    /// A stream as a whole.
    pub const fn stream(stream: StreamId) -> Self {
        Self { stream: Some(stream), seq: None }
    }

    /// One record.
    pub const fn record(stored: &StoredRecord) -> Self {
        Self { stream: Some(stored.record.stream), seq: Some(stored.record.seq) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.stream, self.seq) {
            (Some(stream), Some(seq)) => write!(f, "{stream} record {seq}"),
            (Some(stream), None) => write!(f, "{stream}"),
            (None, _) => f.write_str("database file"),
        }
    }
}
