//! The store.

use std::sync::Arc;

use async_trait::async_trait;
use aws_sdk_dynamodb::config::SharedHttpClient;
use vibesheets_core::{
    RandomSource,
    store::{Store, StoreError},
};

use crate::{
    Consumed, Location, OpenError,
    keys::{Key, Table},
    open,
    tables::Tables,
    timesheets,
};

/// A store in DynamoDB tables. Cheap to make: nothing is sent until something is asked.
#[derive(Clone)]
pub struct DynamoDbStore {
    pub(crate) tables: Tables,
    /// Turns at asking all members of an organisation for an entry.
    pub(crate) walks: Arc<timesheets::Walks>,
}

impl DynamoDbStore {
    /// For the tables at `location`; `random` spreads the waits between attempts.
    ///
    /// # Errors
    /// [`OpenError`] that says what to do. Nothing was sent to the engine.
    pub async fn connect(location: &Location, random: Arc<dyn RandomSource>) -> Result<Self, OpenError> {
        Self::connect_through(None, location, random).await
    }

    /// As [`Self::connect`], with `http` in place of a client of its own.
    ///
    /// # Errors
    /// [`OpenError`] that says what to do. Nothing was sent to the engine.
    pub async fn connect_through(
        http: Option<SharedHttpClient>,
        location: &Location,
        random: Arc<dyn RandomSource>,
    ) -> Result<Self, OpenError> {
        let client = open::client(location, http).await?;
        Ok(Self { tables: Tables::new(client, location, random), walks: Arc::new(timesheets::Walks::none()) })
    }

    /// Makes the tables that are missing; returns which.
    ///
    /// # Errors
    /// [`StoreError`] that says what is wrong; tables made by then stay.
    pub async fn create_tables(&self) -> Result<Vec<Table>, StoreError> {
        let mut made = Vec::new();
        for table in Table::ALL {
            if self.tables.create(table).await? {
                made.push(table);
            }
        }
        Ok(made)
    }

    /// What the requests have cost so far, as the engine told.
    pub fn consumed(&self) -> &Consumed {
        self.tables.consumed()
    }
}

#[async_trait]
impl Store for DynamoDbStore {
    async fn check(&self) -> Result<(), StoreError> {
        // Reading is asked of each table, with the rights that people's requests need; a table that can be read can be written.
        for table in Table::ALL {
            self.tables.get(&Key::new(table, "probe", "probe")).await?;
        }
        Ok(())
    }
}
