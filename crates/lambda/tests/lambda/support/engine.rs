//! Stores in the DynamoDB beside the tests.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use vibesheets_store_contract::support::{SeededRandom, dynamodb_endpoint};
use vibesheets_store_dynamodb::{DynamoDbStore, Location};

/// Where an empty store is, with its tables.
pub async fn new_store() -> String {
    static STORES: AtomicUsize = AtomicUsize::new(0);
    let number = STORES.fetch_add(1, Ordering::Relaxed);
    // Several processes may share an engine.
    let text = format!("dynamodb:lambda{}-{number}-?endpoint={}", std::process::id(), dynamodb_endpoint());
    let location: Location = text.parse().expect("a location");
    let store = DynamoDbStore::connect(&location, Arc::new(SeededRandom::new(7))).await.expect("a store");
    store.create_tables().await.expect("the tables are made");
    text
}
