//! Sums of the seconds that count, by groups.

use std::{cmp::Ordering, collections::HashMap};

use foldhash::fast::RandomState;
use rusqlite::{Connection, Row};
use vibesheets_core::{
    MemberId, OrganisationId, ProjectId,
    store::{EntryQuery, GroupKey, TotalRow},
};

use super::{filter::Filter, row::labels};
use crate::{Failure, failure::damaged, sql::date_of_epoch_day};

/// What a group has in common, as it stands in the columns; what was not asked for stays empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct Group {
    work_date: i64,
    member: [u8; 16],
    project: Option<[u8; 16]>,
    tags: Box<str>,
}

/// One row for each group that has a closed entry, ordered by the keys. Without keys one row, if there is any entry.
///
/// Summed here and not by the engine, which sorts all entries to group them: three times the work for a month of a large
/// organisation.
pub(super) fn rows(
    connection: &Connection,
    organisation: OrganisationId,
    query: &EntryQuery,
    keys: &[GroupKey],
) -> Result<Vec<TotalRow>, Failure> {
    let filter = filter(organisation, query);
    let mut statement = connection.prepare_cached(&select(query, &filter, keys))?;
    let mut rows = statement.query(&*filter.params())?;
    let mut sums: HashMap<Group, i64, RandomState> = HashMap::default();
    while let Some(row) = rows.next()? {
        let (group, seconds) = read(row, keys)?;
        *sums.entry(group).or_default() += seconds;
    }
    let totals = sums.into_iter().map(|(group, seconds)| total(group, seconds, keys));
    let mut totals: Vec<TotalRow> =
        totals.collect::<Result<_, _>>().map_err(damaged("an entry that is summed in", organisation))?;
    totals.sort_unstable_by(|one, other| by_keys(one, other, keys));
    Ok(totals)
}

pub(super) fn filter(organisation: OrganisationId, query: &EntryQuery) -> Filter {
    let counted = Filter::new(organisation, query).counted();
    // One member's days are few: their own index finds them, and each is then read from the table.
    if query.member.is_some() { counted.live().bounded_by_start(query.range) } else { counted }
}

pub(super) fn select(query: &EntryQuery, filter: &Filter, keys: &[GroupKey]) -> String {
    let index = if query.member.is_some() { "entries_member" } else { "entries_totals" };
    let columns: String = keys.iter().map(|key| format!(", {}", column(*key))).collect();
    format!("SELECT seconds{columns} FROM entries INDEXED BY {index} WHERE {}", filter.sql())
}

const fn column(key: GroupKey) -> &'static str {
    match key {
        GroupKey::Date => "work_date",
        GroupKey::Member => "member",
        GroupKey::Project => "project",
        GroupKey::Tags => "tags",
    }
}

/// The columns stand in the order of the keys, behind the seconds.
fn read(row: &Row<'_>, keys: &[GroupKey]) -> rusqlite::Result<(Group, i64)> {
    let mut group = Group::default();
    for (index, key) in (1..).zip(keys) {
        match key {
            GroupKey::Date => group.work_date = row.get(index)?,
            GroupKey::Member => group.member = row.get(index)?,
            GroupKey::Project => group.project = row.get(index)?,
            GroupKey::Tags => group.tags = row.get(index)?,
        }
    }
    Ok((group, row.get(0)?))
}

fn total(group: Group, seconds: i64, keys: &[GroupKey]) -> rusqlite::Result<TotalRow> {
    let mut total = TotalRow { date: None, member: None, project: None, tags: Vec::new(), seconds };
    for key in keys {
        match key {
            GroupKey::Date => total.date = Some(date_of_epoch_day(group.work_date)?),
            GroupKey::Member => total.member = Some(MemberId::from_bytes(group.member)),
            GroupKey::Project => total.project = group.project.map(ProjectId::from_bytes),
            GroupKey::Tags => {
                let labels = labels(&group.tags).map_err(rusqlite::types::FromSqlError::other)?;
                total.tags = labels.as_slice().to_vec();
            }
        }
    }
    Ok(total)
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
