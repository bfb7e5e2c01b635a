//! A time that stands until it is set.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use vibesheets_core::TimeSource;

/// A time that stands until it is set.
#[derive(Debug)]
pub struct FixedTime(Mutex<Timestamp>);

impl FixedTime {
    /// Stands at `now`.
    pub fn new(now: Timestamp) -> Self {
        Self(Mutex::new(now))
    }

    /// Stands at `now` from here on.
    pub fn set(&self, now: Timestamp) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }

    /// Moves by so many seconds.
    pub fn advance(&self, seconds: i64) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now += SignedDuration::from_secs(seconds);
    }
}

impl TimeSource for FixedTime {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
