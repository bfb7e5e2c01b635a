//! The tables that Terraform makes are the ones that `vibesheets migrate` makes, and the store works on them. Both are
//! made at a local AWS, from the environments' own files.

mod applied;
mod described;
#[path = "../support/mod.rs"]
mod support;

use vibesheets_store_contract::{differential::takes_the_same_actions, support::MotoServer};
use vibesheets_store_dynamodb::{DynamoDbStore, Location, keys::Table};
use vibesheets_store_sqlite::{Options, SqliteStore};

use applied::Applied;
use described::Tables;

const SEED: u64 = 1;
const ACTIONS: usize = 64;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn terraform_makes_the_tables_that_migrate_makes_and_protects_them() {
    let what = "Terraform's tables";
    let Some(aws) = MotoServer::start(what) else { return };
    let tables = Tables::at(&aws.endpoint);
    for environment in ["staging", "production"] {
        let Some(applied) = Applied::apply(environment, &aws.endpoint, what) else { return };
        let url = applied.output("store_url");
        let by_terraform: Location = format!("{url}&endpoint={}", aws.endpoint).parse().expect("a location");
        let by_migrate = Location { prefix: format!("migrated-{environment}-"), ..by_terraform.clone() };
        let store = support::store_at(&by_migrate, None).await;
        assert_eq!(store.create_tables().await, Ok(Table::ALL.to_vec()));

        let (found, expected) = (tables.describe(&by_terraform).await, tables.describe(&by_migrate).await);
        assert_eq!(found, expected, "{environment}");
        assert_eq!(found.len(), Table::ALL.len());
        tables.assert_protected(&by_terraform).await;
        let store = support::store_at(&by_terraform, None).await;
        assert_eq!(store.create_tables().await, Ok(vec![]), "{environment}: migrate finds nothing missing");
        if environment == "production" {
            assert_works(&store).await;
        }
    }
}

/// Holds that it answers as SQLite does.
async fn assert_works(store: &DynamoDbStore) {
    let sqlite = SqliteStore::open(&vibesheets_store_sqlite::Location::Memory, &Options::default());
    let taken = takes_the_same_actions(&sqlite.expect("a store"), store, SEED, ACTIONS).await;
    assert!(taken * 3 > ACTIONS, "{taken} actions were not refused");
}
