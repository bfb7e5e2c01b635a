//! What is left of an account whose person was erased.

use vibesheets_core::{Account, AccountId, store::StoreError};

use super::{address, find, place};
use crate::{
    item::{NewItem, Reading},
    keys::REVISION,
    tables::{Condition, Refusal, Tables, Transaction},
};

/// Puts what is left in the place of the account, and frees its address.
pub(crate) async fn erase(tables: &Tables, id: AccountId) -> Result<(), StoreError> {
    let Some(account) = find(tables, id).await? else { return Ok(()) };
    let pointer = address(&account.email);
    if let Some(item) = tables.get(&pointer).await?
        && Reading::new("address", &item).parsed::<AccountId>("holder")? == id
    {
        tables.delete(&pointer).await?;
    }
    tables.put(left(id)).await
}

/// Puts what is left where there is no account yet.
pub(crate) fn put_erased(tables: &Tables, transaction: &mut Transaction, id: AccountId) {
    transaction.put(tables, left(id), &Condition::Any, Refusal::Item);
}

fn left(id: AccountId) -> NewItem {
    let left = Account::erased(id);
    NewItem::new(place(id)).text(REVISION, left.version).body(&left)
}
