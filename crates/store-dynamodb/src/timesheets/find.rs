//! A member's entries by id. An id tells the start that the entry was made with, so its key is known; an entry whose start was edited
//! has a pointer beside it.

use std::collections::{BTreeMap, BTreeSet};

use vibesheets_core::{Entry, EntryId, MemberId, OrganisationId, store::StoreError};

use super::row;
use crate::{
    item::{Item, Reading},
    keys::{Key, Table, entry_sort},
    tables::Tables,
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

/// Where an entry is, or what tells where, if it is this member's.
pub(super) fn places(organisation: OrganisationId, member: MemberId, id: EntryId) -> [Key; 3] {
    let open = Key::open(organisation, member);
    let made = open.beside(entry_sort(id.start_when_made_seconds(), id));
    [open, made, Key::pointer(organisation, member, id)]
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
    let keys = ids.iter().flat_map(|id| places(organisation, member, *id)).collect();
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
