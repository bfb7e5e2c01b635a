//! Why a move ends.

use std::fmt;

use crate::{journal::StreamId, store::StoreError};

/// Which store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Where everything comes from.
    Source,
    /// Where everything goes.
    Target,
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Source => "the store to move from",
            Self::Target => "the store to move to",
        })
    }
}

impl Side {
    pub(super) fn failed(self) -> impl Fn(StoreError) -> MoveError {
        move |error| MoveError::Store { side: self, error }
    }
}

/// Why a move ended before its end. What was moved stays and is not moved again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoveError {
    /// A store did not do what it was asked.
    #[error("{side}: {error}")]
    Store {
        /// Which.
        side: Side,
        /// Why.
        error: StoreError,
    },
    /// The target holds something else than the source under the same name.
    #[error(
        "{stream} in the store to move to is not a beginning of the one to move from, from record {seq} on; move into an \
         empty store"
    )]
    Diverged {
        /// The stream.
        stream: StreamId,
        /// The target's last record of it.
        seq: u64,
    },
    /// The target holds something that the source does not.
    #[error(
        "the store to move to holds {stream}, which the one to move from does not; move into an empty store"
    )]
    Occupied {
        /// The stream.
        stream: StreamId,
    },
    /// Somebody wrote meanwhile.
    #[error("{stream} changed while it was moved: stop whatever writes, and move again")]
    Changed {
        /// The stream.
        stream: StreamId,
    },
    /// A record's payload is not there or cannot be read.
    #[error("record {seq} of {stream} cannot be moved: {problem}")]
    Unreadable {
        /// The stream.
        stream: StreamId,
        /// The record.
        seq: u64,
        /// What is wrong.
        problem: String,
    },
    /// The target holds everything, and something is wrong with it.
    #[error("everything is moved, but the store to move to is not proven: {finding}")]
    Unproven {
        /// The first finding.
        finding: String,
    },
}
