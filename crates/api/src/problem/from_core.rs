//! What core refuses and what stores report, in the words of HTTP.

use vibesheets_core::{
    actions::{ActionError, Refusal},
    store::StoreError,
};

use super::{Code, Problem};
use crate::transfers::TransferError;

impl From<ActionError> for Problem {
    fn from(error: ActionError) -> Self {
        match error {
            ActionError::Refused(refusal) => refusal.into(),
            ActionError::Store(error) => error.into(),
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::AlreadyClockedIn(entry) => {
                Self { entry: Some(entry), ..Self::new(Code::AlreadyClockedIn, "Already clocked in.") }
            }
            Refusal::NotClockedIn => Self::new(Code::NotClockedIn, "Not clocked in."),
            Refusal::Overlap(entry) => Self {
                entry: Some(entry),
                ..Self::new(Code::Overlap, "This overlaps another entry; change one of the two.")
            },
            Refusal::NotFound(noun) => Self::not_found(noun),
            Refusal::Forbidden => Self::new(Code::Forbidden, "Your role does not permit this."),
            Refusal::Stale { current } => Self {
                current: Some(current),
                ..Self::new(
                    Code::PreconditionFailed,
                    format!(
                        "This was changed since you read it; it is now version {current}. Read it again, then decide."
                    ),
                )
            },
            Refusal::Invalid(errors) => Self::invalid(errors),
            Refusal::Duplicate(reason) => Self::because(Code::Duplicate, reason),
            Refusal::CommandReused => Self::new(
                Code::IdempotencyKeyReused,
                "This Idempotency-Key was used for another request; make a new one for each change.",
            ),
            Refusal::NotAllowed(reason) => Self::because(Code::NotAllowed, reason),
            Refusal::TooManyAttempts { retry_after_seconds } => Self {
                retry_after_seconds: Some(retry_after_seconds),
                ..Self::new(
                    Code::TooManyAttempts,
                    format!(
                        "There were too many attempts with a wrong password. Try again in {retry_after_seconds} seconds."
                    ),
                )
            },
            Refusal::Busy => Self::unavailable("gave up after too many lost races"),
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::AlreadyExists { .. } | StoreError::Conflict { .. } => Self {
                internal: Some(error.to_string()),
                ..Self::new(Code::Conflict, "Somebody else was first; read it again, then decide.")
            },
            StoreError::LimitExceeded { what } => {
                Self::new(Code::TooLarge, format!("There is too much of this in one request: {what}."))
            }
            StoreError::Unavailable { .. } | StoreError::OutcomeUnknown { .. } => Self::unavailable(&error),
            StoreError::Corrupt { .. } | StoreError::Internal(_) => Self::internal(&error),
        }
    }
}

impl From<TransferError> for Problem {
    fn from(error: TransferError) -> Self {
        Self::unavailable(error)
    }
}
