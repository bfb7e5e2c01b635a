//! Why a file is not used.

use std::{fmt, io};

use crate::audit::Place;

/// Why a file is not used.
#[derive(Debug, thiserror::Error)]
pub enum AuditFileError {
    /// It cannot be read.
    #[error("cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// It is something else.
    #[error("is not an audit file: {0}")]
    Foreign(&'static str),
    /// Another version wrote it.
    #[error("has format {found}, and this version reads format {format}: use a newer vibesheets", format = super::FORMAT)]
    Format {
        /// The format it names.
        found: u32,
    },
    /// It is not as it was written.
    #[error("{0}")]
    Damaged(AuditFileFault),
}

/// The first thing that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditFileFault {
    /// The line, from 1.
    pub line: u64,
    /// Which record that is.
    pub place: LinePlace,
    /// What is wrong.
    pub what: String,
}

/// What stands, or should stand, in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinePlace {
    /// A record.
    Record(Place),
    /// Something after a record: what the line itself says cannot be trusted.
    After(Place),
    /// The first line, or what follows it.
    Start,
}

impl fmt::Display for AuditFileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, place, what } = self;
        match place {
            LinePlace::Record(place) => write!(f, "line {line}, {place}: {what}"),
            LinePlace::After(place) => write!(f, "line {line}, after {place}: {what}"),
            LinePlace::Start => write!(f, "line {line}: {what}"),
        }
    }
}
