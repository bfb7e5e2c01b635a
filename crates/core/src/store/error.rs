//! What went wrong in a store, by what to do next.

use crate::journal::Head;

/// Why a store did not do what it was asked. None of these is a business refusal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Something that had to be new exists: read again and decide again.
    #[error("{what} exists already")]
    AlreadyExists {
        /// What exists: `account`, `command`, `store`.
        what: &'static str,
    },
    /// The head that the write continued is no longer the head: read again and decide again.
    #[error("somebody else changed it first")]
    Conflict {
        /// The head as it is now, where the engine tells.
        current: Option<Head>,
    },
    /// The engine's own limit, not ours.
    #[error("the store's limit on {what} is exceeded")]
    LimitExceeded {
        /// What there is too much of.
        what: String,
    },
    /// Not applied: try again.
    #[error("the store is not available: {reason}")]
    Unavailable {
        /// For the log and the operator.
        reason: String,
    },
    /// May have been applied: try again with the same command id.
    #[error("the store did not say whether the change was applied: {reason}")]
    OutcomeUnknown {
        /// For the log and the operator.
        reason: String,
    },
    /// What the store holds is not what it was given.
    #[error("{what} {key} is damaged; run `vibesheets verify`")]
    Corrupt {
        /// Which kind of thing.
        what: &'static str,
        /// Which one.
        key: String,
    },
    /// A defect.
    #[error("internal: {0}")]
    Internal(String),
}
