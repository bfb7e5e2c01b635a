//! The times of a record.

use csv::StringRecord;
use jiff::civil::DateTime;

use super::{
    columns::Column,
    conventions::written_duration,
    date::DateCell,
    duration::Duration,
    row::{Fault, Read, RowReader, fault},
    time_of_day::TimeCell,
    when::{self, LocalSpan},
};
use crate::{
    import::{ImportSource, RefusalCode},
    time::{Instant, Zone},
};

impl RowReader<'_> {
    pub(super) fn times(&self, record: &StringRecord) -> Read<(Instant, Instant, Zone)> {
        if self.columns.source == ImportSource::Vibesheets {
            return self.exported_times(record);
        }
        let Some((start, slack)) = self.local(record, Column::StartDate, Column::StartTime)? else {
            let empty = self.columns.cell(record, Column::StartDate).is_empty();
            let column = if empty { Column::StartDate } else { Column::StartTime };
            return fault(column, RefusalCode::MissingValue, "the row does not say when it starts");
        };
        let end = self.local(record, Column::EndDate, Column::EndTime)?;
        let local = LocalSpan {
            start,
            end: end.map(|(end, _)| end),
            duration: self.duration(record)?,
            slack: slack.max(end.map_or(0, |(_, slack)| slack)),
        };
        let (start, end) = when::resolve(local, self.time_zone)
            .map_err(|(column, code)| self.time_fault(record, column, code))?;
        Ok((start, end, self.time_zone.clone()))
    }

    /// A local time and by how many seconds it may have been rounded; `None` where date or time is empty.
    fn local(&self, record: &StringRecord, date: Column, time: Column) -> Read<Option<(DateTime, i64)>> {
        let (date_text, time_text) = (self.columns.cell(record, date), self.columns.cell(record, time));
        if date_text.is_empty() || time_text.is_empty() {
            return Ok(None);
        }
        let Some(date_cell) = DateCell::read(date_text) else {
            return fault(
                date,
                RefusalCode::InvalidDate,
                "not a date such as 2024-12-31, 12/31/2024 or 31.12.2024",
            );
        };
        let order = self.conventions.date_order;
        let Some(day) = date_cell.in_order(order) else {
            let detail = format!("no calendar has this date in the file's order ({})", order.as_str());
            return fault(date, RefusalCode::ImpossibleDate, detail);
        };
        let Some(time_cell) = TimeCell::read(time_text) else {
            return fault(time, RefusalCode::InvalidTime, "not a time such as 17:30, 17:30:00 or 5:30 PM");
        };
        match time_cell.time(self.conventions.times_are_marked) {
            Ok(time) => Ok(Some((day.to_datetime(time), if time_cell.has_seconds { 1 } else { 59 }))),
            Err(RefusalCode::AmbiguousTime) => fault(
                time,
                RefusalCode::AmbiguousTime,
                "AM and PM stand elsewhere in this file but not here; add which it is",
            ),
            Err(code) => fault(time, code, "no clock shows this time"),
        }
    }

    fn duration(&self, record: &StringRecord) -> Read<Option<Duration>> {
        let duration = written_duration(self.columns, record);
        let written = [Column::Duration, Column::DurationDecimal]
            .into_iter()
            .find(|column| !self.columns.cell(record, *column).is_empty());
        match (duration, written) {
            (None, Some(column)) => {
                fault(column, RefusalCode::InvalidDuration, "not a duration such as 1:30:00 or 1.5 hours")
            }
            (duration, _) => Ok(duration),
        }
    }

    fn exported_times(&self, record: &StringRecord) -> Read<(Instant, Instant, Zone)> {
        let instant = |column| {
            let text = self.columns.cell(record, column);
            match (Instant::parse_rfc_3339(text), text.parse::<jiff::Timestamp>()) {
                (Ok(instant), _) => Ok(instant),
                (Err(_), Ok(_)) => fault(column, RefusalCode::OutsideYears, words(RefusalCode::OutsideYears)),
                (Err(_), Err(_)) => fault(
                    column,
                    RefusalCode::InvalidInstant,
                    "not a time with an offset such as 2024-12-31T17:30:00+01:00",
                ),
            }
        };
        let Ok(zone) = Zone::named(self.columns.cell(record, Column::TimeZone)) else {
            return fault(
                Column::TimeZone,
                RefusalCode::InvalidTimeZone,
                "not a time zone such as Europe/Vienna",
            );
        };
        if self.columns.cell(record, Column::End).is_empty() {
            return fault(Column::End, RefusalCode::MissingEnd, words(RefusalCode::MissingEnd));
        }
        let (start, end) = when::checked(instant(Column::Start)?, instant(Column::End)?, Column::End)
            .map_err(|(column, code)| self.time_fault(record, column, code))?;
        let seconds = self.columns.cell(record, Column::Seconds);
        match Duration::whole_seconds(seconds) {
            _ if seconds.is_empty() => Ok((start, end, zone)),
            None => fault(Column::Seconds, RefusalCode::InvalidDuration, "not a whole number of seconds"),
            Some(duration) if duration.seconds != end.seconds_since(start) => {
                fault(Column::Seconds, RefusalCode::DurationMismatch, words(RefusalCode::DurationMismatch))
            }
            Some(_) => Ok((start, end, zone)),
        }
    }

    /// Names the column that is really there: a duration may stand in either of two.
    fn time_fault(&self, record: &StringRecord, column: Column, code: RefusalCode) -> Fault {
        let column = match column {
            Column::Duration if self.columns.cell(record, Column::Duration).is_empty() => {
                Column::DurationDecimal
            }
            Column::EndTime if !self.columns.has(Column::EndTime) => Column::Duration,
            column => column,
        };
        Fault { column: Some(column), code, detail: words(code).into() }
    }
}

const fn words(code: RefusalCode) -> &'static str {
    match code {
        RefusalCode::MissingEnd => {
            "the row has neither an end nor a duration; stop the timer and export again"
        }
        RefusalCode::NonexistentLocalTime => {
            "the clocks jumped over this time; there was no such time on that day in the zone that was named"
        }
        RefusalCode::AmbiguousLocalTime => {
            "this time happened twice on that day, and the duration does not settle which is meant"
        }
        RefusalCode::DurationMismatch => {
            "the duration is not the time from start to end; check the time zone too"
        }
        RefusalCode::EndBeforeStart => "the end lies before the start",
        RefusalCode::EntryTooLong => "an entry is at most 31 days long",
        RefusalCode::OutsideYears => "the time must lie between 2000-01-01 and 2199-12-31",
        _ => "the row cannot be read",
    }
}
