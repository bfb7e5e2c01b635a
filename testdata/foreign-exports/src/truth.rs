//! The sidecar: what is true about every row of the file, for a test to compare with.

use serde::Serialize;

/// Everything true about one generated file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Truth {
    /// What the fields mean.
    pub about: Vec<&'static str>,
    /// `toggl` or `clockify`.
    pub tool: &'static str,
    /// The variant's name.
    pub variant: &'static str,
    /// Seed the file was made from.
    pub seed: u64,
    /// The exporting user's profile zone: every time in the file is on its wall clock.
    pub time_zone: &'static str,
    /// `ymd`, `mdy` or `dmy`.
    pub date_order: &'static str,
    /// `,` or `;`.
    pub delimiter: char,
    /// Rows of data in the file.
    pub row_count: usize,
    /// How many of them are accepted, overlap, or are ambiguous.
    pub accepted_count: usize,
    /// See `accepted_count`.
    pub overlap_count: usize,
    /// See `accepted_count`.
    pub ambiguous_count: usize,
    /// Sum of the accepted rows.
    pub accepted_seconds: i64,
    /// Sums of the accepted rows, by person and work date, in that order.
    pub person_days: Vec<PersonDay>,
    /// One for each row, in file order.
    pub rows: Vec<TruthRow>,
}

/// What one person worked on one work date, by the accepted rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonDay {
    /// Tells people apart.
    pub email: String,
    /// As the file writes it.
    pub name: String,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// Sum of the accepted rows that start on this date.
    pub seconds: i64,
}

/// What an importer that refuses overlaps should make of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Expected {
    /// It means one span, and no accepted row above it overlaps that.
    Accepted,
    /// It means one span, which overlaps an accepted row above it.
    Overlap,
    /// Two spans agree with all that it shows.
    Ambiguous,
}

/// One of the spans that agree with a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reading {
    /// RFC 3339 in UTC.
    pub start_utc: String,
    /// RFC 3339 in UTC.
    pub end_utc: String,
}

/// What is true about one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TruthRow {
    /// Line of the file on which the record begins; the heading is line 1.
    pub line: u64,
    /// Number of the record; the first row of data is 1. Differs from `line - 1` where cells hold line breaks.
    pub record: u64,
    /// Why the row is in the file.
    pub case: &'static str,
    /// The person, as the file writes them.
    pub name: String,
    /// Their address.
    pub email: String,
    /// `null` where the entry has none, or the file does not name clients.
    pub client: Option<&'static str>,
    /// `null` where the entry has none.
    pub project: Option<&'static str>,
    /// `null` where the entry has none.
    pub task: Option<&'static str>,
    /// Exactly, line breaks included.
    pub description: String,
    /// In the file's order.
    pub tags: Vec<&'static str>,
    /// `null` where the file does not say.
    pub billable: Option<bool>,
    /// The start on the wall clock, `YYYY-MM-DDTHH:MM:SS`.
    pub start_local: String,
    /// The end on the wall clock; `null` where the file does not say.
    pub end_local: Option<String>,
    /// RFC 3339 in UTC; `null` where the row is ambiguous.
    pub start_utc: Option<String>,
    /// RFC 3339 in UTC; `null` where the row is ambiguous.
    pub end_utc: Option<String>,
    /// The length that the file shows.
    pub seconds: i64,
    /// The civil date of the start on the wall clock, `YYYY-MM-DD`.
    pub work_date: String,
    /// What to make of it.
    pub expected: Expected,
    /// For an overlap: the line of the accepted row that it overlaps.
    pub overlaps_line: Option<u64>,
    /// For an ambiguous row: the spans that agree with it.
    pub readings: Vec<Reading>,
}

pub(crate) const ABOUT: &[&str] = &[
    "What is true about each row of the export beside this file, worked out from what the file shows.",
    "Lengths are seconds; *_utc is RFC 3339 in UTC; *_local and dates are on the wall clock of time_zone.",
    "line: where the record begins, the heading being line 1; record: its number, the first row of data being 1.",
    "People are told apart by email. A row counts, whole, on its work_date.",
    "expected accepted: one meaning, and no accepted row above it of the same person overlaps it.",
    "expected overlap: one meaning, which overlaps the accepted row on overlaps_line. Spans are half-open, zero length overlaps nothing.",
    "expected ambiguous: several meanings (readings), because a local time occurs twice and the length settles nothing.",
    "Rows stand in order of their start, so that the first of two overlapping rows is also the one that starts first.",
    "person_days and accepted_seconds count accepted rows only.",
];
