//! Writing sign-ins.

use vibesheets_core::{
    Account, Member, Membership, OrganisationId,
    journal::{Append, Revision, StreamId},
    store::{Commit, Scope, SignUpWrite, StoreError},
};

use super::{HOLDER, address, founded, membership_item, membership_place, place};
use crate::{
    directory,
    item::NewItem,
    journal::{append, conflict, head},
    keys::REVISION,
    tables::{Condition, Lost, Refusal, Tables, Transaction},
};

/// Refused once, because somebody else was the first to sign up; then the store is not empty any more.
const MOST_LOOKS: usize = 2;

pub(super) async fn sign_up(
    tables: &Tables,
    scope: &Scope,
    write: &SignUpWrite,
) -> Result<Commit, StoreError> {
    let stream = write.directory.append.record.stream;
    for _ in 0..MOST_LOOKS {
        let is_empty = tables.get(&founded()).await?.is_none();
        if write.only_if_store_is_empty && !is_empty {
            return Err(StoreError::AlreadyExists { what: "store" });
        }
        let mut transaction = directory::transaction(tables, scope, &write.directory).await?;
        if let Some((append, account)) = &write.account {
            put_account(tables, &mut transaction, append, account, is_empty).await?;
        }
        match tables.commit(transaction).await {
            Err(Lost::Refused(Refusal::Founded)) => {}
            outcome => return told(tables, stream, outcome).await,
        }
    }
    Err(StoreError::AlreadyExists { what: "store" })
}

pub(super) async fn account(
    tables: &Tables,
    append: &Append,
    account: &Revision<Account>,
) -> Result<Commit, StoreError> {
    let stream = append.record.stream;
    for _ in 0..MOST_LOOKS {
        let is_empty = account.before.is_none() && tables.get(&founded()).await?.is_none();
        let mut transaction = Transaction::of(&append.record);
        put_account(tables, &mut transaction, append, account, is_empty).await?;
        match tables.commit(transaction).await {
            Err(Lost::Refused(Refusal::Founded)) => {}
            outcome => return told(tables, stream, outcome).await,
        }
    }
    Err(StoreError::AlreadyExists { what: "store" })
}

/// The account, its address and its record, and that somebody signed up, where nobody had.
async fn put_account(
    tables: &Tables,
    transaction: &mut Transaction,
    append_: &Append,
    Revision { before, after }: &Revision<Account>,
    is_empty: bool,
) -> Result<(), StoreError> {
    let record = &append_.record;
    if record.stream != StreamId::Account(after.id) {
        let stream = record.stream;
        return Err(StoreError::Internal(format!("a record of {stream} for account {}", after.id)));
    }
    let head = head(tables, record.stream).await?;
    if (head.seq + 1, head.hash) != (record.seq, record.previous) {
        return Err(StoreError::Conflict { current: Some(head) });
    }
    append(tables, transaction, append_, |item| item);
    if is_empty {
        let item = NewItem::new(founded()).text("since", record.time);
        transaction.put(tables, item, &Condition::Absent, Refusal::Founded);
    }
    let condition = match before {
        None => Condition::Absent,
        Some(before) => Condition::Revision(before.version.to_string()),
    };
    let item = NewItem::new(place(after.id)).text(REVISION, after.version).body(after);
    transaction.put(tables, item, &condition, Refusal::Item);
    let address_before = before.as_ref().map(|before| &before.email);
    if address_before != Some(&after.email) {
        let item = NewItem::new(address(&after.email)).text(HOLDER, after.id);
        transaction.put(tables, item, &Condition::Absent, Refusal::Address);
        if let Some(email) = address_before {
            transaction.delete(tables, &address(email), &Condition::Present, Refusal::Item);
        }
    }
    Ok(())
}

/// What a member's change does to where an account is a member.
pub(crate) fn membership(
    tables: &Tables,
    transaction: &mut Transaction,
    organisation: OrganisationId,
    Revision { before, after }: &Revision<Member>,
) {
    let of = |member: &Member| Membership { organisation, member: member.id };
    let account_before = before.as_ref().and_then(|before| before.account);
    if account_before == after.account {
        return;
    }
    if let (Some(account), Some(before)) = (account_before, before) {
        transaction.delete(tables, &membership_place(account, of(before)), &Condition::Any, Refusal::Item);
    }
    if let Some(account) = after.account {
        let item = membership_item(account, of(after), after.created_at);
        transaction.put(tables, item, &Condition::Any, Refusal::Item);
    }
}

/// What a write is told.
async fn told(tables: &Tables, stream: StreamId, outcome: Result<(), Lost>) -> Result<Commit, StoreError> {
    let exists = |what| Err(StoreError::AlreadyExists { what });
    match outcome {
        Ok(()) => Ok(Commit { number: None }),
        Err(Lost::Failed(error)) => Err(error),
        Err(Lost::Refused(Refusal::Address)) => exists("account"),
        Err(Lost::Refused(Refusal::Command)) => exists("command"),
        Err(Lost::Refused(Refusal::Founded)) => exists("store"),
        Err(Lost::Refused(Refusal::Record | Refusal::Item)) => Err(conflict(tables, stream).await),
    }
}
