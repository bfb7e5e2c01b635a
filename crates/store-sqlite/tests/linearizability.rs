//! The clock on SQLite is linearizable, and the checker would find it if it were not. With the feature `proof` it goes
//! on for ten thousand histories with faults and as many without, and writes its figures to docs/EVIDENCE.md.

#![allow(clippy::unwrap_used, reason = "a history without an order is a test that fails")]

use std::sync::Arc;

use vibesheets_core::store::Store;
use vibesheets_store_contract::linearizability::{
    Checked, HistoriesToCheck, check_histories, find_every_defect,
};
use vibesheets_store_sqlite::{Location, Options, SqliteStore};

#[cfg(not(feature = "proof"))]
const HISTORIES: usize = 300;
#[cfg(feature = "proof")]
const HISTORIES: usize = 10_000;

async fn make_store() -> Arc<dyn Store> {
    Arc::new(SqliteStore::open(&Location::Memory, &Options::default()).expect("a store"))
}

async fn check(with_faults: bool) -> Checked {
    let histories = HistoriesToCheck { seed: 1, histories: HISTORIES, with_faults, defect: None };
    check_histories(make_store().await, histories).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_presses_and_looks_are_linearizable() {
    let (plain, faulty) = (check(false).await, check(true).await);
    // Clients that wait for each other, and faults that do not fall, would prove nothing.
    assert!(plain.concurrent > plain.operations / 2, "{plain:?}");
    assert!(faulty.outcomes_unknown > 0 && faulty.not_applied > HISTORIES, "{faulty:?}");
    report(&plain, &faulty).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_planted_defect_is_found_within_100_histories() {
    for found in find_every_defect(make_store, 3).await {
        println!("{found}");
    }
}

#[cfg(not(feature = "proof"))]
async fn report(plain: &Checked, faulty: &Checked) {
    println!("{plain}\nwith faults: {faulty}");
}

#[cfg(feature = "proof")]
async fn report(plain: &Checked, faulty: &Checked) {
    let found = find_every_defect(make_store, 10).await;
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    let words = format!(
        "{plain} With faults: {faulty} Planted defects, ten times each, were found: {} histories.",
        found.join(", ")
    );
    println!("{words}");
    vibesheets_store_contract::evidence::write("Linearizability: SQLite", &words);
}
