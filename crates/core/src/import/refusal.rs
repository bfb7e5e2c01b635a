//! Why a file or one of its rows does not come in: where, what was found, what to do.

use std::fmt;

use serde::Serialize;

macro_rules! refusal_codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)+) => {
        /// What is wrong, in one word that never changes; `docs/IMPORT.md` explains each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum RefusalCode {
            $($(#[$doc])* $name,)+
        }

        impl RefusalCode {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The code as it is written.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)+
                }
            }
        }
    };
}

refusal_codes! {
    /// File: not UTF-8.
    NotUtf8 = "not_utf8",
    /// File: larger than [`crate::actions::import::LARGEST_FILE`].
    TooLarge = "too_large",
    /// File: no header.
    EmptyFile = "empty_file",
    /// File: the header is of no tool that is known.
    UnknownFormat = "unknown_format",
    /// File: the header lacks a column that is needed.
    MissingColumn = "missing_column",
    /// File: the header has a column that is needed twice.
    DuplicateColumn = "duplicate_column",
    /// File: a quoted cell does not end, or goes on after its closing quote.
    UnbalancedQuotes = "unbalanced_quotes",
    /// File: every date could be read in two orders.
    AmbiguousDateOrder = "ambiguous_date_order",
    /// File: some dates fit one order only, some the other only.
    MixedDateOrders = "mixed_date_orders",
    /// File: more new people, projects, clients and tags than one import may make.
    TooManyNew = "too_many_new",
    /// File: rows of more people than one import may have.
    TooManyMembers = "too_many_members",
    /// Row: more cells than the header has columns.
    TooManyCells = "too_many_cells",
    /// Row: a cell that is needed is empty.
    MissingValue = "missing_value",
    /// Row: neither an end nor a duration.
    MissingEnd = "missing_end",
    /// Row: not a date.
    InvalidDate = "invalid_date",
    /// Row: a date that no calendar has, such as 13/15/2024.
    ImpossibleDate = "impossible_date",
    /// Row: not a time of day.
    InvalidTime = "invalid_time",
    /// Row: a time that no clock shows, such as 25:00 or 13:00 PM.
    ImpossibleTime = "impossible_time",
    /// Row: without AM or PM in a file that has them elsewhere.
    AmbiguousTime = "ambiguous_time",
    /// Row: not a duration.
    InvalidDuration = "invalid_duration",
    /// Row: not a time with an offset (our own export).
    InvalidInstant = "invalid_instant",
    /// Row: not a time zone (our own export).
    InvalidTimeZone = "invalid_time_zone",
    /// Row: the clocks jumped over this time.
    NonexistentLocalTime = "nonexistent_local_time",
    /// Row: this time happened twice, and the duration does not settle which is meant.
    AmbiguousLocalTime = "ambiguous_local_time",
    /// Row: end minus start is not the duration.
    DurationMismatch = "duration_mismatch",
    /// Row: the end lies before the start.
    EndBeforeStart = "end_before_start",
    /// Row: longer than 31 days.
    EntryTooLong = "entry_too_long",
    /// Row: outside the years 2000 to 2199.
    OutsideYears = "outside_years",
    /// Row: a control character in a text.
    ControlCharacter = "control_character",
    /// Row: a name or a tag in which nothing can be seen.
    InvisibleText = "invisible_text",
    /// Row: a name or a tag that turns the direction of what is shown after it.
    DirectionOverride = "direction_override",
    /// Row: a text is too long.
    TextTooLong = "text_too_long",
    /// Row: more tags than an entry carries.
    TooManyTags = "too_many_tags",
    /// Row: not an e-mail address.
    InvalidEmail = "invalid_email",
    /// Row: neither yes nor no.
    InvalidBillable = "invalid_billable",
    /// Row: a break, which Clockify exports beside the work.
    Break = "break",
    /// Row: a holiday or time off, which Clockify exports beside the work.
    Absence = "absence",
    /// Row: several members have this name, and the row has no e-mail address.
    AmbiguousMember = "ambiguous_member",
}

impl Serialize for RefusalCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Why nothing of a file can be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct FileRefusal {
    /// What is wrong.
    pub code: RefusalCode,
    /// The line, from 1.
    pub line: Option<u64>,
    /// The column, as the header calls it.
    pub column: Option<String>,
    /// What was found and what to do.
    pub detail: String,
}

impl FileRefusal {
    pub(super) fn new(code: RefusalCode, line: Option<u64>, detail: impl Into<String>) -> Self {
        Self { code, line, column: None, detail: detail.into() }
    }

    /// The import option that could mend it, as a JSON pointer; empty where none could.
    pub const fn pointer(&self) -> &'static str {
        match self.code {
            RefusalCode::AmbiguousDateOrder | RefusalCode::MixedDateOrders => "/date_order",
            RefusalCode::UnknownFormat | RefusalCode::MissingColumn => "/source",
            _ => "",
        }
    }
}

impl fmt::Display for FileRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, &self.column) {
            (Some(line), Some(column)) => write!(f, "line {line}, column “{column}”: {}", self.detail),
            (Some(line), None) => write!(f, "line {line}: {}", self.detail),
            _ => f.write_str(&self.detail),
        }
    }
}

/// Why one row does not come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowRefusal {
    /// The physical line that the row begins on, from 1.
    pub line: u64,
    /// The column, as the header calls it.
    pub column: Option<String>,
    /// What is wrong.
    pub code: RefusalCode,
    /// What was found and what to do.
    pub detail: String,
    /// What stood there, cut to [`RowRefusal::LONGEST_VALUE`] characters.
    pub value: Option<String>,
}

impl RowRefusal {
    /// The most characters of a value that are shown.
    pub const LONGEST_VALUE: usize = 80;

    pub(super) fn shortened(value: &str) -> String {
        match value.char_indices().nth(Self::LONGEST_VALUE) {
            Some((end, _)) => format!("{}…", &value[..end]),
            None => value.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_explained_to_people() {
        let page = include_str!("../../../../docs/IMPORT.md");
        for code in RefusalCode::ALL {
            assert!(
                page.contains(&format!("| `{}` |", code.as_str())),
                "{} is not in docs/IMPORT.md",
                code.as_str()
            );
        }
    }

    #[test]
    fn a_value_is_cut_between_characters() {
        assert_eq!(RowRefusal::shortened("ä"), "ä");
        assert_eq!(RowRefusal::shortened(&"ä".repeat(81)), format!("{}…", "ä".repeat(80)));
    }
}
