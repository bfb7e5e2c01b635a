//! `vibesheets migrate`: makes what a store needs before anybody uses it.

use clap::Args;
use serde_json::json;
use vibesheets_store_dynamodb::keys::Table;
use vibesheets_store_sqlite::SCHEMA_VERSION;

use super::Shell;
use crate::{
    config::{Flag, keys},
    failure::{Exit, Failure},
    store::{self, OpenStore},
};

/// Which store.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The store [default: the configured one]
    #[arg(long, value_name = "URL")]
    store: Option<String>,
}

impl Arguments {
    pub(super) fn flags(&self) -> Vec<Flag> {
        self.store.iter().map(|value| Flag { key: keys::STORE, value: value.clone() }).collect()
    }
}

pub(super) fn run(shell: &Shell) -> Result<(), Failure> {
    let location = &shell.config.store;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(Failure::internal)?;
    runtime.block_on(async {
        match store::open(location).await? {
            OpenStore::Sqlite(_) => shell.answer(
                &json!({ "store": location.value.to_string(), "schema_version": SCHEMA_VERSION }),
                || format!("{}: the schema is version {SCHEMA_VERSION}.\n", location.value),
            ),
            OpenStore::DynamoDb(store) => {
                let made = store.create_tables().await.map_err(|error| Failure::new(Exit::Store, error))?;
                let names: Vec<&str> = made.iter().map(|table| table.name()).collect();
                shell.answer(&json!({ "store": location.value.to_string(), "made": names }), || {
                    let all = Table::ALL.len();
                    match made.len() {
                        0 => format!("{}: all {all} tables are there.\n", location.value),
                        _ => format!("{}: made {}.\n", location.value, names.join(", ")),
                    }
                })
            }
        }
    })
}
