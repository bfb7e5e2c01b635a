//! An engine beside the tests, and stores in it.

#![allow(dead_code, reason = "each test file uses a part")]

pub mod faults;
mod images;
mod messages;
pub mod scripted;
pub mod torn;

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use aws_sdk_dynamodb::{
    Client,
    config::{BehaviorVersion, Config, Credentials, Region, SharedHttpClient},
    types::AttributeValue,
};
use vibesheets_core::{MemberId, RandomSource, store::Scope};
use vibesheets_store_contract::support::{SeededRandom, dynamodb_endpoint};
use vibesheets_store_dynamodb::{DynamoDbStore, Location, keys::Table};

/// An empty store: tables of its own in the one engine of the test's process.
pub async fn empty_store() -> DynamoDbStore {
    let store = store_at(&new_location(), None).await;
    store.create_tables().await.expect("the tables are made");
    store
}

/// Where no other store is.
pub fn new_location() -> Location {
    static STORES: AtomicUsize = AtomicUsize::new(0);
    let number = STORES.fetch_add(1, Ordering::Relaxed);
    // Several processes may share an engine.
    let text = format!("dynamodb:test{}-{number}-?endpoint={}", std::process::id(), dynamodb_endpoint());
    text.parse().expect("a location")
}

/// The store there, whose requests go through `http`.
pub async fn store_at(location: &Location, http: Option<SharedHttpClient>) -> DynamoDbStore {
    let random: Arc<dyn RandomSource> = Arc::new(SeededRandom::new(7));
    DynamoDbStore::connect_through(http, location, random).await.expect("a store")
}

/// Takes what a member has at `sort` out of the index, as if that had not been told of it yet.
pub async fn hide_from_index(location: &Location, scope: &Scope, member: MemberId, sort: &str) {
    let text = |text: String| AttributeValue::S(text);
    let hidden = client()
        .update_item()
        .table_name(location.table_name(Table::TimeEntries))
        .key("member", text(format!("{}/{member}", scope.organisation)))
        .key("item", text(sort.to_owned()))
        .condition_expression("attribute_exists(organisation_shard)")
        .update_expression("REMOVE organisation_shard, start_id")
        .send()
        .await;
    hidden.expect("it was in the index");
}

/// Asks the engine itself.
pub fn client() -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .http_client(faults::Faults::none().client())
        .credentials_provider(Credentials::new("local", "local", None, None, "a test"))
        .region(Region::from_static("local"))
        .endpoint_url(dynamodb_endpoint());
    Client::from_conf(config.build())
}
