//! What a clock on the wall shows, and which instants it may have meant.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp};

/// The zone of this name in the bundled data; the machine's own zone data is never read.
///
/// # Panics
/// Where the bundled data has no such zone: names come from the tables of this package.
pub(crate) fn zone(name: &str) -> TimeZone {
    TimeZoneDatabase::bundled().get(name).expect("a zone of the bundled data")
}

/// Every instant at which a clock in `zone` shows `local`, ascending: none in a gap, two in a fold.
pub(crate) fn instants(zone: &TimeZone, local: DateTime) -> Vec<Timestamp> {
    let at = |offset: Offset| offset.to_timestamp(local).expect("a date within jiff's years");
    match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => vec![at(offset)],
        AmbiguousOffset::Gap { .. } => Vec::new(),
        AmbiguousOffset::Fold { before, after } => vec![at(before), at(after)],
    }
}

/// What the row of an export shows about one span.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown {
    pub(crate) start: DateTime,
    pub(crate) end: Option<DateTime>,
    pub(crate) seconds: i64,
}

/// Every pair of instants that agrees with all that is shown.
pub(crate) fn readings(zone: &TimeZone, shown: Shown) -> Vec<(Timestamp, Timestamp)> {
    let length = SignedDuration::from_secs(shown.seconds);
    let mut found = Vec::new();
    for start in instants(zone, shown.start) {
        let end = start + length;
        let agrees = shown.end.is_none_or(|local| instants(zone, local).contains(&end));
        if agrees {
            found.push((start, end));
        }
    }
    found
}

/// A night on which the clock changes: the instant, and by how much it jumps ahead (negative: back).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Change {
    pub(crate) at: Timestamp,
    pub(crate) ahead: SignedDuration,
}

/// The changes of the clock in a civil year, in order.
pub(crate) fn changes(zone: &TimeZone, year: i16) -> Vec<Change> {
    let first = |year| {
        Offset::UTC.to_timestamp(jiff::civil::date(year, 1, 1).at(0, 0, 0, 0)).expect("a year in range")
    };
    let (from, until) = (first(year), first(year + 1));
    zone.following(from)
        .take_while(|change| change.timestamp() < until)
        .map(|change| {
            let at = change.timestamp();
            let before = zone.to_offset(at - SignedDuration::from_secs(1));
            Change {
                at,
                ahead: SignedDuration::from_secs(i64::from(change.offset().seconds() - before.seconds())),
            }
        })
        .collect()
}
