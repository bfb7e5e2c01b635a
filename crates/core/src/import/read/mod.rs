//! From bytes to rows: everything that can be told about a file without knowing the organisation.
//!
//! The whole file is read twice: once for how it writes dates and times, once for its rows. Both are linear, and what
//! is kept is bounded by the rows; no more than [`MOST_LISTED`] refusals are listed.

mod columns;
mod conventions;
mod date;
mod decode;
mod duration;
mod names;
mod quotes;
mod records;
mod row;
mod time_of_day;
mod times;
mod when;

#[cfg(test)]
mod tests;

pub use names::{Person, ProjectName};
pub use row::ParsedRow;

use self::{
    columns::{Column, Columns},
    conventions::Conventions,
    names::Names,
    records::Records,
    row::RowReader,
};
use super::{DateOrder, Delimiter, FileRefusal, ImportSource, ReadOptions, RowRefusal};
use crate::{Label, journal::Hash, time::Zone};

/// The most refusals and overlaps that are listed; the others are counted.
pub const MOST_LISTED: usize = 10_000;

/// What a file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParsedFile {
    /// The tool that wrote it.
    pub source: ImportSource,
    /// What stands between its cells.
    pub delimiter: Delimiter,
    /// The order of day, month and year.
    pub date_order: DateOrder,
    /// Where the clocks of its local times stood.
    pub time_zone: Zone,
    /// SHA-256 of its bytes.
    pub digest: Hash,
    /// Whether it says which clients projects belong to.
    pub has_clients: bool,
    /// Its people, each once.
    pub people: Vec<Person>,
    /// Its projects, each once.
    pub projects: Vec<ProjectName>,
    /// Its tags, each once.
    pub tags: Vec<Label>,
    /// Its rows that can be read, by line.
    pub rows: Vec<ParsedRow>,
    /// Its other rows.
    pub refused: Refusals,
}

/// Rows that do not come in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refusals {
    /// How many there are.
    pub count: u64,
    /// The first [`MOST_LISTED`] of them.
    pub listed: Vec<RowRefusal>,
}

impl Refusals {
    /// One more.
    pub fn push(&mut self, refusal: RowRefusal) {
        self.count += 1;
        if self.listed.len() < MOST_LISTED {
            self.listed.push(refusal);
        }
    }
}

/// Reads a file.
///
/// # Errors
/// [`FileRefusal`] where nothing of it can be read with certainty; rows that cannot be read are in the result.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<ParsedFile, FileRefusal> {
    let text = decode::decode(bytes)?;
    let columns = Columns::find(text, options.source)?;
    quotes::check_quotes(text, columns.delimiter)?;
    let conventions = Conventions::find(text, &columns, options.date_order)?;
    let reader = RowReader { columns: &columns, conventions, time_zone: &options.time_zone };
    let (mut names, mut rows, mut refused) = (Names::default(), Vec::new(), Refusals::default());
    let mut records = Records::new(text, columns.delimiter);
    records.next();
    while let Some((line, record)) = records.next() {
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        match reader.read(line, record, &mut names) {
            Ok(row) => rows.push(row),
            Err(refusal) => refused.push(refusal),
        }
    }
    Ok(ParsedFile {
        source: columns.source,
        delimiter: columns.delimiter,
        date_order: conventions.date_order,
        time_zone: options.time_zone.clone(),
        digest: Hash::of(&[bytes]),
        has_clients: columns.has(Column::Client),
        people: names.people,
        projects: names.projects,
        tags: names.tags,
        rows,
        refused,
    })
}
