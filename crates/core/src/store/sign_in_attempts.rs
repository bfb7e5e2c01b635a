//! How often a password was guessed at, counted where all servers of one store see it.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use super::StoreError;
use crate::journal::Hash;

/// Whose attempts are counted together: a client address, an account, a browser. Only a digest, so that neither
/// addresses nor e-mails lie in the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AttemptSubject(pub [u8; 32]);

impl AttemptSubject {
    /// The subject that `what`, such as `address`, calls `value`.
    pub fn of(what: &str, value: &str) -> Self {
        Self(Hash::of(&[b"vibesheets attempt subject 1", what.as_bytes(), value.as_bytes()]).0)
    }
}

/// How many attempts there may be, in any stretch of time of a given length: an exact sliding window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttemptLimit {
    /// The most attempts within the window; from 1 to 16, so that a subject's attempts are one small item.
    pub most: u8,
    /// The window's length in seconds.
    pub window_seconds: i64,
}

impl AttemptLimit {
    /// Attempts at this time and earlier lie no longer within the window that ends at `now`.
    pub fn window_start(self, now: Timestamp) -> Timestamp {
        now.checked_sub(SignedDuration::from_secs(self.window_seconds)).unwrap_or(Timestamp::MIN)
    }

    /// When an attempt of `at` leaves the window.
    pub fn window_end(self, at: Timestamp) -> Timestamp {
        at.checked_add(SignedDuration::from_secs(self.window_seconds)).unwrap_or(Timestamp::MAX)
    }
}

/// What became of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptOutcome {
    /// It was counted and may be made.
    Counted,
    /// There are `most` within the window already; it was not counted and must not be made.
    Exceeded {
        /// When the oldest of them leaves the window.
        free_at: Timestamp,
    },
}

/// Counters of attempts. They are neither in the journal nor restored: a restored store has counted none.
///
/// For an engine of items: one item for each subject holds the times of its attempts that still lie within the window,
/// at most `most` of them, and is written with one conditional write on what was read; a lost race is read and decided
/// again. It expires by itself when its newest attempt leaves the window, and an engine that removes expired items late
/// must not count what is in them.
#[async_trait]
pub trait SignInAttempts {
    /// Counts an attempt of `subject` at `now`, if fewer than `limit.most` lie within the window that ends at `now`.
    /// Attempts later than `now`, by another server's clock, lie within it too. Of any number at once no more are counted
    /// than the limit allows. All calls for one subject have the same limit.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] and [`StoreError::OutcomeUnknown`]: the attempt must not be made.
    async fn count_attempt(
        &self,
        subject: AttemptSubject,
        limit: AttemptLimit,
        now: Timestamp,
    ) -> Result<AttemptOutcome, StoreError>;

    /// Gives back an attempt of `subject` that was counted at `at`, to the nanosecond; one only, where there are several.
    /// Without such an attempt nothing happens.
    async fn give_attempt_back(&self, subject: AttemptSubject, at: Timestamp) -> Result<(), StoreError>;
}
