//! Sums of closed seconds, by groups.

use std::cmp::Ordering;

use rusqlite::{Connection, Row};
use vibesheets_core::{
    OrganisationId,
    store::{EntryQuery, GroupKey, TotalRow},
};

use super::{filter::Filter, row::labels};
use crate::{
    Failure,
    failure::damaged,
    sql::{Sql, text},
};

/// One row for each group that has a closed entry, ordered by the keys. Without keys one row, if there is any entry.
pub(super) fn rows(
    connection: &Connection,
    organisation: OrganisationId,
    query: &EntryQuery,
    keys: &[GroupKey],
) -> Result<Vec<TotalRow>, Failure> {
    let filter = filter(organisation, query);
    let mut statement = connection.prepare_cached(&select(query, &filter, keys))?;
    let mut rows = statement.query(&*filter.params())?;
    let mut totals = Vec::new();
    while let Some(row) = rows.next()? {
        totals.push(total(row, keys).map_err(damaged("an entry that is summed in", organisation))?);
    }
    if keys.contains(&GroupKey::Tags) {
        // The engine ordered the labels by their JSON, which is another order than that of the labels.
        totals.sort_by(|one, other| by_keys(one, other, keys));
    }
    Ok(totals)
}

pub(super) fn filter(organisation: OrganisationId, query: &EntryQuery) -> Filter {
    let counted = Filter::new(organisation, query).counted();
    // One member's days are few: their own index finds them, and each is then read from the table.
    if query.member.is_some() { counted.live().bounded_by_start(query.range) } else { counted }
}

fn by_keys(one: &TotalRow, other: &TotalRow, keys: &[GroupKey]) -> Ordering {
    keys.iter().fold(Ordering::Equal, |order, key| {
        order.then_with(|| match key {
            GroupKey::Date => one.date.cmp(&other.date),
            GroupKey::Member => one.member.cmp(&other.member),
            GroupKey::Project => one.project.cmp(&other.project),
            GroupKey::Tags => one.tags.cmp(&other.tags),
        })
    })
}

pub(super) fn select(query: &EntryQuery, filter: &Filter, keys: &[GroupKey]) -> String {
    let index = if query.member.is_some() { "entries_member" } else { "entries_totals" };
    let columns: String = keys.iter().map(|key| format!("{}, ", column(*key))).collect();
    let groups = columns.trim_end_matches(", ");
    let (group_by, order_by) = if keys.is_empty() {
        ("HAVING count(*) > 0".to_owned(), String::new())
    } else {
        (format!("GROUP BY {groups}"), format!("ORDER BY {groups}"))
    };
    format!(
        "SELECT {columns}sum(seconds) FROM entries INDEXED BY {index} WHERE {} {group_by} {order_by}",
        filter.sql()
    )
}

const fn column(key: GroupKey) -> &'static str {
    match key {
        GroupKey::Date => "work_date",
        GroupKey::Member => "member",
        GroupKey::Project => "project",
        GroupKey::Tags => "tags",
    }
}

/// The columns stand in the order of the keys, the sum behind them.
fn total(row: &Row<'_>, keys: &[GroupKey]) -> rusqlite::Result<TotalRow> {
    let seconds = row.get(keys.len())?;
    let mut total = TotalRow { date: None, member: None, project: None, tags: Vec::new(), seconds };
    for (index, key) in keys.iter().enumerate() {
        match key {
            GroupKey::Date => total.date = Some(row.get::<_, Sql<_>>(index)?.0),
            GroupKey::Member => total.member = Some(row.get::<_, Sql<_>>(index)?.0),
            GroupKey::Project => {
                total.project = row.get::<_, Option<Sql<_>>>(index)?.map(|project| project.0);
            }
            GroupKey::Tags => total.tags = text(row, index, labels)?.as_slice().to_vec(),
        }
    }
    Ok(total)
}
