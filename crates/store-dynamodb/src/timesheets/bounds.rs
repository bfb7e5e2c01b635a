//! Which starts the entries of some work dates can have.

use jiff::tz::TimeZone;
use vibesheets_core::time::{Date, DateRange, Instant};

const DAY_SECONDS: i64 = 86_400;

/// A zone's offset is less than 26 hours, so an entry of a work date starts within two days of it in UTC.
const WIDEST_OFFSET_SECONDS: i64 = 2 * DAY_SECONDS;

/// The earliest and the latest start, in seconds since the epoch, that an entry of these work dates can have.
pub(super) fn start_bounds(range: DateRange) -> (i64, i64) {
    let within = |seconds: i64| seconds.clamp(0, Instant::LATEST.unix_seconds());
    (
        within(midnight(range.first) - WIDEST_OFFSET_SECONDS),
        within(midnight(range.last) + DAY_SECONDS + WIDEST_OFFSET_SECONDS),
    )
}

fn midnight(date: Date) -> i64 {
    TimeZone::UTC.to_timestamp(date.into()).map_or(0, |timestamp| timestamp.as_second())
}
