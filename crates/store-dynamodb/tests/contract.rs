//! The port's contract on DynamoDB.

mod support;

use std::sync::Arc;

use vibesheets_core::store::Store;

async fn make_store() -> Arc<dyn Store> {
    Arc::new(support::empty_store().await)
}

vibesheets_store_contract::contract_tests!(make_store);
