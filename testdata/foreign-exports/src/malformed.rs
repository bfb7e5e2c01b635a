//! Files that no tool should have written, each with what is wrong and where.
//!
//! Every file whose fault is in single cells also has sound rows around it, which nothing stops from coming in.

use crate::variant::Tool;

mod cells;
mod files;

pub use cells::{
    absurd_years, contradicting_duration, end_before_start, five_megabyte_cell, impossible_date,
    impossible_leap_day, impossible_times, nobody, nul_bytes, repeated_local_time, rows_of_other_lengths,
    skipped_local_time, span_of_a_year, unreadable_durations,
};
pub use files::{
    ambiguous_date_order, bank_statement, byte_order_mark_only, clockify_heading_only, empty,
    harvest_heading, html_page, latin_1, missing_column, mixed_date_orders, pdf, repeated_column,
    toggl_heading_only, unterminated_quote, utf_16,
};

/// Where the fault lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blame {
    /// The file as a whole cannot be read; no row may come in.
    File,
    /// The file can be read and holds no rows.
    NoRows,
    /// The date order has to be asked for: the heading named here does not tell it.
    DateOrder {
        /// Heading of the column that is ambiguous.
        column: &'static str,
    },
    /// Single rows.
    Cells(Vec<BadCell>),
}

/// One cell that cannot stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadCell {
    /// Line of the file, the heading being line 1.
    pub line: u64,
    /// Headings of the columns that may fairly be named; empty where the row as a whole is at fault.
    pub columns: &'static [&'static str],
}

/// A file that must be refused, wholly or in part, without a half-written import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// Kebab case, unique.
    pub name: &'static str,
    /// What is wrong, in a sentence.
    pub about: &'static str,
    /// Whose export it is or claims to be; `None` where it is nobody's.
    pub tool: Option<Tool>,
    /// The zone to import it in (IANA).
    pub time_zone: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
    /// What is at fault.
    pub blame: Blame,
    /// How many rows have no fault.
    pub sound_rows: usize,
}

/// Every malformed file.
pub fn all() -> Vec<Malformed> {
    let mut all = files::all();
    all.extend(cells::all());
    all
}

const VIENNA: &str = "Europe/Vienna";

const CLOCKIFY_HEADING: &str = "\"Project\",\"Client\",\"Description\",\"Task\",\"User\",\"Group\",\"Email\",\"Tags\",\
    \"Billable\",\"Start Date\",\"Start Time\",\"End Date\",\"End Time\",\"Duration (h)\",\"Duration (decimal)\",\
    \"Billable Rate (USD)\",\"Billable Amount (USD)\"";
const TOGGL_HEADING: &str = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,\
    End time,Duration,Tags";

/// A Clockify row of one person: when, as `start date|start time|end date|end time|duration`.
fn clockify_row(when: &str) -> String {
    let when = when.replace('|', "\",\"");
    format!(
        "\"Website\",\"Acme\",\"work\",\"\",\"Zoë\",\"\",\"zoe@example.com\",\"\",\"Yes\",\"{when}\",\"0.00\",\"0.00\",\"0.00\""
    )
}

/// A Toggl row of one person: when, as `start date|start time|end date|end time|duration`.
fn toggl_row(when: &str) -> String {
    format!("Zoë,zoe@example.com,Acme,Website,,work,Yes,{},", when.replace('|', ","))
}

fn clockify(rows: &[&str]) -> Vec<u8> {
    lines(CLOCKIFY_HEADING, rows.iter().map(|when| clockify_row(when)))
}

fn toggl(rows: &[&str]) -> Vec<u8> {
    lines(TOGGL_HEADING, rows.iter().map(|when| toggl_row(when)))
}

fn lines(heading: &str, rows: impl Iterator<Item = String>) -> Vec<u8> {
    let mut text = format!("{heading}\n");
    for row in rows {
        text.push_str(&row);
        text.push('\n');
    }
    text.into_bytes()
}
