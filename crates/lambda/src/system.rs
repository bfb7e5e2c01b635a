//! The machine's time and randomness: the one place that reaches for them.

use jiff::Timestamp;
use vibesheets_core::{RandomSource, TimeSource};

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemTime;

impl TimeSource for SystemTime {
    #[expect(clippy::disallowed_methods, reason = "the process's one clock, which everything else is passed")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The operating system's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl RandomSource for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        // Without randomness nothing here is safe: ids, salts and sessions could be guessed.
        getrandom::fill(bytes).expect("the operating system gives randomness");
    }
}
