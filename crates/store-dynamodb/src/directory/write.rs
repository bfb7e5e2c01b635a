//! Writing nouns with the record that tells of them.

use std::fmt::Display;

use serde::Serialize;
use vibesheets_core::{
    Invitation,
    journal::{DirectoryChange, Revision, StreamId},
    store::{Commit, DirectoryWrite, Scope, StoreError},
};

use super::{CLIENT, IMPORT, PROJECT, TAG, invitation_place, organisation_place};
use crate::{
    accounts, commands,
    item::NewItem,
    journal,
    keys::{Key, Table},
    tables::{Condition, Lost, Refusal, Tables, Transaction},
};

pub(super) async fn write(
    tables: &Tables,
    scope: &Scope,
    write: &DirectoryWrite,
) -> Result<Commit, StoreError> {
    let transaction = transaction(tables, scope, write).await?;
    match tables.commit(transaction).await {
        Ok(()) => Ok(Commit { number: None }),
        Err(Lost::Failed(error)) => Err(error),
        Err(Lost::Refused(Refusal::Command)) => Err(StoreError::AlreadyExists { what: "command" }),
        Err(Lost::Refused(_)) => Err(journal::conflict(tables, write.append.record.stream).await),
    }
}

/// The record, the command's answer and the nouns, to which a sign-up adds its account.
///
/// # Errors
/// [`StoreError::Conflict`] where the head is another than the one that was decided on, which spares a transaction that
/// would fail; [`StoreError::Internal`] for a record outside of the scope.
pub(crate) async fn transaction(
    tables: &Tables,
    scope: &Scope,
    write: &DirectoryWrite,
) -> Result<Transaction, StoreError> {
    let record = &write.append.record;
    if record.stream != StreamId::Organisation(scope.organisation) {
        return Err(StoreError::Internal(format!("a record of {} outside its scope", record.stream)));
    }
    let (head, places) = journal::head_and_places(tables, record.stream).await?;
    let conflict = StoreError::Conflict { current: Some(head) };
    if (head.seq + 1, head.hash) != (record.seq, record.previous) {
        return Err(conflict);
    }
    journal::settle(tables, record.stream, head.seq, places).await?;
    let mut transaction = Transaction::of(record);
    journal::append(tables, &mut transaction, &write.append, |item| item);
    commands::keep(tables, &mut transaction, scope, write.applied.as_ref(), record);
    for change in &write.changes {
        if let DirectoryChange::Organisation(revision) = change
            && revision.after.id != scope.organisation
        {
            return Err(conflict);
        }
        put(tables, &mut transaction, scope, change);
    }
    Ok(transaction)
}

fn put(tables: &Tables, transaction: &mut Transaction, scope: &Scope, change: &DirectoryChange) {
    let organisation = scope.organisation;
    let place = |prefix: &str, id: &dyn Display| {
        Key::new(Table::Projects, organisation, format_args!("{prefix}{id}"))
    };
    let mut noun = Noun { tables, transaction };
    match change {
        DirectoryChange::Organisation(revision) => noun.put(organisation_place(organisation), revision),
        DirectoryChange::Member(revision) => {
            noun.put(Key::new(Table::Members, organisation, revision.after.id), revision);
            accounts::membership(tables, transaction, organisation, revision);
        }
        DirectoryChange::Project(revision) => noun.put(place(PROJECT, &revision.after.id), revision),
        DirectoryChange::Client(revision) => noun.put(place(CLIENT, &revision.after.id), revision),
        DirectoryChange::Tag(revision) => noun.put(place(TAG, &revision.after.id), revision),
        DirectoryChange::Invitation(revision) => {
            let of = |invitation: &Invitation| {
                invitation_place(organisation, invitation.id, invitation.ended_at.is_some())
            };
            noun.move_to(revision.before.as_ref().map(of), of(&revision.after), &revision.after);
        }
        DirectoryChange::Import(revision) => {
            let id = revision.after.id;
            noun.put(Key::new(Table::Organisations, organisation, format_args!("{IMPORT}{id}")), revision);
        }
        // The record is all there is of it.
        DirectoryChange::Heads(_) => {}
    }
}

/// A noun to be written.
struct Noun<'a> {
    tables: &'a Tables,
    transaction: &'a mut Transaction,
}

impl Noun<'_> {
    fn put<T: Serialize>(&mut self, place: Key, revision: &Revision<T>) {
        self.move_to(revision.before.as_ref().map(|_| place.clone()), place, &revision.after);
    }

    /// Written at `place`, and no longer at the place before.
    fn move_to(&mut self, before: Option<Key>, place: Key, after: &impl Serialize) {
        let condition = if before.as_ref() == Some(&place) { Condition::Present } else { Condition::Absent };
        if let Some(before) = before.filter(|before| *before != place) {
            self.transaction.delete(self.tables, &before, &Condition::Present, Refusal::Item);
        }
        let item = NewItem::new(place).body(after);
        self.transaction.put(self.tables, item, &condition, Refusal::Item);
    }
}
