//! Elapsed time: the one place of the benchmarks that reads a clock.

use std::time::{Duration, Instant};

/// Measures from its start.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// How long ago it started.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}
