//! Time and randomness that tests decide.

use std::sync::{
    Mutex,
    atomic::{AtomicU64, Ordering},
};

use jiff::{SignedDuration, Timestamp};
use vibesheets_core::{RandomSource, TimeSource, journal::Hash};

/// A time that stands until it is moved.
pub struct TestTime(Mutex<Timestamp>);

impl TestTime {
    pub fn at(text: &str) -> Self {
        Self(Mutex::new(text.parse().expect("a time")))
    }

    pub fn set(&self, text: &str) {
        *self.0.lock().expect("not poisoned") = text.parse().expect("a time");
    }

    pub fn advance(&self, seconds: i64) {
        let mut now = self.0.lock().expect("not poisoned");
        *now += SignedDuration::from_secs(seconds);
    }
}

impl TimeSource for TestTime {
    fn now(&self) -> Timestamp {
        *self.0.lock().expect("not poisoned")
    }
}

/// The same bytes in every run.
#[derive(Default)]
pub struct SeededRandom(AtomicU64);

impl RandomSource for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let number = self.0.fetch_add(1, Ordering::Relaxed);
            chunk.copy_from_slice(&Hash::of(&[b"test", &number.to_be_bytes()]).0[..chunk.len()]);
        }
    }
}
