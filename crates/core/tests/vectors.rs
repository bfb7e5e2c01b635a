//! The vectors in `testdata/vectors`, which were computed independently and are read by the web app's tests too.

#![expect(clippy::unwrap_used, reason = "a vector that cannot be read is a failed test")]

use serde_json::Value;
use vibesheets_core::time::{Date, FirstDayOfWeek, Instant, LocalTime, Span, ZONE_DATA_VERSION, Zone};

fn vectors(file: &str, list: &str) -> Vec<Value> {
    let path = format!("{}/../../testdata/vectors/{file}.json", env!("CARGO_MANIFEST_DIR"));
    let document: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let vectors = document[list].as_array().unwrap().clone();
    assert!(!vectors.is_empty());
    vectors
}

fn text<'a>(vector: &'a Value, key: &str) -> &'a str {
    vector[key].as_str().unwrap()
}

fn zone(vector: &Value) -> Zone {
    Zone::named(text(vector, "time_zone")).unwrap()
}

fn instant(vector: &Value, key: &str) -> Instant {
    Instant::parse_rfc_3339(text(vector, key)).unwrap()
}

fn date(vector: &Value, key: &str) -> Date {
    text(vector, key).parse().unwrap()
}

fn first_day_of_week(vector: &Value) -> FirstDayOfWeek {
    let number = u8::try_from(vector["first_day_of_week"].as_u64().unwrap()).unwrap();
    FirstDayOfWeek::try_from(number).unwrap()
}

#[test]
fn the_vectors_and_the_program_use_the_same_zone_data() {
    let path = format!("{}/../../testdata/vectors/spans.json", env!("CARGO_MANIFEST_DIR"));
    let document: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(text(&document, "tzdata"), ZONE_DATA_VERSION);
}

#[test]
fn i3_a_duration_is_the_difference_of_two_instants() {
    for vector in vectors("spans", "spans") {
        let name = text(&vector, "name");
        let (start, end) = (instant(&vector, "start_local"), instant(&vector, "end_local"));
        assert_eq!(start, instant(&vector, "start_utc"), "{name}");
        assert_eq!(end, instant(&vector, "end_utc"), "{name}");
        let span = Span::new(start, Some(end)).unwrap();
        assert_eq!(span.seconds(), vector["seconds"].as_i64(), "{name}");
        assert_eq!(zone(&vector).date_at(start), date(&vector, "work_date"), "{name}");
        assert_eq!(start.rfc_3339(&zone(&vector)), text(&vector, "start_local"), "{name}");
        assert_eq!(end.rfc_3339(&zone(&vector)), text(&vector, "end_local"), "{name}");
    }
}

#[test]
fn a_wall_clock_names_one_instant_none_or_two() {
    for vector in vectors("local_times", "local_times") {
        let resolved = LocalTime::resolve(text(&vector, "local").parse().unwrap(), &zone(&vector)).unwrap();
        let instants: Vec<String> = resolved.instants().map(Instant::rfc_3339_utc).collect();
        let expected: Vec<&str> = vector["instants_utc"]
            .as_array()
            .unwrap()
            .iter()
            .map(|instant| instant.as_str().unwrap())
            .collect();
        assert_eq!(instants, expected, "{vector}");
        let resolution = match resolved {
            LocalTime::Unique(_) => "unique",
            LocalTime::Gap => "gap",
            LocalTime::Fold { .. } => "fold",
        };
        assert_eq!(resolution, text(&vector, "resolution"), "{vector}");
    }
}

#[test]
fn a_week_begins_on_the_organisations_first_day() {
    for vector in vectors("weeks", "starts") {
        let week = first_day_of_week(&vector).week_of(date(&vector, "date"));
        assert_eq!(week.first, date(&vector, "week_start"), "{vector}");
        assert_eq!(week.days(), 7, "{vector}");
    }
}

#[test]
fn the_days_of_a_clock_change_are_shorter_or_longer() {
    for vector in vectors("weeks", "clock_weeks") {
        let zone = zone(&vector);
        let week = first_day_of_week(&vector).week_of(date(&vector, "week_start"));
        assert_eq!(week.first, date(&vector, "week_start"), "{vector}");
        let seconds: Vec<i64> = week.dates().map(|date| zone.seconds_in(date).unwrap()).collect();
        for (day, seconds) in vector["days"].as_array().unwrap().iter().zip(&seconds) {
            assert_eq!(Some(*seconds), day["seconds_in_day"].as_i64(), "{} {day}", zone.name());
        }
        assert_eq!(Some(seconds.iter().sum()), vector["seconds_in_week"].as_i64(), "{vector}");
    }
}

#[test]
fn i2_spans_overlap_where_they_share_a_second() {
    let span = |value: &Value| {
        let end = value["end"].as_str().map(|end| Instant::parse_rfc_3339(end).unwrap());
        Span::new(instant(value, "start"), end).unwrap()
    };
    for vector in vectors("overlaps", "overlaps") {
        let (a, b) = (span(&vector["a"]), span(&vector["b"]));
        let expected = vector["overlap"].as_bool().unwrap();
        assert_eq!(a.overlaps(b), expected, "{}", text(&vector, "name"));
        assert_eq!(b.overlaps(a), expected, "{}", text(&vector, "name"));
    }
}
