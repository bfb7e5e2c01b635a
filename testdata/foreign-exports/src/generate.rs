//! Spans → file → what the file shows → what is true about it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rand::SeedableRng;
use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom;

use crate::cast::{self, PROJECTS, Person};
use crate::export::{self, Row};
use crate::span::Span;
use crate::truth::{self, Expected, PersonDay, Reading, Truth, TruthRow};
use crate::variant::{Clock, Tool, Variant};
use crate::verdict::{Claim, Verdict, verdicts};
use crate::wall_clock::{Shown, readings, zone};
use crate::{planted, routine};

/// From this many rows on, a file holds every planted case; a smaller one holds the earliest of them.
pub const SMALLEST_WITH_EVERY_CASE: usize = 200;

/// How many ordinary rows there are for each person, about a year's.
const ROWS_FOR_EACH_PERSON: usize = 600;

/// A file and what is true about it.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The bytes of the export.
    pub csv: Vec<u8>,
    /// The sidecar.
    pub truth: Truth,
}

/// The export of exactly `rows` rows that this seed stands for: the same arguments give the same bytes everywhere.
///
/// # Panics
/// Where `variant` is of another tool.
pub fn generate(tool: Tool, variant: &Variant, rows: usize, seed: u64) -> Generated {
    assert_eq!(variant.tool, tool, "variant {} is of another tool", variant.name);
    let zone = zone(variant.time_zone);
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let mut columns = variant.columns.to_vec();
    if variant.shuffled {
        columns.shuffle(&mut random);
    }
    let (people, spans) = spans(variant, &zone, rows, &mut random);
    let shown: Vec<Row> = spans
        .iter()
        .map(|span| Row {
            span,
            person: &people[span.person],
            start: zone.to_datetime(span.start),
            end: zone.to_datetime(span.end),
        })
        .collect();
    let (csv, lines) = export::write(variant, &columns, &shown);
    let truth = truth(variant, seed, &zone, &shown, &lines);
    Generated { csv, truth }
}

/// Planted and ordinary spans in order of their start, which is also the order of the file.
fn spans(
    variant: &Variant,
    zone: &TimeZone,
    rows: usize,
    random: &mut ChaCha8Rng,
) -> (Vec<Person>, Vec<Span>) {
    let mut spans = planted::spans(zone, variant.line_breaks_in_descriptions);
    let ordinary = rows.saturating_sub(spans.len());
    let people = cast::people(ordinary / ROWS_FOR_EACH_PERSON);
    spans.extend(routine::spans(zone, people.len(), ordinary, random));
    if variant.clock == Clock::Hours24WithoutSeconds {
        spans = spans.into_iter().map(Span::on_whole_minutes).collect();
    }
    spans.sort_by_key(|span| span.start);
    spans.truncate(rows);
    (people, spans)
}

fn truth(variant: &Variant, seed: u64, zone: &TimeZone, shown: &[Row], lines: &[u64]) -> Truth {
    let claims: Vec<Claim> = shown.iter().map(|row| claim(variant, zone, row)).collect();
    let verdicts = verdicts(&claims);
    let rows: Vec<TruthRow> = (0..shown.len())
        .map(|index| truth_row(variant, &shown[index], &claims[index], verdicts[index], index, lines))
        .collect();
    let count = |expected| rows.iter().filter(|row| row.expected == expected).count();
    Truth {
        about: truth::ABOUT.to_vec(),
        tool: variant.tool.name(),
        variant: variant.name,
        seed,
        time_zone: variant.time_zone,
        date_order: variant.date_order.name(),
        delimiter: char::from(variant.delimiter),
        row_count: rows.len(),
        accepted_count: count(Expected::Accepted),
        overlap_count: count(Expected::Overlap),
        ambiguous_count: count(Expected::Ambiguous),
        accepted_seconds: accepted(&rows).map(|row| row.seconds).sum(),
        person_days: person_days(&rows),
        rows,
    }
}

fn claim<'row>(variant: &Variant, zone: &TimeZone, row: &Row<'row>) -> Claim<'row> {
    let end = variant.shows_ends().then_some(row.end);
    let readings = readings(zone, Shown { start: row.start, end, seconds: row.span.seconds() });
    assert!(
        readings.contains(&(row.span.start, row.span.end)),
        "{}: the file lost what happened",
        row.span.case
    );
    Claim { email: &row.person.email, readings }
}

fn truth_row(
    variant: &Variant,
    row: &Row,
    claim: &Claim,
    (expected, obstacle): Verdict,
    index: usize,
    lines: &[u64],
) -> TruthRow {
    let named = |text: &'static str| (!text.is_empty()).then_some(text);
    let project = row.span.project.map(|index| &PROJECTS[index]);
    let ambiguous = expected == Expected::Ambiguous;
    TruthRow {
        line: lines[index],
        record: index as u64 + 1,
        case: row.span.case,
        name: row.person.name.clone(),
        email: row.person.email.clone(),
        client: project.filter(|_| variant.shows_clients()).and_then(|project| named(project.client)),
        project: project.map(|project| project.name),
        task: named(row.span.task),
        description: row.span.description.clone(),
        tags: row.span.tags.clone(),
        billable: variant.shows_billable().then_some(row.span.billable),
        start_local: row.start.to_string(),
        end_local: variant.shows_ends().then(|| row.end.to_string()),
        start_utc: (!ambiguous).then(|| utc(row.span.start)),
        end_utc: (!ambiguous).then(|| utc(row.span.end)),
        seconds: row.span.seconds(),
        work_date: row.start.date().to_string(),
        expected,
        overlaps_line: obstacle.map(|other| lines[other]),
        readings: if ambiguous { claim.readings.iter().map(reading).collect() } else { Vec::new() },
    }
}

fn reading(&(start, end): &(Timestamp, Timestamp)) -> Reading {
    Reading { start_utc: utc(start), end_utc: utc(end) }
}

fn utc(instant: Timestamp) -> String {
    assert_eq!(instant.subsec_nanosecond(), 0, "spans are in whole seconds");
    instant.to_string()
}

fn accepted(rows: &[TruthRow]) -> impl Iterator<Item = &TruthRow> {
    rows.iter().filter(|row| row.expected == Expected::Accepted)
}

fn person_days(rows: &[TruthRow]) -> Vec<PersonDay> {
    let mut sums: BTreeMap<(&str, &str, &str), i64> = BTreeMap::new();
    for row in accepted(rows) {
        *sums.entry((&row.email, &row.work_date, &row.name)).or_default() += row.seconds;
    }
    sums.into_iter()
        .map(|((email, date, name), seconds)| PersonDay {
            email: email.to_owned(),
            name: name.to_owned(),
            date: date.to_owned(),
            seconds,
        })
        .collect()
}
