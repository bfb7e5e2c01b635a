//! What a decision needs, by index steps only: a clock command reads this on the calling thread.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};
use vibesheets_core::{
    DayTotal, Entry, EntryId, MemberId, OrganisationId, Timesheet,
    journal::{Operation, StreamId},
    store::{StoreError, TimesheetQuery},
    time::{DateRange, Instant, LONGEST_ENTRY_SECONDS, Span},
};

use super::{
    filter::start_bounds,
    row::{self, COLUMNS},
};
use crate::{
    Failure, journal,
    sql::{Sql, date_of_epoch_day},
};

/// Everything that `query` asks for, as of one state. The head comes with it, not before it.
pub(super) fn timesheet(
    connection: &Connection,
    organisation: OrganisationId,
    query: &TimesheetQuery,
) -> Result<Timesheet, Failure> {
    let member = query.member;
    let mut entries = Vec::new();
    for id in &query.entries {
        entries.extend(entry(connection, organisation, *id)?.filter(|entry| entry.member_id == member));
    }
    let (head, last) = journal::last(connection, StreamId::Member(organisation, member))?;
    Ok(Timesheet {
        head,
        is_closed: last == Some(Operation::MemberErase),
        open: open(connection, organisation, member)?,
        overlapping: match query.overlapping {
            Some(span) => overlapping(connection, organisation, member, span)?,
            None => Vec::new(),
        },
        entries,
        days: match query.days {
            Some(range) => days(connection, organisation, member, range)?,
            None => Vec::new(),
        },
    })
}

/// The entry with this id.
pub(super) fn entry(
    connection: &Connection,
    organisation: OrganisationId,
    id: EntryId,
) -> Result<Option<Entry>, Failure> {
    let sql = format!("SELECT {COLUMNS} FROM entries WHERE organisation = ?1 AND id = ?2");
    connection
        .prepare_cached(&sql)?
        .query_row(params![Sql(organisation), Sql(id)], |row| Ok(row::entry(row)))
        .optional()?
        .transpose()
}

fn open(
    connection: &Connection,
    organisation: OrganisationId,
    member: MemberId,
) -> Result<Option<Entry>, Failure> {
    connection
        .prepare_cached(&open_sql())?
        .query_row(params![Sql(member), Sql(organisation)], |row| Ok(row::entry(row)))
        .optional()?
        .transpose()
}

/// Left to itself the engine would walk all of the member's entries.
pub(super) fn open_sql() -> String {
    format!(
        "SELECT {COLUMNS} FROM entries INDEXED BY entries_open
         WHERE member = ?1 AND organisation = ?2 AND end_at IS NULL AND deleted = 0"
    )
}

/// No entry is longer than [`LONGEST_ENTRY_SECONDS`], so those in the way of a span start within a bounded range.
pub(super) fn overlapping(
    connection: &Connection,
    organisation: OrganisationId,
    member: MemberId,
    span: Span,
) -> Result<Vec<Entry>, Failure> {
    if span.seconds() == Some(0) {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM entries INDEXED BY entries_member
         WHERE member = ?1 AND deleted = 0 AND start_at > ?2 AND start_at < ?3 AND end_at > ?4 AND end_at > start_at
               AND organisation = ?5
         ORDER BY start_at, id"
    );
    let start = span.start().unix_seconds();
    let end = span.end().map_or(i64::MAX, Instant::unix_seconds);
    row::entries(
        &mut connection.prepare_cached(&sql)?,
        params![Sql(member), start - LONGEST_ENTRY_SECONDS, end, start, Sql(organisation)],
    )
}

/// Read from the index alone; the member's place in the organisation is checked once instead of for each row. Summed
/// here: the engine would sort all rows first, since their order by start is not quite the one by work date.
pub(super) const DAYS: &str = "SELECT work_date, end_at - start_at FROM entries INDEXED BY entries_member
     WHERE member = ?1 AND deleted = 0 AND start_at BETWEEN ?2 AND ?3 AND end_at IS NOT NULL
           AND work_date BETWEEN ?4 AND ?5
           AND EXISTS (SELECT 1 FROM members WHERE organisation = ?6 AND id = ?1)";

fn days(
    connection: &Connection,
    organisation: OrganisationId,
    member: MemberId,
    range: DateRange,
) -> Result<Vec<DayTotal>, Failure> {
    let (earliest, latest) = start_bounds(range);
    let mut statement = connection.prepare_cached(DAYS)?;
    let mut rows = statement.query(params![
        Sql(member),
        earliest,
        latest,
        Sql(range.first),
        Sql(range.last),
        Sql(organisation)
    ])?;
    let mut seconds_by_day: BTreeMap<i64, i64> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        *seconds_by_day.entry(row.get(0)?).or_default() += row.get::<_, i64>(1)?;
    }
    // Zero-length entries count nothing.
    seconds_by_day.retain(|_, seconds| *seconds != 0);
    let totals = seconds_by_day.into_iter().map(|(day, seconds)| {
        let date = date_of_epoch_day(day).map_err(|_| damaged_day(member, day))?;
        Ok(DayTotal { date, seconds })
    });
    totals.collect()
}

fn damaged_day(member: MemberId, day: i64) -> Failure {
    StoreError::Corrupt { what: "the work dates of member", key: format!("{member}, day {day}") }.into()
}
