//! Pages of entries.

use rusqlite::{Connection, params};
use vibesheets_core::{
    Entry, ImportId, MemberId, OrganisationId,
    store::{EntryCursor, EntryQuery, Page, PageRequest},
};

use super::{
    filter::Filter,
    row::{self, COLUMNS},
};
use crate::{Failure, sql::Sql};

/// A page by start and id.
pub(super) fn page(
    connection: &Connection,
    organisation: OrganisationId,
    query: &EntryQuery,
    page: PageRequest,
) -> Result<Page, Failure> {
    let filter = Filter::new(organisation, query).live().bounded_by_start(query.range).after(page.after);
    let sql = format!("{} LIMIT {}", select(query, &filter), page.limit.saturating_add(1));
    let mut entries = row::entries(&mut connection.prepare_cached(&sql)?, &*filter.params())?;
    // One more than asked for tells whether another page follows.
    let more = entries.len() > page.limit;
    entries.truncate(page.limit);
    let next = entries.last().filter(|_| more).map(EntryCursor::of);
    Ok(Page { entries, next })
}

/// Every entry that the filter lets through, in the order of pages. Each index has that order; which one is meant is
/// said, since the engine knows nothing of how entries are distributed.
pub(super) fn select(query: &EntryQuery, filter: &Filter) -> String {
    let index = if query.member.is_some() { "entries_member" } else { "entries_start" };
    format!("SELECT {COLUMNS} FROM entries INDEXED BY {index} WHERE {} ORDER BY start_at, id", filter.sql())
}

/// By start and id, deleted ones too.
pub(crate) fn member_entries(
    connection: &Connection,
    organisation: OrganisationId,
    member: MemberId,
    after: Option<EntryCursor>,
    limit: usize,
) -> Result<Vec<Entry>, Failure> {
    let sql = format!(
        "SELECT {COLUMNS} FROM entries INDEXED BY entries_member
         WHERE member = ?1 AND deleted IN (0, 1) AND (start_at, id) > (?2, coalesce(?3, x'')) AND organisation = ?4
         ORDER BY start_at, id LIMIT ?5"
    );
    row::entries(
        &mut connection.prepare_cached(&sql)?,
        params![
            Sql(member),
            after.map_or(0, |cursor| cursor.start.unix_seconds()),
            after.map(|cursor| Sql(cursor.id)),
            Sql(organisation),
            limit
        ],
    )
}

/// What an import brought one member, by id.
pub(super) fn imported(
    connection: &Connection,
    organisation: OrganisationId,
    import: ImportId,
    member: MemberId,
    limit: usize,
) -> Result<Vec<Entry>, Failure> {
    let sql = format!(
        "SELECT {COLUMNS} FROM entries INDEXED BY entries_import
         WHERE organisation = ?1 AND import = ?2 AND member = ?3 AND deleted = 0 ORDER BY id LIMIT ?4"
    );
    row::entries(
        &mut connection.prepare_cached(&sql)?,
        params![Sql(organisation), Sql(import), Sql(member), limit],
    )
}
