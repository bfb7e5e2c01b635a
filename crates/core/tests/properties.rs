//! Properties of civil time and spans, over zones, clock changes and overlaps.

#![expect(clippy::unwrap_used, reason = "a property that cannot be stated is a failed test")]

use proptest::prelude::*;
use vibesheets_core::{
    spreadsheet::{neutralised, restored},
    time::{DateRange, FirstDayOfWeek, Instant, LocalTime, Span, Zone},
};

fn zones() -> impl Strategy<Value = Zone> {
    let names = [
        "Europe/Vienna",
        "America/New_York",
        "Australia/Lord_Howe",
        "Africa/Casablanca",
        "Asia/Kathmandu",
        "America/St_Johns",
        "Pacific/Apia",
        "UTC",
    ];
    prop::sample::select(names.to_vec()).prop_map(|name| Zone::named(name).unwrap())
}

/// 2005 to 2035, where the zones above change their clocks often.
fn instants() -> impl Strategy<Value = Instant> {
    (1_104_537_600_i64..2_082_758_400).prop_map(|seconds| Instant::from_unix_seconds(seconds).unwrap())
}

/// Within a day, so that spans often meet.
fn small_spans() -> impl Strategy<Value = Span> {
    let at = |second: i64| Instant::EARLIEST.saturating_add_seconds(second);
    (0_i64..40, 0_i64..12, any::<bool>()).prop_map(move |(start, length, open)| {
        Span::new(at(start), (!open).then(|| at(start + length))).unwrap()
    })
}

fn holds_second(span: Span, second: i64) -> bool {
    let instant = Instant::EARLIEST.saturating_add_seconds(second);
    span.start() <= instant && span.end().is_none_or(|end| instant < end)
}

proptest! {
    #[test]
    fn what_a_wall_clock_shows_at_an_instant_may_mean_that_instant(zone in zones(), instant in instants()) {
        let shown = instant.rfc_3339(&zone);
        let resolved = LocalTime::resolve(shown[..19].parse().unwrap(), &zone).unwrap();
        prop_assert!(resolved.instants().any(|meant| meant == instant), "{shown} {resolved:?}");
        prop_assert_eq!(Instant::parse_rfc_3339(&shown), Ok(instant));
        prop_assert_eq!(zone.date_at(instant).to_string(), &shown[..10]);
    }

    #[test]
    fn i3_days_fill_the_time_without_gap_or_overlap(zone in zones(), instant in instants()) {
        let date = zone.date_at(instant);
        let start = zone.start_of(date).unwrap();
        let end = zone.start_of(date.tomorrow().unwrap()).unwrap();
        prop_assert!(start <= instant && instant < end);
        prop_assert_eq!(zone.seconds_in(date), Some(end.seconds_since(start)));
        prop_assert_eq!(zone.date_at(start), date);
    }

    #[test]
    fn i2_two_spans_overlap_exactly_where_they_share_a_second(a in small_spans(), b in small_spans()) {
        let shared = (0..60).any(|second| holds_second(a, second) && holds_second(b, second));
        prop_assert_eq!(a.overlaps(b), shared);
        prop_assert_eq!(b.overlaps(a), shared);
    }

    #[test]
    fn every_date_lies_in_the_week_that_it_begins(zone in zones(), instant in instants(), first in 1_u8..=7) {
        let date = zone.date_at(instant);
        let week: DateRange = FirstDayOfWeek::try_from(first).unwrap().week_of(date);
        prop_assert!(week.contains(date));
        prop_assert_eq!(week.dates().count(), 7);
        prop_assert_eq!(week.first.weekday().to_monday_one_offset(), i8::try_from(first).unwrap());
    }

    #[test]
    fn a_neutralised_cell_comes_back_as_it_was(cell in "['=+@\\-\\ta-c]{0,6}") {
        let neutral = neutralised(&cell).into_owned();
        prop_assert_eq!(restored(&neutral), &cell);
    }
}
