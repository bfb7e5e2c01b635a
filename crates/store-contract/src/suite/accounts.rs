//! Sign-ins.

use vibesheets_core::{
    Account, AccountId, Email, Member, Membership, OrganisationId, PasswordHash, Role,
    journal::{Actor, DirectoryChange, Head, StreamId},
    store::{Scope, SignUpWrite, Store, StoreError},
};

use crate::support::{Lab, changed, new, timestamp};

/// What a sign-up would leave.
async fn is_without_a_trace(store: &dyn Store, account: &Account, organisation: OrganisationId) {
    let scope = Scope { organisation, actor: Actor::System };
    assert_eq!(store.find_account(account.id).await.unwrap(), None);
    assert_eq!(store.head(StreamId::Account(account.id)).await.unwrap(), Head::EMPTY);
    assert_eq!(store.load_directory(&scope).await.unwrap(), None);
    assert_eq!(store.head(StreamId::Organisation(organisation)).await.unwrap(), Head::EMPTY);
    assert_eq!(store.list_memberships(account.id).await.unwrap(), []);
}

/// Needs a store of its own.
pub async fn a_store_is_empty_until_somebody_signs_up(store: &dyn Store) {
    assert!(store.is_empty().await.unwrap());
    Lab::default().found(store, 0).await;
    assert!(!store.is_empty().await.unwrap());
}

pub async fn a_sign_up_makes_account_organisation_and_owner_together(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 0).await;
    let account = &team.account;
    assert_eq!(store.find_account(account.id).await.unwrap().as_ref(), Some(account));
    assert_eq!(store.find_account_by_email(&account.email).await.unwrap().as_ref(), Some(account));
    let membership = Membership { organisation: team.organisation.id, member: team.owner.member.id };
    assert_eq!(store.list_memberships(account.id).await.unwrap(), [membership]);
    let directory = store.load_directory(&team.scope()).await.unwrap().unwrap();
    assert_eq!(directory.members, [(*team.owner.member).clone()]);
    assert_eq!(store.head(StreamId::Account(account.id)).await.unwrap().seq, 1);
    assert_eq!(store.head(team.stream()).await.unwrap().seq, 1);
    let nobody = Email::new("nobody@example.com").unwrap();
    assert_eq!(store.find_account_by_email(&nobody).await.unwrap(), None);
    assert_eq!(store.find_account(AccountId::from_bytes([2; 16])).await.unwrap(), None);
}

pub async fn a_sign_up_with_a_taken_address_is_refused_and_leaves_nothing(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 0).await;
    let account = Account { email: team.account.email.clone(), ..lab.account() };
    let organisation = lab.organisation();
    let owner = lab.member("Second", Role::Owner, Some(&account));
    let scope = Scope { organisation: organisation.id, actor: Actor::Account(account.id) };
    let write = lab.sign_up_write(&scope, &account, &organisation, &owner);
    let error = store.sign_up(&scope, write).await.unwrap_err();
    assert_eq!(error, StoreError::AlreadyExists { what: "account" });
    is_without_a_trace(store, &account, organisation.id).await;
}

pub async fn a_first_set_up_of_a_store_that_is_not_empty_is_refused_and_leaves_nothing(store: &dyn Store) {
    let lab = Lab::default();
    lab.found(store, 0).await;
    let account = lab.account();
    let organisation = lab.organisation();
    let owner = lab.member("Second", Role::Owner, Some(&account));
    let scope = Scope { organisation: organisation.id, actor: Actor::Account(account.id) };
    let write = lab.sign_up_write(&scope, &account, &organisation, &owner);
    let write = SignUpWrite { only_if_store_is_empty: true, ..write };
    let error = store.sign_up(&scope, write).await.unwrap_err();
    assert_eq!(error, StoreError::AlreadyExists { what: "store" });
    is_without_a_trace(store, &account, organisation.id).await;
}

pub async fn a_sign_up_on_an_old_head_of_the_organisation_is_a_conflict_and_leaves_nothing(
    store: &dyn Store,
) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    let account = lab.account();
    let before = &team.members[0].member;
    let joined = Member { account: Some(account.id), version: 2, ..(**before).clone() };
    let changes = vec![DirectoryChange::Member(changed(before, joined))];
    let write = SignUpWrite {
        account: Some(lab.account_write(Head::EMPTY, new(account.clone()))),
        directory: lab.directory_write(&team.scope(), Head::EMPTY, changes),
        only_if_store_is_empty: false,
    };
    let error = store.sign_up(&team.scope(), write).await.unwrap_err();
    assert!(matches!(error, StoreError::Conflict { .. }), "{error}");
    assert_eq!(store.find_account(account.id).await.unwrap(), None);
    assert_eq!(store.head(StreamId::Account(account.id)).await.unwrap(), Head::EMPTY);
    assert_eq!(store.find_member(&team.scope(), before.id).await.unwrap().as_ref(), Some(&**before));
}

/// Without a new account: somebody who has a sign-in joins another organisation.
pub async fn an_account_may_be_a_member_of_several_organisations_the_oldest_first(store: &dyn Store) {
    let lab = Lab::default();
    let first = lab.found(store, 0).await;
    let mut expected =
        vec![Membership { organisation: first.organisation.id, member: first.owner.member.id }];
    for (time, archived) in [("2026-03-04T08:00:00Z", false), ("2026-03-03T08:00:00Z", true)] {
        lab.time.set(timestamp(time));
        let team = lab.found(store, 1).await;
        let before = &team.members[0].member;
        let joined = Member { account: Some(first.account.id), archived, version: 2, ..(**before).clone() };
        let head = store.head(team.stream()).await.unwrap();
        let changes = vec![DirectoryChange::Member(changed(before, joined))];
        let directory = lab.directory_write(&team.scope(), head, changes);
        let write = SignUpWrite { account: None, directory, only_if_store_is_empty: false };
        store.sign_up(&team.scope(), write).await.unwrap();
        expected.insert(1, Membership { organisation: team.organisation.id, member: before.id });
    }
    assert_eq!(store.list_memberships(first.account.id).await.unwrap(), expected);
}

pub async fn an_accounts_password_and_address_change_on_its_head(store: &dyn Store) {
    let lab = Lab::default();
    let account = lab.found(store, 0).await.account;
    let stream = StreamId::Account(account.id);
    let head = store.head(stream).await.unwrap();
    let after = Account {
        email: Email::new(&format!("new.{}", account.email)).unwrap(),
        password: PasswordHash("$argon2id$other".to_owned()),
        version: 2,
        ..account.clone()
    };
    let (append, revision) = lab.account_write(head, changed(&account, after.clone()));
    store.write_account(append.clone(), revision.clone()).await.unwrap();
    assert_eq!(store.find_account_by_email(&after.email).await.unwrap(), Some(after.clone()));
    assert_eq!(store.find_account_by_email(&account.email).await.unwrap(), None);
    assert_eq!(store.find_account(account.id).await.unwrap(), Some(after));
    assert_eq!(store.head(stream).await.unwrap(), append.record.head());
    let error = store.write_account(append, revision).await.unwrap_err();
    assert!(matches!(error, StoreError::Conflict { .. }), "{error}");
}

pub async fn an_account_cannot_take_anothers_address(store: &dyn Store) {
    let lab = Lab::default();
    let (account, other) = (lab.found(store, 0).await.account, lab.found(store, 0).await.account);
    let head = store.head(StreamId::Account(account.id)).await.unwrap();
    let after = Account { email: other.email.clone(), version: 2, ..account.clone() };
    let (append, revision) = lab.account_write(head, changed(&account, after));
    let error = store.write_account(append, revision).await.unwrap_err();
    assert_eq!(error, StoreError::AlreadyExists { what: "account" });
    assert_eq!(store.find_account(account.id).await.unwrap(), Some(account.clone()));
    assert_eq!(store.find_account_by_email(&other.email).await.unwrap(), Some(other));
    assert_eq!(store.head(StreamId::Account(account.id)).await.unwrap(), head);
}
