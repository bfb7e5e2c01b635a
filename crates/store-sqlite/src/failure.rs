//! From the engine's errors to the port's.

use rusqlite::{ErrorCode, ffi};
use vibesheets_core::store::StoreError;

/// Why a read or a write failed, and whether the whole transaction is lost with it.
#[derive(Debug)]
pub(crate) struct Failure {
    /// What the caller is told.
    pub(crate) error: StoreError,
    /// The engine itself failed (disk full, I/O): nothing else of the transaction can be trusted either.
    pub(crate) ends_transaction: bool,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self { error, ends_transaction: false }
    }
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> Self {
        failure.error
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        let Some(code) = error.sqlite_error_code() else {
            return conversion_failure(&error).into();
        };
        let ends_transaction =
            !matches!(code, ErrorCode::ConstraintViolation | ErrorCode::TooBig | ErrorCode::Unknown);
        Self { error: engine_error(code, &error), ends_transaction }
    }
}

fn engine_error(code: ErrorCode, error: &rusqlite::Error) -> StoreError {
    let unavailable = |advice: &str| StoreError::Unavailable { reason: format!("{advice} ({error})") };
    match code {
        ErrorCode::DiskFull => unavailable("the disk is full: free some space, nothing needs a restart"),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed => {
            unavailable("another program holds the database file locked")
        }
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen => {
            unavailable("the database file or its folder cannot be written")
        }
        ErrorCode::SystemIoFailure => unavailable("the disk failed to read or write"),
        ErrorCode::OutOfMemory => unavailable("out of memory"),
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
            StoreError::Corrupt { what: "the database file", key: format!("({error})") }
        }
        ErrorCode::TooBig => StoreError::LimitExceeded { what: "the size of a value".to_owned() },
        _ => StoreError::Internal(error.to_string()),
    }
}

/// A column that does not hold what core wrote. Reads that know which thing they read say so with [`damaged`].
fn conversion_failure(error: &rusqlite::Error) -> StoreError {
    match error {
        rusqlite::Error::ToSqlConversionFailure(_) => StoreError::Internal(error.to_string()),
        _ => StoreError::Corrupt { what: "a row", key: format!("({error})") },
    }
}

/// Names the thing whose row could not be read.
pub(crate) fn damaged(what: &'static str, key: impl ToString) -> impl FnOnce(rusqlite::Error) -> Failure {
    move |error| {
        if error.sqlite_error_code().is_some() {
            return error.into();
        }
        tracing::error!(what, key = key.to_string(), %error, "a row is damaged");
        StoreError::Corrupt { what, key: key.to_string() }.into()
    }
}

/// Whether the row was refused because one with the same key exists.
pub(crate) fn is_duplicate(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_extended_error_code(),
        Some(ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY)
    )
}

/// What an error at COMMIT means for the group. A full disk or a lock is noticed before the group's last frame is
/// written, so it is surely rolled back; after any other failure (an fsync that failed) the frames may have reached the
/// disk, and a restart may find them.
pub(crate) fn commit_error(error: &rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(
            code @ (ErrorCode::DiskFull
            | ErrorCode::DatabaseBusy
            | ErrorCode::DatabaseLocked
            | ErrorCode::ConstraintViolation
            | ErrorCode::ReadOnly),
        ) => match engine_error(code, error) {
            known @ StoreError::Unavailable { .. } => known,
            _ => StoreError::Unavailable { reason: error.to_string() },
        },
        _ => StoreError::OutcomeUnknown { reason: error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sqlite(code: i32) -> rusqlite::Error {
        rusqlite::Error::SqliteFailure(ffi::Error::new(code), None)
    }

    #[test]
    fn a_commit_that_ran_out_of_disk_was_rolled_back_and_one_whose_fsync_failed_is_unknown() {
        assert!(matches!(commit_error(&sqlite(ffi::SQLITE_FULL)), StoreError::Unavailable { .. }));
        assert!(matches!(commit_error(&sqlite(ffi::SQLITE_BUSY)), StoreError::Unavailable { .. }));
        assert!(matches!(commit_error(&sqlite(ffi::SQLITE_IOERR_FSYNC)), StoreError::OutcomeUnknown { .. }));
    }

    #[test]
    fn a_refused_row_spares_the_rest_of_its_group_and_a_failing_disk_does_not() {
        assert!(!Failure::from(sqlite(ffi::SQLITE_CONSTRAINT_UNIQUE)).ends_transaction);
        assert!(Failure::from(sqlite(ffi::SQLITE_IOERR_WRITE)).ends_transaction);
    }
}
