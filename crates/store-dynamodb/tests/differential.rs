//! The same random actions on SQLite and on DynamoDB.

mod support;

use vibesheets_store_contract::differential::takes_the_same_actions;
use vibesheets_store_sqlite::{Location, Options, SqliteStore};

/// Sequences, and actions in each.
const SEQUENCES: u64 = 8;
const ACTIONS: usize = 64;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_and_dynamodb_give_the_same_answers_and_hold_the_same() {
    let sqlite = SqliteStore::open(&Location::Memory, &Options::default()).expect("a store");
    let dynamodb = support::empty_store().await;
    let mut answered = 0;
    for seed in 1..=SEQUENCES {
        answered += takes_the_same_actions(&sqlite, &dynamodb, seed, ACTIONS).await;
    }
    // Refusals alone would prove little.
    assert!(answered * 3 > ACTIONS * SEQUENCES as usize, "{answered} actions were not refused");
    println!("{answered} of {} actions were not refused", ACTIONS * SEQUENCES as usize);
}
