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

/// Of a date that lies outside of the years of entries, their beginning or end.
fn midnight(date: Date) -> i64 {
    let date = date.clamp(Date::constant(1999, 12, 31), Date::constant(2200, 1, 2));
    TimeZone::UTC.to_timestamp(date.into()).map_or(0, |timestamp| timestamp.as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_the_dates_every_entry_of_theirs_starts_within_the_bounds() {
        let range = |first: &str, last: &str| DateRange {
            first: first.parse().expect("a date"),
            last: last.parse().expect("a date"),
        };
        let (earliest, latest) = start_bounds(range("0001-01-01", "9999-12-31"));
        assert!(earliest <= Instant::EARLIEST.unix_seconds() && latest == Instant::LATEST.unix_seconds());
        let (earliest, latest) = start_bounds(range("2026-03-02", "2026-03-02"));
        assert_eq!((earliest, latest), (1_772_236_800, 1_772_668_800));
        let (earliest, latest) = start_bounds(range("2026-03-09", "2026-03-01"));
        assert!(earliest > latest);
    }
}
