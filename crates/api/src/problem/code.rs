//! The words for what went wrong that programs read.

use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $status:ident,)+) => {
        /// What went wrong, for programs; `detail` says it to people.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Code {
            $($(#[$doc])* $name,)+
        }

        impl Code {
            /// The status that it is answered with.
            pub const fn status(self) -> StatusCode {
                match self {
                    $(Self::$name => StatusCode::$status,)+
                }
            }
        }
    };
}

codes! {
    /// No session, or it ended.
    NotSignedIn = UNAUTHORIZED,
    /// Address or password is wrong, which of the two is not told.
    WrongCredentials = UNAUTHORIZED,
    /// The role does not permit it, or the request came from another site.
    Forbidden = FORBIDDEN,
    /// No such thing in the caller's organisation.
    NotFound = NOT_FOUND,
    /// The path takes other methods.
    MethodNotAllowed = METHOD_NOT_ALLOWED,
    /// `entry` is open.
    AlreadyClockedIn = CONFLICT,
    /// There is no open entry.
    NotClockedIn = CONFLICT,
    /// `entry` shares time with the one asked for.
    Overlap = CONFLICT,
    /// It stands against a rule; `reason` says which.
    NotAllowed = CONFLICT,
    /// Something has this name or address already; `reason` says what.
    Duplicate = CONFLICT,
    /// Somebody else was first: read it again, then decide.
    Conflict = CONFLICT,
    /// Changed since it was read; `current` is its version now.
    PreconditionFailed = PRECONDITION_FAILED,
    /// `If-Match` is missing; `current` is the version now.
    PreconditionRequired = PRECONDITION_REQUIRED,
    /// The body is too large.
    TooLarge = PAYLOAD_TOO_LARGE,
    /// The body is of another content type.
    UnsupportedMediaType = UNSUPPORTED_MEDIA_TYPE,
    /// `errors` says what is wrong where.
    Invalid = UNPROCESSABLE_ENTITY,
    /// The `Idempotency-Key` was used for another request.
    IdempotencyKeyReused = UNPROCESSABLE_ENTITY,
    /// Too many wrong passwords; `Retry-After` says when there may be another.
    TooManyAttempts = TOO_MANY_REQUESTS,
    /// A defect; the log has more under the request id.
    Internal = INTERNAL_SERVER_ERROR,
    /// Not now; try again with the same `Idempotency-Key`.
    Unavailable = SERVICE_UNAVAILABLE,
}
