//! Signing in: memberships, sessions and passwords. Checking a password is for the edge, which has the hashing.

mod attempts;
mod password;
mod sessions;
mod sign_in;

pub use attempts::{Attempt, SIGN_IN_LIMIT, count_attempt};
pub use password::change_password;
pub use sessions::{MOST_SESSIONS, SESSION_SECONDS, begin_session, end_session, find_session, list_sessions};
pub use sign_in::{caller_of, find_membership, member_of};
