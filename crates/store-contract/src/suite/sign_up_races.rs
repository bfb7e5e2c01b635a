//! Sign-ups at once. Each function needs a store of its own.

use std::sync::Arc;

use futures_util::future::join_all;
use vibesheets_core::{
    Account, Role,
    journal::Actor,
    store::{Scope, SignUpWrite, Store, StoreError},
};

use crate::support::Lab;

async fn at_once(store: &Arc<dyn Store>, lab: &Lab, accounts: Vec<Account>, first: bool) -> Vec<StoreError> {
    let count = accounts.len();
    let tasks = accounts.into_iter().map(|account| {
        let organisation = lab.organisation();
        let owner = lab.member("Owner", Role::Owner, Some(&account));
        let scope = Scope { organisation: organisation.id, actor: Actor::Account(account.id) };
        let write = lab.sign_up_write(&scope, &account, &organisation, &owner);
        let write = SignUpWrite { only_if_store_is_empty: first, ..write };
        let store = Arc::clone(store);
        tokio::spawn(async move { store.sign_up(&scope, write).await })
    });
    let results: Vec<_> = join_all(tasks).await.into_iter().map(Result::unwrap).collect();
    let refused: Vec<_> = results.into_iter().filter_map(Result::err).collect();
    assert_eq!(refused.len(), count - 1, "{refused:?}");
    refused
}

pub async fn of_first_set_ups_at_once_one_wins(store: Arc<dyn Store>) {
    let lab = Lab::default();
    let accounts = (0..16).map(|_| lab.account()).collect();
    for error in at_once(&store, &lab, accounts, true).await {
        assert_eq!(error, StoreError::AlreadyExists { what: "store" });
    }
}

pub async fn of_sign_ups_with_one_address_at_once_one_wins(store: Arc<dyn Store>) {
    let lab = Lab::default();
    let email = lab.account().email;
    let accounts = (0..16).map(|_| Account { email: email.clone(), ..lab.account() }).collect();
    for error in at_once(&store, &lab, accounts, false).await {
        assert_eq!(error, StoreError::AlreadyExists { what: "account" });
    }
    assert!(store.find_account_by_email(&email).await.unwrap().is_some());
}
