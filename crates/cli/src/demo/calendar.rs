//! Which days the demo covers.

use jiff::{ToSpan, civil::Weekday};
use vibesheets_core::time::{Date, DateRange, FirstDayOfWeek, Zone};

/// How far back it goes, in weeks: three months.
const WEEKS: i64 = 13;
/// How far before a clock change it begins where three months would miss it, in weeks.
const WEEKS_BEFORE_CHANGE: i64 = 2;
/// Where the clocks change twice a year, no change is longer ago.
const MOST_WEEKS: i64 = 53;

/// From a Monday at least three months ago, and before the last clock change in `zone`, to `today`.
pub fn range(today: Date, zone: &Zone) -> DateRange {
    let back = |date: Date, weeks: i64| FirstDayOfWeek::MONDAY.week_start(date.saturating_sub(weeks.weeks()));
    let usual = back(today, WEEKS);
    let first = match last_clock_change(today, zone) {
        Some(change) => usual.min(back(change, WEEKS_BEFORE_CHANGE)),
        None => usual,
    };
    DateRange { first, last: today }
}

/// The last day before `today` that had more or fewer than 24 hours.
fn last_clock_change(today: Date, zone: &Zone) -> Option<Date> {
    let longest_ago = today.saturating_sub(MOST_WEEKS.weeks());
    let days = DateRange { first: longest_ago, last: today.yesterday().ok()? };
    days.dates().filter(|date| zone.seconds_in(*date).is_some_and(|seconds| seconds != 86_400)).last()
}

/// Whether an office is closed: weekends and Austria's fixed holidays.
pub fn is_day_off(date: Date) -> bool {
    const HOLIDAYS: [(i8, i8); 9] =
        [(1, 1), (1, 6), (5, 1), (8, 15), (10, 26), (11, 1), (12, 8), (12, 25), (12, 26)];
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
        || HOLIDAYS.contains(&(date.month(), date.day()))
}
