//! How a tool writes its file: one value says everything that differs between two exports.

use crate::column::Column;
use crate::variants;

/// A time tracker whose detailed CSV export is imitated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Toggl Track, "Detailed report" as CSV.
    Toggl,
    /// Clockify, "Detailed report" as CSV.
    Clockify,
}

impl Tool {
    /// The tool's name in lower case, as on the command line and in the sidecar.
    pub fn name(self) -> &'static str {
        match self {
            Self::Toggl => "toggl",
            Self::Clockify => "clockify",
        }
    }
}

/// The order in which a file writes year, month and day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// `2024-12-31`
    YearMonthDay,
    /// `12/31/2024`
    MonthDayYear,
    /// `31/12/2024`
    DayMonthYear,
    /// `31.12.2024`
    DayMonthYearDotted,
}

impl DateOrder {
    /// `ymd`, `mdy` or `dmy`.
    pub fn name(self) -> &'static str {
        match self {
            Self::YearMonthDay => "ymd",
            Self::MonthDayYear => "mdy",
            Self::DayMonthYear | Self::DayMonthYearDotted => "dmy",
        }
    }
}

/// How a file writes the time of day and durations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// `17:05:09`, durations `01:05:09`
    Hours24,
    /// `05:05:09 PM`, durations `01:05:09`
    Hours12,
    /// `17:05`, durations `1:05`; every span is on whole minutes
    Hours24WithoutSeconds,
}

/// One form of one tool's export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Who writes it.
    pub tool: Tool,
    /// Its name in kebab case, unique within the tool.
    pub name: &'static str,
    /// What is special about it, in a sentence.
    pub about: &'static str,
    /// The exporting user's profile zone (IANA): every time in the file is on this wall clock.
    pub time_zone: &'static str,
    /// Date order of every date in the file.
    pub date_order: DateOrder,
    /// Writing of times and durations.
    pub clock: Clock,
    /// Field separator.
    pub delimiter: u8,
    /// Whether the file starts with a UTF-8 byte order mark.
    pub byte_order_mark: bool,
    /// Whether rows end in CR LF.
    pub carriage_returns: bool,
    /// Whether every field is quoted, or only those that need it.
    pub quotes_every_field: bool,
    /// Whether some descriptions contain line breaks.
    pub line_breaks_in_descriptions: bool,
    /// Whether the columns stand in an order drawn from the seed.
    pub shuffled: bool,
    /// Whether some rows lack their last fields.
    pub short_rows: bool,
    /// Currency in the headings of money columns.
    pub currency: &'static str,
    /// `Task`, or what the workspace calls it instead.
    pub task_heading: &'static str,
    pub(crate) columns: &'static [Column],
}

impl Variant {
    /// Every form of this tool's export, the plain one first.
    pub fn all(tool: Tool) -> &'static [Self] {
        match tool {
            Tool::Toggl => variants::TOGGL,
            Tool::Clockify => variants::CLOCKIFY,
        }
    }

    /// The form of this name, if the tool has one.
    pub fn named(tool: Tool, name: &str) -> Option<&'static Self> {
        Self::all(tool).iter().find(|variant| variant.name == name)
    }

    /// Whether the file says when a span ended, rather than only how long it was.
    pub fn shows_ends(&self) -> bool {
        self.columns.contains(&Column::EndTime)
    }

    /// Whether the file names clients.
    pub fn shows_clients(&self) -> bool {
        self.columns.contains(&Column::Client)
    }

    /// Whether the file says what is billable.
    pub fn shows_billable(&self) -> bool {
        self.columns.contains(&Column::Billable)
    }

    /// The headings in the variant's own order.
    pub fn headings(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.heading(self)).collect()
    }
}
