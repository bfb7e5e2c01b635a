//! An entry as a row.

use rusqlite::{CachedStatement, Params, Row};
use vibesheets_core::{Entry, EntryId, EntrySource, Labels, Note, time::Zone};

use crate::{
    Failure,
    failure::damaged,
    sql::{Sql, text},
};

/// What [`entry`] reads, in its order.
pub(crate) const COLUMNS: &str = "id, member, project, start_at, end_at, time_zone, work_date, note, tags, billable, \
                                  source, import, deleted, version, journal_seq, created_at, updated_at";

/// All the entries that the statement finds.
pub(super) fn entries(
    statement: &mut CachedStatement<'_>,
    params: impl Params,
) -> Result<Vec<Entry>, Failure> {
    let mut rows = statement.query(params)?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(entry(row)?);
    }
    Ok(entries)
}

/// All of [`COLUMNS`].
pub(crate) fn entry(row: &Row<'_>) -> Result<Entry, Failure> {
    read(row).map_err(|error| {
        let key = row
            .get::<_, Sql<EntryId>>(0)
            .map_or_else(|_| "without a readable id".to_owned(), |id| id.0.to_string());
        damaged("entry", key)(error)
    })
}

fn read(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        id: get(row, 0)?,
        member_id: get(row, 1)?,
        project_id: row.get::<_, Option<Sql<_>>>(2)?.map(|id| id.0),
        start: get(row, 3)?,
        end: row.get::<_, Option<Sql<_>>>(4)?.map(|end| end.0),
        time_zone: text(row, 5, Zone::named)?,
        work_date: get(row, 6)?,
        note: text(row, 7, Note::new)?,
        tags: text(row, 8, labels)?,
        billable: row.get(9)?,
        source: text(row, 10, source)?,
        import_id: row.get::<_, Option<Sql<_>>>(11)?.map(|id| id.0),
        deleted: row.get(12)?,
        version: row.get(13)?,
        journal_seq: row.get(14)?,
        created_at: get(row, 15)?,
        updated_at: get(row, 16)?,
    })
}

fn get<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<T>
where
    Sql<T>: rusqlite::types::FromSql,
{
    row.get::<_, Sql<T>>(column).map(|value| value.0)
}

/// Most entries have none, and a million of them are read for an export.
pub(super) fn labels(json: &str) -> Result<Labels, serde_json::Error> {
    if json == "[]" { Ok(Labels::default()) } else { serde_json::from_str(json) }
}

pub(crate) const fn source_text(source: EntrySource) -> &'static str {
    match source {
        EntrySource::Clock => "clock",
        EntrySource::Manual => "manual",
        EntrySource::Import => "import",
    }
}

#[derive(Debug, thiserror::Error)]
#[error("not a source that this version knows")]
struct UnknownSource;

fn source(text: &str) -> Result<EntrySource, UnknownSource> {
    [EntrySource::Clock, EntrySource::Manual, EntrySource::Import]
        .into_iter()
        .find(|source| source_text(*source) == text)
        .ok_or(UnknownSource)
}
