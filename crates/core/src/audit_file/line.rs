//! The kinds of line.

use serde::{Deserialize, Serialize};

use crate::{
    durability::{Kept, RecordLine, line},
    journal::Hash,
};

/// The version of the lines described here; a reader refuses any other.
pub const FORMAT: u32 = 1;

/// A line's text, each kind under its own name.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Line {
    /// The first: the format.
    AuditFile(u32),
    /// A record.
    Record(Box<RecordLine>),
    /// A signed checkpoint of all that comes before it.
    Checkpoint(String),
    /// The last.
    End(End),
}

/// What a whole file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct End {
    pub streams: u64,
    pub records: u64,
    /// The SHA-256 of every byte before this line.
    pub digest: Hash,
}

impl Line {
    /// The line of a record; `Err` with what cannot be written down.
    pub fn of(kept: &Kept) -> Result<Self, String> {
        Ok(Self::Record(Box::new(RecordLine::of(kept)?)))
    }

    /// As it stands in its line.
    pub fn text(&self) -> String {
        // Texts, numbers and lists of them: nothing here can fail.
        serde_json::to_string(self).expect("a line is always JSON")
    }

    /// Appends it.
    pub fn write(&self, lines: &mut Vec<u8>) {
        line::write(&self.text(), lines);
    }
}
