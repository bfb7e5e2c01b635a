//! Why an action is refused: nothing was changed, and this is what to do about it.

use crate::{Entry, Reason, store::StoreError};

/// Something wrong with one field of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// A JSON pointer (RFC 6901) into the request, such as `/start`.
    pub pointer: String,
    /// What is wrong and what would be right.
    pub reason: Reason,
}

impl FieldError {
    /// `reason` about the field at `pointer`.
    pub fn new(pointer: impl Into<String>, reason: impl Into<Reason>) -> Self {
        Self { pointer: pointer.into(), reason: reason.into() }
    }
}

/// A business refusal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The member is clocked in.
    #[error("already clocked in")]
    AlreadyClockedIn(Box<Entry>),
    /// The member is not clocked in.
    #[error("not clocked in")]
    NotClockedIn,
    /// Another entry shares time with this one.
    #[error("overlaps another entry")]
    Overlap(Box<Entry>),
    /// There is no such thing in the caller's organisation.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// The caller's role does not permit it.
    #[error("not permitted")]
    Forbidden,
    /// The thing was changed since the caller read it.
    #[error("changed since it was read; it is now version {current}")]
    Stale {
        /// Its version now.
        current: u32,
    },
    /// The request itself is wrong.
    #[error("the request is not valid")]
    Invalid(Vec<FieldError>),
    /// Something with this name or address exists.
    #[error("{0}")]
    Duplicate(Reason),
    /// The command id was used for something else (I4).
    #[error("this command id was used for another request")]
    CommandReused,
    /// It stands against a rule.
    #[error("{0}")]
    NotAllowed(Reason),
    /// Too many wrong passwords; see `accounts::count_attempt`.
    #[error("too many attempts; try again in {retry_after_seconds} seconds")]
    TooManyAttempts {
        /// When there may be another, in seconds from now.
        retry_after_seconds: i64,
    },
    /// Others kept changing it; nothing was applied.
    #[error("others were changing the same thing; nothing was changed, try again")]
    Busy,
}

impl Refusal {
    /// One wrong field.
    pub fn invalid(pointer: impl Into<String>, reason: impl Into<Reason>) -> Self {
        Self::Invalid(vec![FieldError::new(pointer, reason)])
    }

    /// It stands against the rule that `detail` names and programs know as `code`.
    pub(crate) fn not_allowed(code: &'static str, detail: impl Into<String>) -> Self {
        Self::NotAllowed(Reason::new(code, detail))
    }
}

/// Why an action did not take effect, or may not have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActionError {
    /// Nothing was changed.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store did not do it, or did not say.
    #[error(transparent)]
    Store(#[from] StoreError),
}
