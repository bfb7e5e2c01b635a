//! Rows that are in every file on purpose: one small island of time for each thing that goes wrong.
//!
//! All islands lie between 2022 and 2024, where no ordinary week is (`routine` starts in 2025), and
//! no two islands of one person touch each other, except where that is the point.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::cast;
use crate::span::Span;
use crate::wall_clock::{changes, instants};

mod clock_changes;
mod notes;
mod overlaps;

const ZOE: usize = 0;
const SEAN: usize = 1;
const ANNA: usize = 2;
const MARYAM: usize = 3;
const NACHO: usize = 4;
const LEE: usize = 5;
const ALEX: usize = 6;
const OTHER_ALEX: usize = 7;

/// Makes spans on the wall clock of one zone.
struct Planter<'zone> {
    zone: &'zone TimeZone,
    spans: Vec<Span>,
}

impl Planter<'_> {
    /// A span whose civil times, written `2024-02-29T08:00`, each occur exactly once.
    fn local(&mut self, case: &'static str, person: usize, start: &str, end: &str) -> &mut Span {
        let (start, end) = (self.instant(start), self.instant(end));
        self.exact(case, person, start, end)
    }

    fn exact(&mut self, case: &'static str, person: usize, start: Timestamp, end: Timestamp) -> &mut Span {
        let mut span = Span::plain(case, person, start, end);
        let number = self.spans.len();
        span.project = Some(number % cast::PROJECTS.len());
        span.billable = number.is_multiple_of(3);
        self.spans.push(span);
        self.spans.last_mut().expect("one was pushed")
    }

    fn instant(&self, local: &str) -> Timestamp {
        let civil = local.parse().expect("a civil time of this package");
        match instants(self.zone, civil)[..] {
            [only] => only,
            _ => panic!("{local} is not one instant in {:?}", self.zone.iana_name()),
        }
    }
}

/// Every planted span, on the wall clock of `zone`.
pub(crate) fn spans(zone: &TimeZone, line_breaks: bool) -> Vec<Span> {
    let mut planter = Planter { zone, spans: Vec::new() };
    lengths(&mut planter);
    edges_of_days(&mut planter);
    overlaps::plant(&mut planter);
    clock_changes::plant(&mut planter);
    notes::plant(&mut planter, line_breaks);
    planter.spans
}

fn lengths(planter: &mut Planter) {
    planter.local("zero length", ZOE, "2024-06-03T12:00", "2024-06-03T12:00");
    planter.local("around a zero length", SEAN, "2024-06-03T08:00", "2024-06-03T12:00");
    planter.local("zero length inside another", SEAN, "2024-06-03T10:00", "2024-06-03T10:00");
    for _ in 0..2 {
        planter
            .local("one of two equal zero lengths", ANNA, "2024-06-03T09:00", "2024-06-03T09:00")
            .description = "double click".into();
    }
    planter.local("touching, first", MARYAM, "2024-06-03T08:00", "2024-06-03T12:00");
    planter.local("touching, second", MARYAM, "2024-06-03T12:00", "2024-06-03T12:30");
    planter.local("touching, third", MARYAM, "2024-06-03T12:30", "2024-06-03T16:00");
    planter.local("one second", NACHO, "2024-06-03T08:00", "2024-06-03T08:00:01");
    planter.local("over 24 h", LEE, "2024-03-05T09:00", "2024-03-06T11:30:17");
    planter.local("over 48 h", ALEX, "2024-03-05T09:00", "2024-03-07T10:00:01");
    planter.local("exactly 24 h", NACHO, "2024-03-12T07:15", "2024-03-13T07:15");
    planter.local("forgotten timer of 300 h", OTHER_ALEX, "2024-05-06T08:00", "2024-05-18T20:00");
}

fn edges_of_days(planter: &mut Planter) {
    planter.local("leap day", ZOE, "2024-02-29T08:00", "2024-02-29T16:30");
    planter.local("into leap day", SEAN, "2024-02-28T22:00", "2024-02-29T06:00");
    planter.local("out of leap day", ANNA, "2024-02-29T22:00", "2024-03-01T06:00");
    planter.local("over the year's end", MARYAM, "2023-12-31T22:00", "2024-01-01T06:00");
    planter.local("ends at midnight", NACHO, "2024-06-04T18:00", "2024-06-05T00:00");
    planter.local("starts at midnight, touching", NACHO, "2024-06-05T00:00", "2024-06-05T02:00");
    planter.local("over midnight by a second", LEE, "2024-06-04T23:59:59", "2024-06-05T00:00:01");
    planter.local("the hour before noon", ALEX, "2024-06-04T11:59:59", "2024-06-04T12:00");
    planter.local("the hour after noon", ALEX, "2024-06-04T12:00", "2024-06-04T12:59:59");
    planter.local("the hour after midnight", ALEX, "2024-06-05T00:00", "2024-06-05T00:59:59");
    planter.local("night shift", OTHER_ALEX, "2024-06-04T22:00", "2024-06-05T06:00");
    planter.local("a week of nights, first", OTHER_ALEX, "2024-06-05T22:00", "2024-06-06T06:00");
    planter.local("a week of nights, second", OTHER_ALEX, "2024-06-06T22:00", "2024-06-07T06:00");
    for person in [ZOE, SEAN, ANNA] {
        let same = planter.local("same row, another person", person, "2024-06-10T09:00", "2024-06-10T10:00");
        same.description = "Jour fixe".into();
        same.project = Some(0);
    }
    for (start, end) in [("2024-06-11T09:00", "2024-06-11T10:00"), ("2024-06-12T09:00", "2024-06-12T10:00")] {
        let same = planter.local("same row, another day", ZOE, start, end);
        same.description = "Jour fixe".into();
        same.project = Some(0);
    }
}
