//! Ordinary working weeks from 2025 on: day, late and night shifts with breaks, to the second.

use jiff::civil::{Date, Weekday, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rand::RngExt;
use rand::rngs::ChaCha8Rng;
use rand::seq::IndexedRandom;

use crate::cast;
use crate::span::Span;
use crate::wall_clock::instants;

/// How often an ordinary row is followed by one that overlaps it.
const OVERLAP_EVERY: usize = 61;

/// Exactly `rows` spans of `people` people, some overlapping.
pub(crate) fn spans(zone: &TimeZone, people: usize, rows: usize, random: &mut ChaCha8Rng) -> Vec<Span> {
    let mut spans = Vec::with_capacity(rows);
    let mut day = date(2025, 1, 6);
    while spans.len() < rows {
        for person in 0..people {
            shift(zone, person, day, random, &mut spans);
        }
        day = next_working_day(day);
    }
    spans.truncate(rows);
    spans
}

fn next_working_day(day: Date) -> Date {
    let mut next = day;
    loop {
        next = next.tomorrow().expect("a date within jiff's years");
        if !matches!(next.weekday(), Weekday::Saturday | Weekday::Sunday) {
            return next;
        }
    }
}

/// One person's day: two to four spans, some touching, some with a break between them.
fn shift(zone: &TimeZone, person: usize, day: Date, random: &mut ChaCha8Rng, spans: &mut Vec<Span>) {
    // Every fourth person works nights, every fourth late, the others days.
    let first_hour = [7, 8, 14, 21][person % 4];
    let start = day.at(first_hour, random.random_range(0..60), random.random_range(0..60), 0);
    let mut at = *instants(zone, start).first().expect("no clock changes on a weekday at these hours");
    for _ in 0..random.random_range(2..=4) {
        let end = at + SignedDuration::from_secs(random.random_range(600..9000));
        spans.push(ordinary(person, at, end, random));
        if spans.len().is_multiple_of(OVERLAP_EVERY) {
            spans.push(overlapping(person, at, end));
        }
        let pause = if random.random_ratio(1, 3) { 0 } else { random.random_range(60..2400) };
        at = end + SignedDuration::from_secs(pause);
    }
}

fn ordinary(person: usize, start: Timestamp, end: Timestamp, random: &mut ChaCha8Rng) -> Span {
    let project = random.random_ratio(9, 10).then(|| random.random_range(0..cast::PROJECTS.len()));
    Span {
        project,
        task: cast::TASKS.choose(random).copied().unwrap_or_default(),
        description: cast::NOTES.choose(random).copied().unwrap_or_default().to_owned(),
        tags: cast::TAG_SETS.choose(random).map(|tags| tags.to_vec()).unwrap_or_default(),
        billable: project.is_some_and(|index| cast::PROJECTS[index].rate_cents > 0)
            && random.random_ratio(3, 4),
        ..Span::plain("ordinary", person, start, end)
    }
}

/// A span within `[start, end)`, so that it overlaps that one and no other.
fn overlapping(person: usize, start: Timestamp, end: Timestamp) -> Span {
    let third = SignedDuration::from_secs(end.duration_since(start).as_secs() / 3);
    let mut span = Span::plain("overlaps an ordinary row", person, start + third, end - third);
    span.description = "forgotten second timer".into();
    span
}
