//! Why nothing was restored.

use jiff::Timestamp;
use vibesheets_core::durability::ReplayError;

use crate::archive::ArchiveError;

/// Why nothing was restored. What was there before is as it was.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The archive cannot be used.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// Commits are missing between two that are there.
    #[error(
        "{place} lacks the commits {first} to {last}, since {object} begins after them; the last one that can be restored is \
         commit {restorable}: `--commit {restorable}`"
    )]
    Gap {
        /// Where the archive is.
        place: String,
        /// The first that is missing.
        first: u64,
        /// The last that is missing.
        last: u64,
        /// What begins after them.
        object: String,
        /// The last before them.
        restorable: u64,
    },
    /// The commit is later than the last one.
    #[error("{place} ends with commit {last}, before commit {asked}; leave out `--commit` for the last one")]
    CommitAfterEnd {
        /// Where the archive is.
        place: String,
        /// What was asked for.
        asked: u64,
        /// Its last commit.
        last: u64,
    },
    /// Nothing had been committed at that time.
    #[error("the first commit in {place} is of {first}, after {asked}: there was nothing yet")]
    TimeBeforeStart {
        /// Where the archive is.
        place: String,
        /// What was asked for.
        asked: Timestamp,
        /// When the first commit was made.
        first: Timestamp,
    },
    /// The time is later than the last commit, so that nobody knows what was committed until then.
    #[error(
        "the last commit in {place} is of {last}, before {asked}: whatever was done between is not there. Leave out `--at` for \
         the last one"
    )]
    TimeAfterEnd {
        /// Where the archive is.
        place: String,
        /// What was asked for.
        asked: Timestamp,
        /// When the last commit was made.
        last: Timestamp,
    },
    /// A commit could not be written again.
    #[error(transparent)]
    Replay(#[from] ReplayError),
}
