//! The one order of the records.

use jiff::Timestamp;

use crate::journal::{Record, StreamId};

/// Where a record stands; smaller ones come before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Position {
    /// An account's, by time.
    Account(Timestamp, StreamId, u64),
    /// An organisation's or a member's, by stream.
    Other(StreamId, u64),
}

impl Position {
    pub const fn of(record: &Record) -> Self {
        match record.stream {
            StreamId::Account(_) => Self::Account(record.time, record.stream, record.seq),
            StreamId::Organisation(_) | StreamId::Member(..) => Self::Other(record.stream, record.seq),
        }
    }
}
