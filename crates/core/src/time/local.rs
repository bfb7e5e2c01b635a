//! What a wall clock showed, and the instants it may mean.

use jiff::{civil::DateTime, tz::AmbiguousOffset};

use super::{Instant, InvalidInstant, Zone};
use crate::Reason;

/// The instants that a local time names in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocalTime {
    /// Exactly one.
    Unique(Instant),
    /// None: the clocks jumped over it in spring.
    Gap,
    /// Two: it was shown twice in autumn, `earlier` before the clocks went back.
    Fold {
        /// Before the change.
        earlier: Instant,
        /// After the change.
        later: Instant,
    },
}

/// Why a local time names no single instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnresolvedLocalTime {
    /// The clocks jumped over it.
    #[error("the clocks jumped over this time; there was no such time on that day")]
    Gap,
    /// It happened twice.
    #[error("this time happened twice on that day; say which one by its offset, such as 02:30+02:00")]
    Fold,
    /// Outside the years that are kept.
    #[error(transparent)]
    Outside(#[from] InvalidInstant),
}

impl From<UnresolvedLocalTime> for Reason {
    fn from(error: UnresolvedLocalTime) -> Self {
        let detail = error.to_string();
        match error {
            UnresolvedLocalTime::Gap => Self::new("skipped_time", detail),
            UnresolvedLocalTime::Fold => Self::new("ambiguous_time", detail),
            UnresolvedLocalTime::Outside(error) => error.into(),
        }
    }
}

impl LocalTime {
    /// Finds what `local` means in `zone`; a fraction of a second is cut off.
    ///
    /// # Errors
    /// [`InvalidInstant`] outside the years 2000 to 2199.
    pub fn resolve(local: DateTime, zone: &Zone) -> Result<Self, InvalidInstant> {
        let instant = |offset: jiff::tz::Offset| {
            Instant::from_timestamp(offset.to_timestamp(local).map_err(|_| InvalidInstant)?)
        };
        Ok(match zone.time_zone().to_ambiguous_timestamp(local).offset() {
            AmbiguousOffset::Unambiguous { offset } => Self::Unique(instant(offset)?),
            AmbiguousOffset::Gap { .. } => Self::Gap,
            AmbiguousOffset::Fold { before, after } => {
                Self::Fold { earlier: instant(before)?, later: instant(after)? }
            }
        })
    }

    /// The one instant.
    ///
    /// # Errors
    /// [`UnresolvedLocalTime`] where there is none, or more than one.
    pub const fn unique(self) -> Result<Instant, UnresolvedLocalTime> {
        match self {
            Self::Unique(instant) => Ok(instant),
            Self::Gap => Err(UnresolvedLocalTime::Gap),
            Self::Fold { .. } => Err(UnresolvedLocalTime::Fold),
        }
    }

    /// Every instant it may mean, the earlier first.
    pub fn instants(self) -> impl Iterator<Item = Instant> {
        let (first, second) = match self {
            Self::Unique(instant) => (Some(instant), None),
            Self::Gap => (None, None),
            Self::Fold { earlier, later } => (Some(earlier), Some(later)),
        };
        first.into_iter().chain(second)
    }
}
