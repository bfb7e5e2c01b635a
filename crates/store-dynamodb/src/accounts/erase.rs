//! What is left of an account whose person was erased.

use vibesheets_core::{Account, AccountId, store::StoreError};

use super::{HOLDER, address, find, place};
use crate::{
    item::NewItem,
    keys::REVISION,
    tables::{Condition, Refusal, Tables, Transaction},
};

/// Puts what is left in the place of the account, and frees its address.
pub(crate) async fn erase(tables: &Tables, id: AccountId) -> Result<(), StoreError> {
    let Some(account) = find(tables, id).await? else { return Ok(()) };
    // Where this is done again, the address may be somebody else's by now.
    tables.delete_where(&address(&account.email), HOLDER, &id.to_string()).await?;
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
