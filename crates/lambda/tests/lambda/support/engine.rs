//! DynamoDB: the engine beside `store-dynamodb`, ended with this process, unless `VIBESHEETS_TEST_DYNAMODB` names the
//! endpoint of another.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};

use vibesheets_store_contract::support::SeededRandom;
use vibesheets_store_dynamodb::{DynamoDbStore, Location};

/// Where an empty store is, with its tables.
pub async fn new_store() -> String {
    static STORES: AtomicUsize = AtomicUsize::new(0);
    let number = STORES.fetch_add(1, Ordering::Relaxed);
    // Several processes may share an engine.
    let text = format!("dynamodb:lambda{}-{number}-?endpoint={}", std::process::id(), endpoint());
    let location: Location = text.parse().expect("a location");
    let store = DynamoDbStore::connect(&location, Arc::new(SeededRandom::new(7))).await.expect("a store");
    store.create_tables().await.expect("the tables are made");
    text
}

fn endpoint() -> String {
    let named = std::env::vars().find(|(name, _)| name == "VIBESHEETS_TEST_DYNAMODB");
    static ENGINE: OnceLock<(u16, Child)> = OnceLock::new();
    named.map_or_else(|| format!("http://127.0.0.1:{}", ENGINE.get_or_init(start).0), |(_, url)| url)
}

/// It ends when its standard input does.
fn start() -> (u16, Child) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../store-dynamodb/engine");
    let program = folder.join("target/release/dynamodb-engine");
    if !program.exists() {
        let built = Command::new(env!("CARGO"))
            .args(["build", "--release", "--locked", "--manifest-path"])
            .arg(folder.join("Cargo.toml"))
            .env_remove("CARGO_TARGET_DIR")
            .status();
        assert!(built.is_ok_and(|status| status.success()), "the engine does not build");
    }
    let mut process = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the engine starts");
    let mut line = String::new();
    let output = process.stdout.take().expect("piped");
    BufReader::new(output).read_line(&mut line).expect("the engine says its port");
    (line.trim().parse().expect("a port"), process)
}
