//! The zone data that this program bundles against the vectors, which Python computed from other zone data.

use std::path::Path;

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

fn vectors(name: &str, list: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vectors").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let file: Value = serde_json::from_str(&text).expect("JSON");
    let cases = file[list].as_array().expect("a list").clone();
    assert!(cases.len() > 20, "{name} {list} holds only {}", cases.len());
    cases
}

fn text<'case>(case: &'case Value, field: &str) -> &'case str {
    case[field].as_str().unwrap_or_else(|| panic!("no {field} in {case}"))
}

fn instant(case: &Value, field: &str) -> Timestamp {
    text(case, field).parse().expect("RFC 3339")
}

fn zone(case: &Value) -> TimeZone {
    TimeZoneDatabase::bundled().get(text(case, "time_zone")).expect("a bundled zone")
}

#[test]
fn spans_have_the_same_offsets_lengths_and_work_dates() {
    for case in vectors("spans.json", "spans") {
        let (zone, start, end) = (zone(&case), instant(&case, "start_utc"), instant(&case, "end_utc"));
        assert_eq!(instant(&case, "start_local"), start, "{case}");
        assert_eq!(instant(&case, "end_local"), end, "{case}");
        assert_eq!(Some(end.duration_since(start).as_secs()), case["seconds"].as_i64(), "{case}");
        assert_eq!(zone.to_datetime(start).date().to_string(), text(&case, "work_date"), "{case}");
        for (utc, field) in [(start, "start_local"), (end, "end_local")] {
            assert!(text(&case, field).starts_with(&zone.to_datetime(utc).to_string()), "{case}");
        }
    }
}

#[test]
fn local_times_are_unique_skipped_and_repeated_alike() {
    for case in vectors("local_times.json", "local_times") {
        let local: DateTime = text(&case, "local").parse().expect("a civil time");
        let ambiguous = zone(&case).to_ambiguous_timestamp(local).offset();
        let (resolution, offsets) = match ambiguous {
            AmbiguousOffset::Unambiguous { offset } => ("unique", vec![offset]),
            AmbiguousOffset::Gap { .. } => ("gap", vec![]),
            AmbiguousOffset::Fold { before, after } => ("fold", vec![before, after]),
        };
        let instants: Vec<String> =
            offsets.iter().map(|offset| offset.to_timestamp(local).expect("in range").to_string()).collect();
        assert_eq!(resolution, text(&case, "resolution"), "{case}");
        assert_eq!(Value::from(instants), case["instants_utc"], "{case}");
    }
}

#[test]
fn weeks_of_the_clock_are_as_long_and_so_are_their_days() {
    for case in vectors("weeks.json", "clock_weeks") {
        let zone = zone(&case);
        let first: Date = text(&case, "week_start").parse().expect("a date");
        let edges: Vec<Timestamp> =
            (0..8).map(|day| first_instant(&zone, first + SignedDuration::from_hours(24 * day))).collect();
        assert_eq!((edges[0], edges[7]), (instant(&case, "start_utc"), instant(&case, "end_utc")), "{case}");
        for (day, pair) in edges.windows(2).enumerate() {
            let seconds = pair[1].duration_since(pair[0]).as_secs();
            assert_eq!(Some(seconds), case["days"][day]["seconds_in_day"].as_i64(), "{case} day {day}");
        }
        assert_eq!(
            Some(edges[7].duration_since(edges[0]).as_secs()),
            case["seconds_in_week"].as_i64(),
            "{case}"
        );
    }
}

fn first_instant(zone: &TimeZone, date: Date) -> Timestamp {
    date.to_zoned_datetime(zone.clone()).expect("in range").start_of_day().expect("in range").timestamp()
}

#[test]
fn weeks_start_on_the_same_dates() {
    for case in vectors("weeks.json", "starts") {
        let date: Date = text(&case, "date").parse().expect("a date");
        let first = case["first_day_of_week"].as_i64().expect("1 to 7");
        let back = (i64::from(date.weekday().to_monday_one_offset()) - first).rem_euclid(7);
        assert_eq!(
            (date - SignedDuration::from_hours(24 * back)).to_string(),
            text(&case, "week_start"),
            "{case}"
        );
    }
}

#[test]
fn morocco_leaves_summer_time_for_good_in_september_2026() {
    let morocco = TimeZoneDatabase::bundled().get("Africa/Casablanca").expect("a bundled zone");
    let after: Timestamp = "2026-09-20T01:00:00Z".parse().expect("RFC 3339");
    let before = after - SignedDuration::from_secs(1);
    assert_eq!(morocco.to_offset(before).seconds(), 3600);
    assert_eq!(morocco.to_offset(after).seconds(), 0);
    assert_eq!(morocco.following(after).next().map(|change| change.timestamp()), None);
}
