//! The sidecar against the file it belongs to, and against itself.

use std::collections::BTreeMap;

use crate::support::{Record, iso_date, iso_time, records, seconds};
use foreign_exports::{Expected, Generated, Tool, TruthRow, Variant, generate};

fn every_file(check: impl Fn(&Variant, &Generated)) {
    for variant in [Tool::Toggl, Tool::Clockify].into_iter().flat_map(Variant::all) {
        check(variant, &generate(variant.tool, variant, 1000, 7));
    }
}

#[test]
fn the_file_has_the_rows_asked_for_and_one_truth_for_each_on_its_line() {
    every_file(|variant, made| {
        let records = records(&made.csv, variant);
        assert_eq!((records.len(), made.truth.rows.len()), (1000, 1000), "{}", variant.name);
        for (number, (record, row)) in records.iter().zip(&made.truth.rows).enumerate() {
            assert_eq!(row.record, number as u64 + 1);
            assert_eq!(row.line, record.line, "{} record {number}", variant.name);
        }
    });
}

#[test]
fn every_cell_says_what_its_truth_says() {
    every_file(|variant, made| {
        for (record, row) in records(&made.csv, variant).iter().zip(&made.truth.rows) {
            let place = format!("{} {} line {}", variant.tool.name(), variant.name, row.line);
            assert_eq!(record.cell("User"), row.name, "{place}");
            assert_eq!(record.cell("Email"), row.email, "{place}");
            assert_eq!(record.cell("Description"), row.description, "{place}");
            assert_eq!(record.cell("Project"), row.project.unwrap_or_default(), "{place}");
            assert_eq!(record.get("Client").unwrap_or_default(), row.client.unwrap_or_default(), "{place}");
            assert_eq!(record.cell(variant.task_heading), row.task.unwrap_or_default(), "{place}");
            assert_eq!(record.cell("Tags"), row.tags.join(", "), "{place}");
            assert_eq!(record.get("Billable").map(|cell| cell == "Yes"), row.billable, "{place}");
            assert_eq!(start(variant, record), row.start_local, "{place}");
            assert_eq!(end(variant, record), row.end_local, "{place}");
            assert_eq!(length(record), row.seconds, "{place}");
        }
    });
}

fn start(variant: &Variant, record: &Record) -> String {
    format!("{}T{}", iso_date(variant, record.cell("Start Date")), iso_time(record.cell("Start Time")))
}

fn end(variant: &Variant, record: &Record) -> Option<String> {
    let date = iso_date(variant, record.get("End Date")?);
    Some(format!("{date}T{}", iso_time(record.get("End Time")?)))
}

fn length(record: &Record) -> i64 {
    seconds(record.get("Duration").or_else(|| record.get("Duration (h)")).expect("a length"))
}

#[test]
fn person_days_are_what_the_accepted_rows_of_the_file_sum_to() {
    every_file(|variant, made| {
        let mut sums: BTreeMap<(String, String), i64> = BTreeMap::new();
        for (record, row) in records(&made.csv, variant).iter().zip(&made.truth.rows) {
            if row.expected == Expected::Accepted {
                let date = iso_date(variant, record.cell("Start Date"));
                *sums.entry((record.cell("Email").to_owned(), date)).or_default() += length(record);
            }
        }
        let told: BTreeMap<_, _> = made
            .truth
            .person_days
            .iter()
            .map(|day| ((day.email.clone(), day.date.clone()), day.seconds))
            .collect();
        assert_eq!(told, sums, "{}", variant.name);
        assert_eq!(made.truth.accepted_seconds, sums.values().sum::<i64>(), "{}", variant.name);
    });
}

#[test]
fn instants_are_as_far_apart_as_the_file_says() {
    every_file(|variant, made| {
        let zone = jiff::tz::TimeZoneDatabase::bundled().get(variant.time_zone).expect("a zone");
        for row in made.truth.rows.iter().filter(|row| row.expected != Expected::Ambiguous) {
            let (start, end) = span(row);
            assert_eq!(end.duration_since(start).as_secs(), row.seconds, "line {}", row.line);
            assert_eq!(zone.to_datetime(start).to_string(), row.start_local, "line {}", row.line);
            assert_eq!(zone.to_datetime(start).date().to_string(), row.work_date, "line {}", row.line);
            if let Some(local) = &row.end_local {
                assert_eq!(&zone.to_datetime(end).to_string(), local, "line {}", row.line);
            }
        }
    });
}

fn span(row: &TruthRow) -> Span {
    let instant = |text: &Option<String>| text.as_deref().expect("not ambiguous").parse().expect("RFC 3339");
    (instant(&row.start_utc), instant(&row.end_utc))
}

type Span = (jiff::Timestamp, jiff::Timestamp);

fn overlap((one, a): (&TruthRow, Span), (other, b): (&TruthRow, Span)) -> bool {
    one.email == other.email && a.0 < a.1 && b.0 < b.1 && a.0 < b.1 && b.0 < a.1
}

#[test]
fn no_two_accepted_rows_overlap_and_every_overlap_names_the_accepted_row_above_it_that_is_in_the_way() {
    every_file(|variant, made| {
        let of_kind = |expected| made.truth.rows.iter().filter(move |row| row.expected == expected);
        let accepted: Vec<(&TruthRow, Span)> =
            of_kind(Expected::Accepted).map(|row| (row, span(row))).collect();
        for (index, &one) in accepted.iter().enumerate() {
            let above = &accepted[..index];
            assert!(above.iter().all(|&other| !overlap(one, other)), "{} line {}", variant.name, one.0.line);
        }
        for row in of_kind(Expected::Overlap) {
            let other =
                accepted.iter().find(|(other, _)| Some(other.line) == row.overlaps_line).expect("accepted");
            let in_the_way = other.0.line < row.line && overlap((row, span(row)), *other);
            assert!(in_the_way, "{} line {}", variant.name, row.line);
        }
    });
}

#[test]
fn an_ambiguous_row_has_two_readings_of_one_length_and_no_other_row_has_any() {
    every_file(|variant, made| {
        for row in &made.truth.rows {
            let expected = if row.expected == Expected::Ambiguous { 2 } else { 0 };
            assert_eq!(row.readings.len(), expected, "{} line {}", variant.name, row.line);
            assert_eq!(row.start_utc.is_none(), expected == 2, "{} line {}", variant.name, row.line);
        }
    });
}

#[test]
fn counts_are_those_of_the_rows() {
    every_file(|_, made| {
        let truth = &made.truth;
        let count = |expected| truth.rows.iter().filter(|row| row.expected == expected).count();
        assert_eq!(truth.accepted_count, count(Expected::Accepted));
        assert_eq!(truth.overlap_count, count(Expected::Overlap));
        assert_eq!(truth.ambiguous_count, count(Expected::Ambiguous));
        assert_eq!(truth.row_count, truth.accepted_count + truth.overlap_count + truth.ambiguous_count);
        assert!(truth.accepted_count > 900 && truth.overlap_count > 20 && truth.ambiguous_count >= 2);
    });
}
