//! From a record to a row.

use std::borrow::Cow;

use csv::StringRecord;
use jiff::civil::DateTime;

use super::{
    columns::{Column, Columns},
    conventions::{Conventions, written_duration},
    date::DateCell,
    duration::Duration,
    names::Names,
    time_of_day::TimeCell,
    when::{self, LocalSpan},
};
use crate::{
    EntryId, InvalidText, Label, Labels, Note,
    import::{ImportSource, RefusalCode, RowRefusal},
    spreadsheet::restored,
    time::{Instant, Zone},
};

/// One row that can be read. People, projects and tags are places in the file's lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedRow {
    /// The physical line that it begins on, from 1.
    pub line: u64,
    /// Whose time.
    pub person: u32,
    /// What it was spent on.
    pub project: Option<u32>,
    /// The first second.
    pub start: Instant,
    /// The first second no longer in it.
    pub end: Instant,
    /// Where the clock stood.
    pub time_zone: Zone,
    /// The task and the description.
    pub note: Note,
    /// Its labels.
    pub tags: Box<[u32]>,
    /// Whether somebody pays; `None` where the file does not say.
    pub billable: Option<bool>,
    /// The entry that our own export names.
    pub entry: Option<EntryId>,
}

/// What is wrong with a row: the column, the code and the words.
#[derive(Debug)]
pub(super) struct Fault {
    column: Option<Column>,
    code: RefusalCode,
    detail: Cow<'static, str>,
}

type Read<T> = Result<T, Fault>;

fn fault<T>(column: Column, code: RefusalCode, detail: impl Into<Cow<'static, str>>) -> Read<T> {
    Err(Fault { column: Some(column), code, detail: detail.into() })
}

/// Reads the records of one file.
pub(super) struct RowReader<'a> {
    pub(super) columns: &'a Columns,
    pub(super) conventions: Conventions,
    pub(super) time_zone: &'a Zone,
}

impl RowReader<'_> {
    /// The row, or why it is none.
    pub(super) fn read(
        &self,
        line: u64,
        record: &StringRecord,
        names: &mut Names,
    ) -> Result<ParsedRow, RowRefusal> {
        self.row(line, record, names).map_err(|Fault { column, code, detail }| RowRefusal {
            line,
            column: column.and_then(|column| self.columns.name(column)).map(str::to_owned),
            code,
            detail: detail.into_owned(),
            value: column
                .filter(|column| self.columns.has(*column))
                .map(|column| RowRefusal::shortened(self.columns.raw(record, column))),
        })
    }

    fn row(&self, line: u64, record: &StringRecord, names: &mut Names) -> Read<ParsedRow> {
        if record.iter().skip(self.columns.width).any(|cell| !cell.trim().is_empty()) {
            let detail =
                format!("the row has {} cells and the header only {}", record.len(), self.columns.width);
            return Err(Fault { column: None, code: RefusalCode::TooManyCells, detail: detail.into() });
        }
        let (start, end, time_zone) = self.times(record)?;
        let text = |column| self.text(record, column);
        Ok(ParsedRow {
            line,
            person: names
                .person(text(Column::Person), text(Column::Email))
                .map_err(|(column, error)| text_fault(column, error))?,
            project: names
                .project(text(Column::Client), text(Column::Project))
                .map_err(|(column, error)| text_fault(column, error))?,
            start,
            end,
            time_zone,
            note: self.note(record)?,
            tags: self.tags(record, names)?,
            billable: self.billable(record)?,
            entry: text(Column::Entry).trim().parse().ok(),
        })
    }

    /// A cell of free text; what our own export neutralised is restored.
    fn text<'r>(&self, record: &'r StringRecord, column: Column) -> &'r str {
        let raw = self.columns.raw(record, column);
        if self.columns.source == ImportSource::Vibesheets { restored(raw) } else { raw }
    }

    fn times(&self, record: &StringRecord) -> Read<(Instant, Instant, Zone)> {
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

    /// A task stands before the description, as `Task: description`.
    fn note(&self, record: &StringRecord) -> Read<Note> {
        let part = |column| Note::new(self.text(record, column)).map_err(|error| text_fault(column, error));
        let (task, description) = (part(Column::Task)?, part(Column::Note)?);
        match (task.is_empty(), description.is_empty()) {
            (true, _) => Ok(description),
            (false, true) => Ok(task),
            (false, false) => {
                Note::new(&format!("{task}: {description}")).map_err(|error| text_fault(Column::Note, error))
            }
        }
    }

    fn tags(&self, record: &StringRecord, names: &mut Names) -> Read<Box<[u32]>> {
        let mut labels = Vec::new();
        let escapes = self.columns.source == ImportSource::Vibesheets;
        for tag in split_tags(self.text(record, Column::Tags), escapes) {
            labels.push(Label::new(&tag).map_err(|error| text_fault(Column::Tags, error))?);
        }
        let too_many = labels.len() >= MOST_TAGS_READ;
        let Some(labels) = Labels::new(labels).ok().filter(|_| !too_many) else {
            return fault(
                Column::Tags,
                RefusalCode::TooManyTags,
                format!("an entry carries at most {} tags", Labels::MOST),
            );
        };
        Ok(labels.as_slice().iter().map(|label| names.tag(label)).collect())
    }

    fn billable(&self, record: &StringRecord) -> Read<Option<bool>> {
        match self.columns.cell(record, Column::Billable).to_ascii_lowercase().as_str() {
            "" => Ok(None),
            "yes" | "true" | "1" => Ok(Some(true)),
            "no" | "false" | "0" => Ok(Some(false)),
            _ => fault(Column::Billable, RefusalCode::InvalidBillable, "neither Yes nor No"),
        }
    }
}

/// Tags after which a cell is not read on: more than an entry carries, however often each is repeated.
const MOST_TAGS_READ: usize = 10 * Labels::MOST;

/// The tags of one cell. Our own export puts a backslash before a comma or backslash that belongs to a tag.
fn split_tags(cell: &str, escapes: bool) -> Vec<String> {
    let mut tags = vec![String::new()];
    let mut characters = cell.chars();
    while let Some(character) = characters.next().filter(|_| tags.len() <= MOST_TAGS_READ) {
        let kept = match character {
            ',' => {
                tags.push(String::new());
                continue;
            }
            '\\' if escapes => characters.next().unwrap_or('\\'),
            other => other,
        };
        if let Some(tag) = tags.last_mut() {
            tag.push(kept);
        }
    }
    tags.retain(|tag| !tag.trim().is_empty());
    tags
}

fn text_fault(column: Column, error: InvalidText) -> Fault {
    let code = match &error {
        InvalidText::Empty => RefusalCode::MissingValue,
        InvalidText::TooLong(_) => RefusalCode::TextTooLong,
        InvalidText::ControlCharacter(_) => RefusalCode::ControlCharacter,
        InvalidText::NotAnEmail => RefusalCode::InvalidEmail,
    };
    Fault { column: Some(column), code, detail: error.to_string().into() }
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
