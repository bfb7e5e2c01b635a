//! Which rights each function needs: each operation is called over DynamoDB, and what it asks of which table is noted.
//! `rights.json` says it for whoever deploys.

mod call;
mod calls;
mod world;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use vibesheets_api::{Function, functions};

use crate::support::{ApiGateway, Bootstrap, Recorder, Rights, new_store};
use world::World;

const KEY: &str = "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f";

/// What no call here comes to, since it takes what is larger than an item: by function, the table and what is done to it.
const RARE: [(&str, &str, &str); 2] = [
    // Of a kept answer that took several items, all but the first go.
    ("erase-member", "applied_commands", "delete"),
    // What is left of a record's payload may fit into the record's own item where the whole did not.
    ("erase-member", "organisations", "delete"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_function_needs_the_rights_that_are_written_down_and_no_others() {
    let store = new_store().await;
    let (name, engine) = store.split_once("?endpoint=").expect("an endpoint");
    let recorder = Recorder::start(engine, name.trim_start_matches("dynamodb:")).await;
    let recorded = format!("{name}?endpoint={}", recorder.endpoint);
    let everything = bootstrap(&store, "").await;
    let world = World::make(&everything.client(ApiGateway::Http)).await;
    let mut found: BTreeMap<&str, Rights> = BTreeMap::new();
    let mut functions = functions();
    // It signs out.
    functions.sort_by_key(|function| function.name == "auth");
    for function in functions {
        let alone = bootstrap(&recorded, function.name).await;
        let mut called = BTreeSet::new();
        for (operation, call) in calls::of(&world, function.name) {
            let client = alone.client(ApiGateway::Http).with_token(&world.token);
            call.send(&client, operation).await;
            called.insert(operation.to_owned());
        }
        assert_eq!(called, operations(&function), "each operation of {} is called", function.name);
        found.insert(function.name, recorder.take());
    }
    for (function, table, right) in RARE {
        let rights = found.get_mut(function).expect("a function").entry(table.to_owned()).or_default();
        assert!(rights.insert(right), "{function} was seen to {right} in {table}: it needs no mention");
    }
    compare(&found);
}

fn compare(found: &BTreeMap<&str, Rights>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rights.json");
    let made = serde_json::to_string_pretty(found).expect("JSON") + "\n";
    if std::env::vars().any(|(name, _)| name == "UPDATE_SNAPSHOTS") {
        fs::write(&path, made).expect("written");
        return;
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(made, committed, "crates/lambda/rights.json differs; write it anew with UPDATE_SNAPSHOTS=1");
}

fn operations(function: &Function) -> BTreeSet<String> {
    let description = serde_json::to_value(function.router.get_openapi()).expect("JSON");
    let paths = description["paths"].as_object().expect("paths");
    let operations = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().expect("methods").keys();
        methods.map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    operations.collect()
}

async fn bootstrap(store: &str, function: &str) -> Bootstrap {
    Bootstrap::start(&[
        ("VIBESHEETS_FUNCTION", function),
        // Where limits are in force.
        ("VIBESHEETS_ENV", "staging"),
        ("VIBESHEETS_PUBLIC_URL", "https://time.example.com"),
        ("VIBESHEETS_SESSION_KEY", KEY),
        ("VIBESHEETS_SIGNUP", "open"),
        ("VIBESHEETS_STORE", store),
    ])
    .await
}
