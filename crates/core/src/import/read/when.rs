//! From what the wall clocks showed to instants.

use jiff::civil::DateTime;

use super::{columns::Column, duration::Duration};
use crate::{
    import::RefusalCode,
    time::{Instant, LocalTime, Span, SpanError, Zone},
};

/// The times of one row.
#[derive(Debug, Clone, Copy)]
pub(super) struct LocalSpan {
    pub(super) start: DateTime,
    pub(super) end: Option<DateTime>,
    pub(super) duration: Option<Duration>,
    /// By how many seconds start and end together may have been rounded.
    pub(super) slack: i64,
}

/// What is wrong with the times of a row, and in which column.
pub(super) type Fault = (Column, RefusalCode);

/// Finds the one pair of instants that the row can mean in `zone`. A local time that happened twice is settled by
/// the duration; without one, or where it does not settle it, the row is refused.
pub(super) fn resolve(local: LocalSpan, zone: &Zone) -> Result<(Instant, Instant), Fault> {
    let starts = instants(local.start, zone, Column::StartDate, Column::StartTime)?;
    let Some(end) = local.end else {
        let duration = local.duration.ok_or((Column::EndTime, RefusalCode::MissingEnd))?;
        let start = starts.unique().map_err(|_| (Column::StartTime, RefusalCode::AmbiguousLocalTime))?;
        let end = Instant::from_unix_seconds(start.unix_seconds().saturating_add(duration.seconds))
            .map_err(|_| (Column::Duration, RefusalCode::OutsideYears))?;
        return checked(start, end, Column::Duration);
    };
    let ends = instants(end, zone, Column::EndDate, Column::EndTime)?;
    if let (Ok(start), Ok(end)) = (starts.unique(), ends.unique()) {
        let (start, end) = checked(start, end, Column::EndTime)?;
        return match local.duration {
            Some(duration) if !agrees(local, duration, start, end) => {
                Err((Column::Duration, RefusalCode::DurationMismatch))
            }
            _ => Ok((start, end)),
        };
    }
    let twice = if starts.unique().is_err() { Column::StartTime } else { Column::EndTime };
    let ambiguous = (twice, RefusalCode::AmbiguousLocalTime);
    let duration = local.duration.ok_or(ambiguous)?;
    let mut settled = starts
        .instants()
        .flat_map(|start| ends.instants().map(move |end| (start, end)))
        .filter(|(start, end)| agrees(local, duration, *start, *end));
    match (settled.next(), settled.next()) {
        (Some((start, end)), None) => checked(start, end, Column::EndTime),
        _ => Err(ambiguous),
    }
}

/// Whether `start` to `end` is an entry that can be kept.
pub(super) fn checked(start: Instant, end: Instant, column: Column) -> Result<(Instant, Instant), Fault> {
    match Span::new(start, Some(end)) {
        Ok(_) => Ok((start, end)),
        Err(SpanError::EndBeforeStart) => Err((column, RefusalCode::EndBeforeStart)),
        Err(SpanError::TooLong) => Err((column, RefusalCode::EntryTooLong)),
    }
}

fn agrees(local: LocalSpan, duration: Duration, start: Instant, end: Instant) -> bool {
    (end.seconds_since(start) - duration.seconds).abs() <= local.slack + duration.slack
}

fn instants(local: DateTime, zone: &Zone, date: Column, time: Column) -> Result<LocalTime, Fault> {
    match LocalTime::resolve(local, zone) {
        Err(_) => Err((date, RefusalCode::OutsideYears)),
        Ok(LocalTime::Gap) => Err((time, RefusalCode::NonexistentLocalTime)),
        Ok(found) => Ok(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(start: &str, end: Option<&str>, duration: Option<&str>) -> Result<(i64, i64), RefusalCode> {
        let zone = Zone::named("Europe/Vienna").expect("bundled");
        let local = LocalSpan {
            start: start.parse().expect("a local time"),
            end: end.map(|end| end.parse().expect("a local time")),
            duration: duration.map(|duration| Duration::read(duration).expect("a duration")),
            slack: 1,
        };
        let (start, end) = resolve(local, &zone).map_err(|fault| fault.1)?;
        let midnight = zone.start_of(local.start.date()).expect("in range");
        Ok((start.seconds_since(midnight), end.seconds_since(start)))
    }

    #[test]
    fn nights_have_the_length_they_had() {
        assert_eq!(
            seconds("2026-03-28T22:00", Some("2026-03-29T06:00"), Some("7:00:00")).map(|found| found.1),
            Ok(7 * 3600)
        );
        assert_eq!(
            seconds("2026-10-24T22:00", Some("2026-10-25T06:00"), Some("9:00:00")).map(|found| found.1),
            Ok(9 * 3600)
        );
        assert_eq!(
            seconds("2026-10-24T22:00", Some("2026-10-25T06:00"), Some("8:00:00")),
            Err(RefusalCode::DurationMismatch)
        );
        assert_eq!(seconds("2026-10-24T22:00", None, Some("9:00:00")).map(|found| found.1), Ok(9 * 3600));
    }

    #[test]
    fn a_local_time_that_happened_twice_is_settled_by_the_duration() {
        let (first, second) = (2 * 3600 + 1800, 3 * 3600 + 1800);
        let day = |start, end, duration| {
            seconds(&format!("2026-10-25T{start}"), Some(&format!("2026-10-25T{end}")), duration)
        };
        assert_eq!(day("02:30", "03:30", Some("2:00:00")), Ok((first, 7200)));
        assert_eq!(day("02:30", "03:30", Some("1:00:00")), Ok((second, 3600)));
        assert_eq!(day("02:30", "02:30", Some("1:00:00")), Ok((first, 3600)));
        assert_eq!(day("02:30", "02:10", Some("0:40:00")), Ok((first, 2400)));
        // Both 02:00 to 02:30 fit: before the change and after it.
        assert_eq!(day("02:00", "02:30", Some("0:30:00")), Err(RefusalCode::AmbiguousLocalTime));
        assert_eq!(day("02:30", "03:30", Some("1:30:00")), Err(RefusalCode::AmbiguousLocalTime));
        assert_eq!(day("02:30", "03:30", None), Err(RefusalCode::AmbiguousLocalTime));
        assert_eq!(seconds("2026-10-25T02:30", None, Some("1:00:00")), Err(RefusalCode::AmbiguousLocalTime));
    }

    #[test]
    fn times_that_cannot_be_are_refused() {
        let refused = |start, end, duration| seconds(start, end, duration).expect_err("refused");
        assert_eq!(
            refused("2026-03-29T02:30", Some("2026-03-29T04:00"), None),
            RefusalCode::NonexistentLocalTime
        );
        assert_eq!(refused("2026-01-02T09:00", Some("2026-01-02T08:00"), None), RefusalCode::EndBeforeStart);
        assert_eq!(refused("2026-01-01T00:00", Some("2026-02-01T00:00:01"), None), RefusalCode::EntryTooLong);
        assert_eq!(refused("2026-01-01T00:00", None, Some("999999999:00:00")), RefusalCode::OutsideYears);
        assert_eq!(refused("1999-01-01T00:00", None, Some("1:00:00")), RefusalCode::OutsideYears);
        assert_eq!(refused("2026-01-01T00:00", None, None), RefusalCode::MissingEnd);
        assert_eq!(seconds("2026-01-01T00:00", Some("2026-01-01T00:00"), Some("0:00:00")), Ok((0, 0)));
    }
}
