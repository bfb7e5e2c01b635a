//! What the server says of a file.

use serde::Deserialize;

/// What would come in, or came in.
#[derive(Debug, Clone, Deserialize)]
pub struct ImportReport {
    /// The import, once there is one.
    pub import_id: Option<String>,
    /// The tool that wrote the file.
    pub source: String,
    /// Whether nothing was changed.
    pub dry_run: bool,
    /// The zone its times were read in.
    pub time_zone: String,
    /// How its dates were read.
    pub date_order: String,
    /// How many rows there are of each kind.
    pub rows: Rows,
    /// Who the time belongs to.
    pub members: Vec<ImportedMember>,
    /// What was not there before.
    pub new: New,
    /// Rows that share time with others.
    pub overlaps: Vec<Overlap>,
    /// Rows that never come in.
    pub refused: Vec<Refused>,
    /// The sum of what comes in.
    pub total_seconds: i64,
}

/// How many rows there are of each kind.
#[derive(Debug, Clone, Deserialize)]
pub struct Rows {
    /// In the file.
    pub total: u64,
    /// That come in.
    pub ready: u64,
    /// That came in before.
    pub already_imported: u64,
    /// That cannot be read, or overlap.
    pub refused: u64,
    /// Left out on request.
    pub skipped: u64,
    /// Shortened on request.
    pub trimmed: u64,
}

/// One person's share.
#[derive(Debug, Clone, Deserialize)]
pub struct ImportedMember {
    /// Their name.
    pub name: String,
    /// Whether they become a member by this.
    pub new: bool,
    /// The sum of their rows.
    pub seconds: i64,
    /// By work date.
    pub days: Vec<Day>,
}

/// One person's work date.
#[derive(Debug, Clone, Deserialize)]
pub struct Day {
    /// The date.
    pub date: String,
    /// What comes in.
    pub seconds: i64,
    /// What is there already.
    pub existing_seconds: i64,
}

/// What the file brings along.
#[derive(Debug, Clone, Deserialize)]
pub struct New {
    /// People.
    pub members: Vec<String>,
    /// Projects.
    pub projects: Vec<String>,
    /// Clients.
    pub clients: Vec<String>,
    /// Labels.
    pub tags: Vec<String>,
}

/// A row that shares time with another, or with an entry.
#[derive(Debug, Clone, Deserialize)]
pub struct Overlap {
    /// The row's line in the file, from 1.
    pub line: u64,
    /// Whose.
    pub member: String,
    /// From when.
    pub start: String,
    /// To when.
    pub end: String,
    /// The other row's line, where it is one.
    pub other_line: Option<u64>,
    /// From when the other is.
    pub other_start: String,
    /// To when the other is; `None` while open.
    pub other_end: Option<String>,
    /// `refused`, `skipped` or `trimmed`.
    pub resolution: String,
    /// What that loses.
    pub lost_seconds: i64,
}

/// A row that cannot come in.
#[derive(Debug, Clone, Deserialize)]
pub struct Refused {
    /// Its line in the file, from 1.
    pub line: u64,
    /// The column's heading or number.
    pub column: Option<serde_json::Value>,
    /// What is wrong and what would be right.
    pub detail: String,
    /// What stands there.
    pub value: Option<String>,
}
