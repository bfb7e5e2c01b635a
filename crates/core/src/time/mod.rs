//! Instants, zones, work dates and weeks. Every duration is a difference of two instants (I3);
//! zone data is the bundled one only, so that every machine agrees on every work date.

mod instant;
mod local;
mod span;
mod week;
mod zone;

pub use instant::{Instant, InvalidInstant};
pub use local::{LocalTime, UnresolvedLocalTime};
pub use span::{LONGEST_ENTRY_SECONDS, Span, SpanError};
pub use week::{DateRange, FirstDayOfWeek};
pub use zone::{UnknownZone, ZONE_DATA_VERSION, Zone};

/// A date of the civil calendar, as work dates are.
pub use jiff::civil::Date;
