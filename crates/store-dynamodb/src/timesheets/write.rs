//! Writing entries with the record that tells of them.

use std::collections::{BTreeMap, btree_map};

use vibesheets_core::{
    Entry, MemberId, OrganisationId,
    journal::{Revision, StreamId},
    store::{Commit, Scope, StoreError, TimesheetWrite},
};

use super::{
    head::{MemberHead, member_head},
    row,
};
use crate::{
    commands,
    item::NewItem,
    journal,
    keys::{Key, OPEN, OPEN_REVISION, RECENT},
    tables::{Condition, Lost, Refusal, Tables, Transaction},
};

pub(super) async fn timesheet(
    tables: &Tables,
    scope: &Scope,
    write: &TimesheetWrite,
) -> Result<Commit, StoreError> {
    let record = &write.append.record;
    let member = owner(scope, write)?;
    let before = member_head(tables, scope.organisation, member).await?;
    // Known before a transaction fails of it, which would cost as much as one that succeeds.
    let conflict = StoreError::Conflict { current: Some(before.head) };
    if (before.head.seq + 1, before.head.hash) != (record.seq, record.previous) {
        return Err(conflict);
    }
    let Some(changes) = Changes::of(scope.organisation, &write.change.entries) else { return Err(conflict) };
    before.settle(tables, record.stream).await?;
    let transaction = transaction(tables, scope, write, &before, changes);
    match tables.commit(transaction).await {
        Ok(()) => Ok(Commit { number: None }),
        Err(Lost::Failed(error)) => Err(error),
        Err(Lost::Refused(Refusal::Command)) => Err(StoreError::AlreadyExists { what: "command" }),
        Err(Lost::Refused(_)) => Err(journal::conflict(tables, record.stream).await),
    }
}

/// The member whose stream the record belongs to; every entry is theirs.
fn owner(scope: &Scope, write: &TimesheetWrite) -> Result<MemberId, StoreError> {
    let member = match write.append.record.stream {
        StreamId::Member(organisation, member) if organisation == scope.organisation => member,
        other => return Err(StoreError::Internal(format!("a record of {other} outside its scope"))),
    };
    if write.change.entries.iter().any(|revision| revision.after.member_id != member) {
        return Err(StoreError::Internal("an entry in another member's record".to_owned()));
    }
    Ok(member)
}

fn transaction(
    tables: &Tables,
    scope: &Scope,
    write: &TimesheetWrite,
    before: &MemberHead,
    changes: Changes,
) -> Transaction {
    let record = &write.append.record;
    let recent = before.recent.after(&write.change.entries).to_bytes();
    let open = changes.open_revision_after(before);
    let mut transaction = Transaction::of(record);
    journal::append(tables, &mut transaction, &write.append, |item| {
        let item = item.bytes(RECENT, recent);
        match open {
            Some(revision) => item.text(OPEN_REVISION, revision),
            None => item,
        }
    });
    commands::keep(tables, &mut transaction, scope, write.applied.as_ref(), record);
    changes.add_to(tables, &mut transaction);
    transaction
}

/// What is written at each place of the member's partition. A switch closes the open entry and opens another in its place:
/// a transaction may name a place only once.
#[derive(Default)]
struct Changes {
    by_place: BTreeMap<Key, Change>,
    pointers: Vec<NewItem>,
    obsolete_pointers: Vec<Key>,
}

struct Change {
    expected: Condition,
    after: Option<(NewItem, String)>,
}

impl Changes {
    /// `None` where they do not fit what is there, whatever it is: two entries in one place, or an entry that another one
    /// or another member's becomes.
    fn of(organisation: OrganisationId, revisions: &[Revision<Entry>]) -> Option<Self> {
        let continues = |Revision { before, after }: &Revision<Entry>| {
            before.as_ref().is_none_or(|before| (before.id, before.member_id) == (after.id, after.member_id))
        };
        if !revisions.iter().all(continues) {
            return None;
        }
        let mut changes = Self::default();
        for before in revisions.iter().filter_map(|revision| revision.before.as_ref()) {
            let expected = Condition::Revision(row::revision(before));
            let change = Change { expected, after: None };
            if changes.by_place.insert(Key::entry(organisation, before), change).is_some() {
                return None;
            }
        }
        for Revision { before, after } in revisions {
            let item = (row::item(organisation, after), row::revision(after));
            match changes.by_place.entry(item.0.key.clone()) {
                btree_map::Entry::Vacant(place) => {
                    place.insert(Change { expected: Condition::Absent, after: Some(item) });
                }
                btree_map::Entry::Occupied(mut place) if place.get().after.is_none() => {
                    place.get_mut().after = Some(item);
                }
                btree_map::Entry::Occupied(_) => return None,
            }
            changes.point(organisation, before.as_ref(), after);
        }
        Some(changes)
    }

    /// Says where `after` is, where its id does not tell.
    fn point(&mut self, organisation: OrganisationId, before: Option<&Entry>, after: &Entry) {
        if row::is_moved(after) && before.is_none_or(|before| before.start != after.start) {
            self.pointers.push(row::pointer(organisation, after));
        }
        if !row::is_moved(after) && before.is_some_and(row::is_moved) {
            self.obsolete_pointers.push(Key::pointer(organisation, after.member_id, after.id));
        }
    }

    /// The revision of the entry that is open once they are made.
    fn open_revision_after(&self, before: &MemberHead) -> Option<String> {
        match self.by_place.iter().find(|(place, _)| place.sort == OPEN) {
            Some((_, change)) => change.after.as_ref().map(|(_, revision)| revision.clone()),
            None => before.open_revision.clone(),
        }
    }

    fn add_to(self, tables: &Tables, transaction: &mut Transaction) {
        for (place, Change { expected, after }) in self.by_place {
            match after {
                Some((item, _)) => transaction.put(tables, item, &expected, Refusal::Item),
                None => transaction.delete(tables, &place, &expected, Refusal::Item),
            }
        }
        for pointer in self.pointers {
            transaction.put(tables, pointer, &Condition::Any, Refusal::Item);
        }
        for place in &self.obsolete_pointers {
            transaction.delete(tables, place, &Condition::Any, Refusal::Item);
        }
    }
}
