//! Half-open spans of time and whether they overlap (I2).

use super::Instant;
use crate::Reason;

/// 31 days: no entry is longer. A timer forgotten for longer is closed by giving it its real end.
pub const LONGEST_ENTRY_SECONDS: i64 = 31 * 86_400;

/// `[start, end)`; without an end it reaches to infinity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    start: Instant,
    end: Option<Instant>,
}

/// Why two instants are not a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SpanError {
    /// The end lies before the start.
    #[error("the end lies before the start")]
    EndBeforeStart,
    /// Longer than [`LONGEST_ENTRY_SECONDS`].
    #[error("an entry is at most 31 days long")]
    TooLong,
}

impl From<SpanError> for Reason {
    fn from(error: SpanError) -> Self {
        let detail = error.to_string();
        match error {
            SpanError::EndBeforeStart => Self::new("end_before_start", detail),
            SpanError::TooLong => {
                Self::new("entry_too_long", detail).with("days", LONGEST_ENTRY_SECONDS / 86_400)
            }
        }
    }
}

impl Span {
    /// From `start` to before `end`.
    ///
    /// # Errors
    /// [`SpanError`] where the end lies before the start or more than 31 days behind it.
    pub const fn new(start: Instant, end: Option<Instant>) -> Result<Self, SpanError> {
        if let Some(end) = end {
            if end.seconds_since(start) < 0 {
                return Err(SpanError::EndBeforeStart);
            }
            if end.seconds_since(start) > LONGEST_ENTRY_SECONDS {
                return Err(SpanError::TooLong);
            }
        }
        Ok(Self { start, end })
    }

    /// From `start` to infinity.
    pub const fn open(start: Instant) -> Self {
        Self { start, end: None }
    }

    /// The first second that belongs to it.
    pub const fn start(self) -> Instant {
        self.start
    }

    /// The first second that no longer belongs to it.
    pub const fn end(self) -> Option<Instant> {
        self.end
    }

    /// Its length; `None` while open.
    pub fn seconds(self) -> Option<i64> {
        self.end.map(|end| end.seconds_since(self.start))
    }

    /// Whether the two share a second. Touching spans do not; a zero-length one shares none with anything (I2).
    pub fn overlaps(self, other: Self) -> bool {
        let starts_before_end = |start: Instant, end: Option<Instant>| end.is_none_or(|end| start < end);
        !self.is_empty()
            && !other.is_empty()
            && starts_before_end(self.start, other.end)
            && starts_before_end(other.start, self.end)
    }

    fn is_empty(self) -> bool {
        self.end == Some(self.start)
    }
}
