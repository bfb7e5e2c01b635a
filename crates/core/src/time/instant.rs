//! A point in time in whole seconds.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::Zone;
use crate::Reason;

/// Whole seconds since 1970-01-01T00:00:00Z, within the years that entries may lie in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(i64);

/// The time lies outside the years 2000 to 2199 that VibeSheets keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the time must lie between 2000-01-01 and 2199-12-31")]
pub struct InvalidInstant;

impl From<InvalidInstant> for Reason {
    fn from(error: InvalidInstant) -> Self {
        Self::new("outside_years", error.to_string())
    }
}

impl Instant {
    /// 2000-01-01T00:00:00Z.
    pub const EARLIEST: Self = Self(946_684_800);
    /// 2199-12-31T23:59:59Z.
    pub const LATEST: Self = Self(7_258_118_399);

    /// From seconds since the epoch.
    ///
    /// # Errors
    /// [`InvalidInstant`] outside the years 2000 to 2199.
    pub const fn from_unix_seconds(seconds: i64) -> Result<Self, InvalidInstant> {
        if seconds < Self::EARLIEST.0 || seconds > Self::LATEST.0 {
            return Err(InvalidInstant);
        }
        Ok(Self(seconds))
    }

    /// Cuts the fraction of a second off: a punch at 08:00:00.9 is a punch at 08:00:00.
    ///
    /// # Errors
    /// [`InvalidInstant`] outside the years 2000 to 2199.
    pub fn from_timestamp(timestamp: Timestamp) -> Result<Self, InvalidInstant> {
        Self::from_unix_seconds(timestamp.as_millisecond().div_euclid(1000))
    }

    /// Reads RFC 3339 with an offset (`2026-03-29T22:00:00+01:00`); a fraction of a second is cut off.
    ///
    /// # Errors
    /// [`InvalidInstant`] where the text is something else, or outside the years 2000 to 2199.
    pub fn parse_rfc_3339(text: &str) -> Result<Self, InvalidInstant> {
        let timestamp: Timestamp = text.parse().map_err(|_| InvalidInstant)?;
        Self::from_timestamp(timestamp)
    }

    /// Seconds since the epoch.
    pub const fn unix_seconds(self) -> i64 {
        self.0
    }

    /// The same point as the calendar library's type.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(self.0)
    }

    /// Seconds from `earlier` to `self`; negative where `earlier` is later (I3).
    pub const fn seconds_since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }

    /// This instant moved by `seconds`, held within the years 2000 to 2199.
    #[must_use]
    pub fn saturating_add_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds).clamp(Self::EARLIEST.0, Self::LATEST.0))
    }

    /// RFC 3339 with the offset in force in `zone` at this instant.
    pub fn rfc_3339(self, zone: &Zone) -> String {
        let timestamp = self.timestamp();
        let offset = zone.time_zone().to_offset(timestamp);
        timestamp.display_with_offset(offset).to_string()
    }

    /// RFC 3339 in UTC.
    pub fn rfc_3339_utc(self) -> String {
        self.timestamp().to_string()
    }
}
