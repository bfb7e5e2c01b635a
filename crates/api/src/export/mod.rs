//! Files of entries: CSV, XLSX and JSON. Every format carries each entry's exact seconds, and they sum to the
//! timesheet's total (I7); the open entry has neither end nor seconds.
//!
//! A file is spooled whole before the first byte is sent, so that a slow reader holds no database snapshot.

mod csv;
mod json;
mod names;
mod spool;
mod xlsx;

pub use names::Names;
pub use spool::{ExportError, Spooled, spool};

/// The kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// Comma-separated values (RFC 4180), readable by our own import.
    Csv,
    /// An Excel workbook (ECMA-376).
    Xlsx,
    /// JSON (RFC 8259).
    Json,
}

impl ExportFormat {
    /// The media type of the file.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Json => "application/json",
        }
    }

    /// The ending of the file's name.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }
}

/// The columns of a sheet, which our own import reads again.
const COLUMNS: [&str; 14] = [
    "Member",
    "Email",
    "Client",
    "Project",
    "Note",
    "Tags",
    "Billable",
    "Start",
    "End",
    "Time zone",
    "Work date",
    "Seconds",
    "Source",
    "Entry",
];

/// What writes one kind of file.
trait EntryWriter {
    fn write(&mut self, entry: &vibesheets_core::Entry) -> Result<(), ExportError>;
    fn finish(self: Box<Self>) -> Result<std::fs::File, ExportError>;
}
