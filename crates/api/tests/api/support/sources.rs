//! Time and randomness that tests decide.

use std::sync::{
    Mutex, OnceLock,
    atomic::{AtomicU64, Ordering},
};

use jiff::{SignedDuration, Timestamp};
use vibesheets_core::{RandomSource, TimeSource, journal::Hash};

use super::through::WallClock;

/// A time that stands until it is moved.
pub struct TestTime {
    now: Mutex<Timestamp>,
    /// Where another process reads it.
    shown: OnceLock<WallClock>,
}

impl TestTime {
    pub fn at(text: &str) -> Self {
        Self { now: Mutex::new(text.parse().expect("a time")), shown: OnceLock::new() }
    }

    pub fn set(&self, text: &str) {
        self.change(|now| *now = text.parse().expect("a time"));
    }

    pub fn advance(&self, seconds: i64) {
        self.change(|now| *now += SignedDuration::from_secs(seconds));
    }

    /// Shows it on `clock` too, from now on.
    pub fn show(&self, clock: WallClock) {
        assert!(self.shown.set(clock).is_ok(), "one clock is enough");
        self.change(|_| ());
    }

    fn change(&self, change: impl FnOnce(&mut Timestamp)) {
        let mut now = self.now.lock().expect("not poisoned");
        change(&mut now);
        if let Some(clock) = self.shown.get() {
            clock.show(*now);
        }
    }
}

impl TimeSource for TestTime {
    fn now(&self) -> Timestamp {
        *self.now.lock().expect("not poisoned")
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
