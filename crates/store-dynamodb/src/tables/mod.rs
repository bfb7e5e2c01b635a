//! Requests to the tables: every page and every unprocessed key is followed, throttles and conflicts are tried again with
//! full jitter until a deadline, and what failed is told by what to do next.

mod consumed;
mod create;
mod failure;
mod query;
mod race;
mod read;
mod retry;
mod snapshot;
mod transaction;
mod write;

use std::sync::Arc;

use aws_sdk_dynamodb::Client;
use vibesheets_core::RandomSource;

use crate::{Location, keys::Table};

pub use consumed::{Consumed, ConsumedUnits};
pub(crate) use query::{Query, Range};
pub(crate) use transaction::{Condition, Lost, Refusal, Transaction};

/// The tables of one store.
#[derive(Clone)]
pub(crate) struct Tables {
    client: Client,
    names: Arc<[String; Table::ALL.len()]>,
    random: Arc<dyn RandomSource>,
    consumed: Arc<Consumed>,
}

impl Tables {
    pub fn new(client: Client, location: &Location, random: Arc<dyn RandomSource>) -> Self {
        let names = Arc::new(Table::ALL.map(|table| location.table_name(table)));
        Self { client, names, random, consumed: Arc::default() }
    }

    /// What the requests have cost so far.
    pub fn consumed(&self) -> &Consumed {
        &self.consumed
    }

    pub fn name(&self, table: Table) -> &str {
        &self.names[table as usize]
    }
}
