//! From a record to a row.

use std::borrow::Cow;

use csv::StringRecord;

use super::{
    columns::{Column, Columns},
    conventions::Conventions,
    names::Names,
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
    pub(super) column: Option<Column>,
    pub(super) code: RefusalCode,
    pub(super) detail: Cow<'static, str>,
}

pub(super) type Read<T> = Result<T, Fault>;

pub(super) fn fault<T>(column: Column, code: RefusalCode, detail: impl Into<Cow<'static, str>>) -> Read<T> {
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
        self.expect_work(record)?;
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

    /// Clockify exports breaks and absences beside the work, and neither counts as work.
    fn expect_work(&self, record: &StringRecord) -> Read<()> {
        match self.columns.cell(record, Column::Kind).to_ascii_lowercase().as_str() {
            "break" => fault(
                Column::Kind,
                RefusalCode::Break,
                "a break is not work, so it does not come in; nothing has to be done",
            ),
            "holiday" | "time off" | "time_off" => fault(
                Column::Kind,
                RefusalCode::Absence,
                "a holiday or time off is not work, so it does not come in; nothing has to be done",
            ),
            _ => Ok(()),
        }
    }

    /// A cell of free text; what our own export neutralised is restored.
    fn text<'r>(&self, record: &'r StringRecord, column: Column) -> &'r str {
        let raw = self.columns.raw(record, column);
        if self.columns.source == ImportSource::Vibesheets { restored(raw) } else { raw }
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
        InvalidText::Invisible => RefusalCode::InvisibleText,
        InvalidText::DirectionOverride(_) => RefusalCode::DirectionOverride,
        InvalidText::NotAnEmail => RefusalCode::InvalidEmail,
    };
    Fault { column: Some(column), code, detail: error.to_string().into() }
}
