//! Entries by id. An id tells the start that the entry was made with, so its key is known; an entry whose start was edited
//! has a pointer beside it.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::try_join_all;
use vibesheets_core::{
    Entry, EntryId, MemberId, OrganisationId,
    journal::Actor,
    store::{Scope, StoreError},
};

use super::row;
use crate::{
    item::{Item, Reading},
    keys::{Key, SHARDS, Table, entry_sort, organisation_shard, start_id},
    tables::{Query, Range, Tables},
};

/// Reading several items is not isolated from transactions: an entry that is just being moved may be in neither place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Look {
    /// For a decision on many, whose write then fails.
    OneByOne,
    /// For one that would be refused for want of it.
    AtOnce,
}

/// A member's own entries with these ids, in the order of the ids.
pub(super) async fn own(
    tables: &Tables,
    organisation: OrganisationId,
    member: MemberId,
    ids: &[EntryId],
) -> Result<Vec<Entry>, StoreError> {
    let mut found = BTreeMap::new();
    let second = if ids.len() == 1 { Look::AtOnce } else { Look::OneByOne };
    for how in [Look::OneByOne, second] {
        let missing: Vec<EntryId> = ids.iter().copied().filter(|id| !found.contains_key(id)).collect();
        if missing.is_empty() {
            break;
        }
        look(tables, organisation, member, &missing, how, &mut found).await?;
    }
    Ok(ids.iter().filter_map(|id| found.get(id).cloned()).collect())
}

async fn look(
    tables: &Tables,
    organisation: OrganisationId,
    member: MemberId,
    ids: &[EntryId],
    how: Look,
    found: &mut BTreeMap<EntryId, Entry>,
) -> Result<(), StoreError> {
    let open = Key::open(organisation, member);
    let place = |id: EntryId, start: i64| open.beside(entry_sort(start, id));
    let mut keys = BTreeSet::from([open.clone()]);
    for id in ids {
        keys.insert(place(*id, id.start_when_made_seconds()));
        keys.insert(Key::pointer(organisation, member, *id));
    }
    let mut moved = BTreeSet::new();
    for item in read(tables, how, keys).await? {
        match pointed_at(&item)? {
            Some((id, start)) => drop(moved.insert(place(id, start))),
            None => keep(&item, ids, found)?,
        }
    }
    for item in read(tables, how, moved).await? {
        keep(&item, ids, found)?;
    }
    Ok(())
}

async fn read(tables: &Tables, how: Look, keys: BTreeSet<Key>) -> Result<Vec<Item>, StoreError> {
    match how {
        Look::AtOnce if !keys.is_empty() => tables.get_at_once(keys.into_iter().collect()).await,
        _ => tables.get_all(Table::TimeEntries, keys).await,
    }
}

fn keep(item: &Item, ids: &[EntryId], found: &mut BTreeMap<EntryId, Entry>) -> Result<(), StoreError> {
    let entry = row::entry(item)?;
    if ids.contains(&entry.id) {
        found.insert(entry.id, entry);
    }
    Ok(())
}

/// The entry and start that a pointer names; `None` for an item that is none.
fn pointed_at(item: &Item) -> Result<Option<(EntryId, i64)>, StoreError> {
    let reading = Reading::new("pointer to an entry", item);
    if !reading.has(row::START) {
        return Ok(None);
    }
    let id = reading.text("item")?.strip_prefix("AT#").and_then(|id| id.parse().ok());
    Ok(Some((id.ok_or_else(|| reading.damaged("item"))?, reading.number(row::START)?)))
}

/// Anybody's entry: the actor's own partition first, which is exact, then the index, which lags behind and only tells whose
/// it is.
pub(super) async fn anybodys(
    tables: &Tables,
    scope: &Scope,
    id: EntryId,
) -> Result<Option<Entry>, StoreError> {
    let organisation = scope.organisation;
    if let Actor::Member(member) = scope.actor
        && let Some(entry) = own(tables, organisation, member, &[id]).await?.pop()
    {
        return Ok(Some(entry));
    }
    let start = id.start_when_made_seconds();
    let sort = start_id(start, id);
    let lookups = (0..SHARDS).map(|shard| {
        let range = Range::Between(sort.clone(), sort.clone());
        let query = Query::by_organisation(organisation_shard(organisation, shard), range);
        async move { tables.query_all(&query).await }
    });
    for item in try_join_all(lookups).await?.iter().flatten() {
        let reading = Reading::new("entry", item);
        let member = reading.text("member")?.split_once('/').and_then(|(_, member)| member.parse().ok());
        let member = member.ok_or_else(|| reading.damaged("member"))?;
        if let Some(entry) = own(tables, organisation, member, &[id]).await?.pop() {
            return Ok(Some(entry));
        }
    }
    Ok(None)
}
