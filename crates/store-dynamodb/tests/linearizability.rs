//! The clock on DynamoDB is linearizable: without faults, with calls of the store that fail, and with faults between the
//! client and the engine. With the feature `proof` it goes on for ten thousand histories, and writes its figures to
//! docs/EVIDENCE.md.

#![allow(clippy::unwrap_used, reason = "a history without an order is a test that fails")]

mod support;

use std::{collections::BTreeSet, sync::Arc};

use support::{
    faults::{Fault, Faults},
    torn::Torn,
};
use vibesheets_core::store::Store;
use vibesheets_store_contract::linearizability::{Checked, HistoriesToCheck, check_histories};

#[cfg(not(feature = "proof"))]
const HISTORIES: usize = 100;
#[cfg(feature = "proof")]
const HISTORIES: usize = 4_000;

/// Of a hundred requests to the engine, so many go wrong.
const PERCENT: u64 = 10;

async fn check(store: Arc<dyn Store>, with_faults: bool) -> Checked {
    let histories = HistoriesToCheck { seed: 1, histories: HISTORIES, with_faults, defect: None };
    check_histories(store, histories).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_presses_and_looks_are_linearizable() {
    let plain = check(Arc::new(support::empty_store().await), false).await;
    assert!(plain.concurrent > plain.operations / 2, "{plain:?}");
    report("without faults", &plain);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn they_are_where_calls_of_the_store_fail() {
    let faulty = check(Arc::new(support::empty_store().await), true).await;
    // Some eight of a hundred histories hold one: which calls fail follows from the seed, which are writes from their order.
    assert!(faulty.outcomes_unknown > 0 && faulty.not_applied > HISTORIES, "{faulty:?}");
    report("with failing calls", &faulty);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn they_are_where_requests_to_the_engine_go_wrong() {
    let location = support::new_location();
    support::store_at(&location, None).await.create_tables().await.unwrap();
    let faults = Faults::sometimes(PERCENT, 1);
    let store = support::store_at(&location, Some(faults.client())).await;
    let faulty = check(Arc::new(store), false).await;
    println!("{} requests, {PERCENT} of a hundred were to go wrong: {:?}", faults.requests(), faults.fired());
    // A clock reads no index.
    for fault in Fault::ALL.into_iter().filter(|fault| *fault != Fault::StaleIndex) {
        assert!(faults.fired().contains_key(&fault), "{fault:?} never happened");
    }
    // Whatever became of it: under its own token, or it would be another command's.
    assert_eq!(faults.given_up(), BTreeSet::new(), "transactions whose answers were lost did not come again");
    report("with faults before the engine", &faulty);
}

/// A query that is answered item by item shows parts of different states, as DynamoDB may show them in one page.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn they_are_where_a_query_sees_a_part_of_a_transaction() {
    let location = support::new_location();
    support::store_at(&location, None).await.create_tables().await.unwrap();
    let store = support::store_at(&location, Some(Faults::always(Fault::ShortPage).client())).await;
    report("with torn queries", &check(Arc::new(store), false).await);
}

/// Each item of each transaction is seen at another moment, in any order, as DynamoDB may show it until it has acknowledged the
/// transaction.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn they_are_where_a_transaction_is_seen_item_by_item() {
    let location = support::new_location();
    support::store_at(&location, None).await.create_tables().await.unwrap();
    let store = support::store_at(&location, Some(Torn::new(1).shows())).await;
    report("with torn transactions", &check(Arc::new(store), false).await);
}

#[cfg(not(feature = "proof"))]
fn report(what: &str, checked: &Checked) {
    println!("{what}: {checked}");
}

#[cfg(feature = "proof")]
fn report(what: &str, checked: &Checked) {
    println!("{what}: {checked}");
    let title = format!("Linearizability: DynamoDB, {what}");
    vibesheets_store_contract::evidence::write(&title, &checked.to_string());
}
