//! The same stories over another store: with `VIBESHEETS_STORIES_STORE=dynamodb`, and where stories go through a program
//! that has no other, each server has tables of its own in the DynamoDB beside the tests.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use vibesheets_core::store::Store;
use vibesheets_store_contract::support::{SeededRandom, dynamodb_endpoint};
use vibesheets_store_dynamodb::DynamoDbStore;
use vibesheets_store_sqlite::{Location, Options, SqliteStore};

use super::through::Way;

/// A store with nothing in it, and where another process finds it.
pub fn empty_store() -> (Arc<dyn Store>, String) {
    #[expect(clippy::disallowed_methods, reason = "tests have no configuration but the environment")]
    let named = std::env::var("VIBESHEETS_STORIES_STORE").unwrap_or_default();
    match (named.as_str(), Way::asked()) {
        // Servers are made where nothing can be waited for.
        ("dynamodb", _) | ("", Way::Program) => thread::spawn(in_tables).join().expect("no panic"),
        ("" | "sqlite", _) => {
            let store = SqliteStore::open(&Location::Memory, &Options::default()).expect("a store");
            (Arc::new(store), "sqlite::memory:".to_owned())
        }
        (other, _) => panic!("VIBESHEETS_STORIES_STORE is {other}; there are sqlite and dynamodb"),
    }
}

fn in_tables() -> (Arc<dyn Store>, String) {
    static STORES: AtomicUsize = AtomicUsize::new(0);
    let number = STORES.fetch_add(1, Ordering::Relaxed);
    let text = format!("dynamodb:stories{}-{number}-?endpoint={}", std::process::id(), dynamodb_endpoint());
    let location = text.parse().expect("a location");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let connect = || DynamoDbStore::connect(&location, Arc::new(SeededRandom::new(7)));
        connect().await.expect("a store").create_tables().await.expect("the tables are made");
        // Another one, since connections end with the runtime that they were made in.
        let store: Arc<dyn Store> = Arc::new(connect().await.expect("a store"));
        (store, text)
    })
}
