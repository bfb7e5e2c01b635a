//! The columns that are read, by every name that tools give them.

use csv::StringRecord;

use super::records::Records;
use crate::import::{Delimiter, FileRefusal, ImportSource, RefusalCode};

/// A column that is read. All others are passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Person,
    Email,
    Client,
    Project,
    Task,
    Note,
    Billable,
    Tags,
    Kind,
    StartDate,
    StartTime,
    EndDate,
    EndTime,
    Duration,
    DurationDecimal,
    Start,
    End,
    TimeZone,
    Seconds,
    Entry,
}

const COUNT: usize = Column::Entry as usize + 1;

/// Lower-case header names. `Activity` is what some Clockify workspaces call a task.
const NAMES: [(&str, Column); 25] = [
    ("user", Column::Person),
    ("member", Column::Person),
    ("email", Column::Email),
    ("e-mail", Column::Email),
    ("client", Column::Client),
    ("project", Column::Project),
    ("task", Column::Task),
    ("activity", Column::Task),
    ("description", Column::Note),
    ("note", Column::Note),
    ("billable", Column::Billable),
    ("tags", Column::Tags),
    ("type", Column::Kind),
    ("start date", Column::StartDate),
    ("start time", Column::StartTime),
    ("end date", Column::EndDate),
    ("end time", Column::EndTime),
    ("duration", Column::Duration),
    ("duration (h)", Column::Duration),
    ("duration (decimal)", Column::DurationDecimal),
    ("start", Column::Start),
    ("end", Column::End),
    ("time zone", Column::TimeZone),
    ("seconds", Column::Seconds),
    ("entry", Column::Entry),
];

/// Columns that Clockify writes and Toggl does not, whole or as the beginning of the name.
const ONLY_CLOCKIFY: [&str; 9] = [
    "duration (h)",
    "duration (decimal)",
    "group",
    "activity",
    "approval",
    "type",
    "invoice",
    "billable rate",
    "billable amount",
];

/// A header with so many columns is no tool's.
const MOST_COLUMNS: usize = 1_000;

/// Where the columns stand in this file, and what wrote it.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) source: ImportSource,
    pub(super) delimiter: Delimiter,
    /// How many columns the header has.
    pub(super) width: usize,
    places: [Option<usize>; COUNT],
    names: Vec<String>,
}

impl Columns {
    /// Finds the delimiter, the tool and the columns from the header of `text`.
    pub(super) fn find(text: &str, source: Option<ImportSource>) -> Result<Self, FileRefusal> {
        let headers = Delimiter::ALL.into_iter().filter_map(|delimiter| {
            let mut records = Records::new(text, delimiter);
            let (line, record) = records.next()?;
            let names: Vec<String> =
                record.iter().take(MOST_COLUMNS).map(|name| name.trim().to_owned()).collect();
            Some((names.iter().filter(|name| column_of(name).is_some()).count(), line, delimiter, names))
        });
        // Of equals the first: the likeliest delimiter.
        let Some((known, line, delimiter, names)) = headers.rev().max_by_key(|header| header.0) else {
            return Err(FileRefusal::new(
                RefusalCode::EmptyFile,
                None,
                "the file is empty; it needs a header and rows",
            ));
        };
        if known == 0 {
            return Err(unknown_format(line));
        }
        let places = places(&names, line)?;
        let has = |column: Column| places[column as usize].is_some();
        let source = match source {
            Some(source) => source,
            None if has(Column::Start) && has(Column::End) && has(Column::TimeZone) => {
                ImportSource::Vibesheets
            }
            None if has(Column::StartDate) && names.iter().any(|name| is_only_clockify(name)) => {
                ImportSource::Clockify
            }
            None if has(Column::StartDate) || has(Column::StartTime) => ImportSource::Toggl,
            None => return Err(unknown_format(line)),
        };
        if names.len() == MOST_COLUMNS {
            return Err(unknown_format(line));
        }
        let columns = Self { source, delimiter, width: names.len(), places, names };
        columns.expect_all_needed(line)?;
        Ok(columns)
    }

    fn expect_all_needed(&self, line: u64) -> Result<(), FileRefusal> {
        let end: &[Column] = if self.has(Column::EndDate) {
            &[Column::EndTime, Column::Duration, Column::DurationDecimal]
        } else {
            &[Column::Duration, Column::DurationDecimal]
        };
        let needed: &[(&[Column], &str)] = match self.source {
            ImportSource::Vibesheets => &[
                (&[Column::Person, Column::Email], "“Member” or “Email”"),
                (&[Column::Start], "“Start”"),
                (&[Column::End], "“End”"),
                (&[Column::TimeZone], "“Time zone”"),
            ],
            ImportSource::Toggl | ImportSource::Clockify => &[
                (&[Column::Person, Column::Email], "“User” or “Email”"),
                (&[Column::StartDate], "“Start date”"),
                (&[Column::StartTime], "“Start time”"),
                (end, "“Duration”, nor both “End date” and “End time”"),
            ],
        };
        let missing = needed.iter().find(|(any_of, _)| !any_of.iter().any(|column| self.has(*column)));
        match missing {
            None => Ok(()),
            Some((_, name)) => Err(FileRefusal::new(
                RefusalCode::MissingColumn,
                Some(line),
                format!("the header has no column {name}; export the detailed report with all its columns"),
            )),
        }
    }

    pub(super) const fn has(&self, column: Column) -> bool {
        self.places[column as usize].is_some()
    }

    /// What the header calls it.
    pub(super) fn name(&self, column: Column) -> Option<&str> {
        self.places[column as usize].map(|place| self.names[place].as_str())
    }

    /// The cell as it stands; empty where the column or the cell is missing.
    pub(super) fn raw<'r>(&self, record: &'r StringRecord, column: Column) -> &'r str {
        self.places[column as usize].and_then(|place| record.get(place)).unwrap_or_default()
    }

    /// The cell without white space around it.
    pub(super) fn cell<'r>(&self, record: &'r StringRecord, column: Column) -> &'r str {
        self.raw(record, column).trim()
    }
}

fn column_of(name: &str) -> Option<Column> {
    NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, column)| *column)
}

fn is_only_clockify(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ONLY_CLOCKIFY.iter().any(|known| name.starts_with(known))
}

fn places(names: &[String], line: u64) -> Result<[Option<usize>; COUNT], FileRefusal> {
    let mut places = [None; COUNT];
    for (place, name) in names.iter().enumerate() {
        let Some(column) = column_of(name) else { continue };
        if let Some(first) = places[column as usize].replace(place) {
            let first: &String = &names[first];
            return Err(FileRefusal {
                code: RefusalCode::DuplicateColumn,
                line: Some(line),
                column: Some(name.clone()),
                detail: format!("“{first}” and “{name}” are the same column; remove or rename one of them"),
            });
        }
    }
    Ok(places)
}

fn unknown_format(line: u64) -> FileRefusal {
    FileRefusal::new(
        RefusalCode::UnknownFormat,
        Some(line),
        "this is not the header of a detailed CSV report of Toggl Track or Clockify, nor of our own export",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(header: &str) -> Result<(ImportSource, Delimiter), RefusalCode> {
        Columns::find(header, None)
            .map(|columns| (columns.source, columns.delimiter))
            .map_err(|error| error.code)
    }

    #[test]
    fn the_header_tells_tool_and_delimiter() {
        use ImportSource::{Clockify, Toggl, Vibesheets};
        let toggl = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags,Amount (EUR)";
        assert_eq!(found(toggl), Ok((Toggl, Delimiter::Comma)));
        assert_eq!(found("tags;DURATION;start time;start DATE;user"), Ok((Toggl, Delimiter::Semicolon)));
        let clockify =
            "\"Project\"\t\"Activity\"\t\"User\"\t\"Start Date\"\t\"Start Time\"\t\"Duration (h)\"";
        assert_eq!(found(clockify), Ok((Clockify, Delimiter::Tab)));
        let own = "Member,Email,Client,Project,Note,Tags,Billable,Start,End,Time zone,Work date,Seconds,Source,Entry";
        assert_eq!(found(own), Ok((Vibesheets, Delimiter::Comma)));
    }

    #[test]
    fn a_header_that_does_not_suffice_is_refused() {
        assert_eq!(found(""), Err(RefusalCode::EmptyFile));
        assert_eq!(found("Name,Age"), Err(RefusalCode::UnknownFormat));
        assert_eq!(found("Project,Note"), Err(RefusalCode::UnknownFormat));
        assert_eq!(found("User,Start date,Duration"), Err(RefusalCode::MissingColumn));
        assert_eq!(found("Email,Start date,Start time,End date"), Err(RefusalCode::MissingColumn));
        assert_eq!(found("Email,Start date,Start time,End time"), Err(RefusalCode::MissingColumn));
        assert_eq!(found("User,user,Start date,Start time,Duration"), Err(RefusalCode::DuplicateColumn));
    }
}
