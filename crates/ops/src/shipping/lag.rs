//! How far behind a replica is.

use std::time::Duration;

use tokio::time::Instant;

/// A replica that lags by more than this is no longer what it is for.
pub const WORRYING: Duration = Duration::from_secs(2);

/// How far behind a replica is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lag {
    /// Since when there is something that was acknowledged and not shipped.
    since: Option<Instant>,
}

impl Lag {
    pub(super) fn begin(&mut self, now: Instant) {
        self.since.get_or_insert(now);
    }

    pub(super) const fn end(&mut self) {
        self.since = None;
    }

    /// How old the oldest commit is that was not shipped yet.
    pub fn age(&self, now: Instant) -> Duration {
        self.since.map_or(Duration::ZERO, |since| now.saturating_duration_since(since))
    }

    /// Whether health is to be told as degraded.
    pub fn is_worrying(&self, now: Instant) -> bool {
        self.age(now) > WORRYING
    }
}
