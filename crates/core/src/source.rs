//! What core may not reach for itself: the time and randomness are passed in.

use jiff::Timestamp;

/// Tells the time. The process has one that reads the system's; tests have one they set.
pub trait TimeSource: Send + Sync {
    /// Now, with whatever precision the source has.
    fn now(&self) -> Timestamp;
}

/// Gives bytes that nobody can guess.
pub trait RandomSource: Send + Sync {
    /// Fills `bytes` from the first to the last.
    fn fill(&self, bytes: &mut [u8]);
}
