//! The port's contract on SQLite.

use std::sync::Arc;

use vibesheets_core::store::Store;
use vibesheets_store_sqlite::{Location, Options, SqliteStore};

async fn make_store() -> Arc<dyn Store> {
    Arc::new(SqliteStore::open(&Location::Memory, &Options::default()).expect("a store"))
}

vibesheets_store_contract::contract_tests!(make_store);
