//! Making the tables, for development: on AWS, Terraform does.

use std::time::Duration;

use aws_sdk_dynamodb::{
    config::{Config, timeout::TimeoutConfig},
    operation::create_table::{CreateTableError, builders::CreateTableFluentBuilder},
    types::{
        AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
        ProjectionType, ScalarAttributeType, TableStatus, TimeToLiveSpecification, TimeToLiveStatus,
    },
};
use tokio::time::sleep;
use vibesheets_core::store::StoreError;

use super::{
    Tables,
    failure::{Failed, failed},
};
use crate::keys::{BY_ORGANISATION, EXPIRES_AT, ORGANISATION_SHARD, START_ID, Table};

/// How long the engine may take to begin a table: nobody waits for an answer to a click here.
const LONGEST_CREATION: Duration = Duration::from_secs(30);
/// How often a new table is looked at until it can be used.
const POLL: Duration = Duration::from_millis(100);
/// How often at most: two minutes.
const MOST_POLLS: usize = 1200;

impl Tables {
    /// Makes `table` unless there is one; whether there was none. One that was left half made is completed.
    ///
    /// # Errors
    /// [`StoreError`] that says what is wrong.
    pub async fn create(&self, table: Table) -> Result<bool, StoreError> {
        let request = definition(table, self.client.create_table().table_name(self.name(table)))?;
        let timeouts = TimeoutConfig::builder().operation_attempt_timeout(LONGEST_CREATION).build();
        let patient = Config::builder().timeout_config(timeouts);
        let is_new = match request.customize().config_override(patient).send().await {
            Ok(_) => true,
            Err(error)
                if error.as_service_error().is_some_and(CreateTableError::is_resource_in_use_exception) =>
            {
                false
            }
            Err(error) => {
                return Err(match failed(error) {
                    Failed::Told(error) => error,
                    Failed::NotNow(reason) | Failed::Unknown(reason) => StoreError::Unavailable { reason },
                });
            }
        };
        self.until_active(table).await?;
        if table.expires() && !self.is_expiring(table).await? {
            self.expire(table).await?;
        }
        Ok(is_new)
    }

    async fn is_expiring(&self, table: Table) -> Result<bool, StoreError> {
        let request = || self.client.describe_time_to_live().table_name(self.name(table)).send();
        let answer = self.repeatable("DescribeTimeToLive", request).await?;
        let status = answer.time_to_live_description().and_then(|told| told.time_to_live_status());
        Ok(matches!(status, Some(TimeToLiveStatus::Enabled | TimeToLiveStatus::Enabling)))
    }

    /// Whether `table` can be read and written.
    pub async fn is_active(&self, table: Table) -> Result<bool, StoreError> {
        let request = || self.client.describe_table().table_name(self.name(table)).send();
        let answer = self.repeatable("DescribeTable", request).await?;
        let status = answer.table().and_then(|table| table.table_status());
        Ok(matches!(status, Some(TableStatus::Active | TableStatus::Updating)))
    }

    async fn until_active(&self, table: Table) -> Result<(), StoreError> {
        for _ in 0..MOST_POLLS {
            if self.is_active(table).await? {
                return Ok(());
            }
            sleep(POLL).await;
        }
        let reason = format!("the table {} is still not active after two minutes", self.name(table));
        Err(StoreError::Unavailable { reason })
    }

    async fn expire(&self, table: Table) -> Result<(), StoreError> {
        let specification =
            TimeToLiveSpecification::builder().enabled(true).attribute_name(EXPIRES_AT).build();
        let specification = specification.map_err(|error| StoreError::Internal(error.to_string()))?;
        let request = || {
            self.client
                .update_time_to_live()
                .table_name(self.name(table))
                .time_to_live_specification(specification.clone())
                .send()
        };
        match self.repeatable("UpdateTimeToLive", request).await {
            // An earlier attempt was carried out, or another's.
            Err(_) if self.is_expiring(table).await? => Ok(()),
            answer => answer.map(drop),
        }
    }
}

fn definition(
    table: Table,
    mut request: CreateTableFluentBuilder,
) -> Result<CreateTableFluentBuilder, StoreError> {
    let internal = |error: aws_sdk_dynamodb::error::BuildError| StoreError::Internal(error.to_string());
    let schema = |partition: &str, sort: &str| -> Result<Vec<KeySchemaElement>, StoreError> {
        [(partition, KeyType::Hash), (sort, KeyType::Range)]
            .into_iter()
            .map(|(name, kind)| {
                KeySchemaElement::builder().attribute_name(name).key_type(kind).build().map_err(internal)
            })
            .collect()
    };
    let mut attributes = vec![table.partition_key(), table.sort_key()];
    if table == Table::TimeEntries {
        attributes.extend([ORGANISATION_SHARD, START_ID]);
        let index = GlobalSecondaryIndex::builder()
            .index_name(BY_ORGANISATION)
            .set_key_schema(Some(schema(ORGANISATION_SHARD, START_ID)?))
            .projection(Projection::builder().projection_type(ProjectionType::All).build())
            .build()
            .map_err(internal)?;
        request = request.global_secondary_indexes(index);
    }
    for name in attributes {
        let attribute = AttributeDefinition::builder()
            .attribute_name(name)
            .attribute_type(ScalarAttributeType::S)
            .build()
            .map_err(internal)?;
        request = request.attribute_definitions(attribute);
    }
    Ok(request
        .set_key_schema(Some(schema(table.partition_key(), table.sort_key())?))
        .billing_mode(BillingMode::PayPerRequest))
}
