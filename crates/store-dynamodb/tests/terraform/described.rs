//! What the engine says about tables.

use std::collections::{BTreeMap, BTreeSet};

use aws_config::{BehaviorVersion, Region};
use aws_sdk_dynamodb::{
    Client,
    config::Credentials,
    types::{
        KeySchemaElement, PointInTimeRecoveryStatus, Projection, SseStatus, TableDescription,
        TimeToLiveStatus,
    },
};
use aws_smithy_http_client::Builder;
use vibesheets_store_dynamodb::{Location, keys::Table};

/// All that the store relies on, without the name.
#[derive(Debug, PartialEq, Eq)]
pub struct Described {
    keys: Vec<(String, String)>,
    attributes: BTreeSet<(String, String)>,
    indexes: BTreeMap<String, (Vec<(String, String)>, String)>,
    local_indexes: usize,
    billing: String,
    has_stream: bool,
    expires_by: Option<String>,
}

/// The tables of an engine.
pub struct Tables(Client);

impl Tables {
    pub fn at(endpoint: &str) -> Self {
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .http_client(Builder::new().build_http())
            .region(Region::from_static("eu-central-1"))
            .credentials_provider(Credentials::new("test", "test", None, None, "test"))
            .endpoint_url(endpoint);
        Self(Client::from_conf(config.build()))
    }

    /// Every table of a location that there is, also one that the store does not know.
    pub async fn describe(&self, location: &Location) -> BTreeMap<String, Described> {
        let listed = self.0.list_tables().send().await.expect("a list");
        let mut found = BTreeMap::new();
        for full in listed.table_names() {
            let name =
                full.strip_prefix(&location.prefix).and_then(|name| name.strip_suffix(&location.suffix));
            if let Some(name) = name {
                found.insert(name.to_owned(), self.table(full).await);
            }
        }
        found
    }

    /// Holds what migrate leaves to the operator.
    pub async fn assert_protected(&self, location: &Location) {
        for table in Table::ALL {
            let name = location.table_name(table);
            let described = self.description(&name).await;
            assert_eq!(described.deletion_protection_enabled(), Some(true), "{name}");
            let encryption = described.sse_description().and_then(|encryption| encryption.status());
            assert_eq!(encryption, Some(&SseStatus::Enabled), "{name}");
            let backups =
                self.0.describe_continuous_backups().table_name(&name).send().await.expect("backups");
            let backups = backups.continuous_backups_description().expect("backups");
            let recovery = backups.point_in_time_recovery_description().expect("recovery");
            let status = recovery.point_in_time_recovery_status();
            assert_eq!(status, Some(&PointInTimeRecoveryStatus::Enabled), "{name}");
        }
    }

    async fn description(&self, name: &str) -> TableDescription {
        let described = self.0.describe_table().table_name(name).send().await.expect("a table");
        described.table().expect("a table").clone()
    }

    async fn table(&self, name: &str) -> Described {
        let table = self.description(name).await;
        let expiry = self.0.describe_time_to_live().table_name(name).send().await.expect("an expiry");
        let expiry = expiry.time_to_live_description().expect("an expiry").clone();
        let expires = expiry.time_to_live_status() == Some(&TimeToLiveStatus::Enabled);
        let attributes = table.attribute_definitions().iter();
        let indexes = table.global_secondary_indexes().iter();
        let billing = table.billing_mode_summary().and_then(|summary| summary.billing_mode());
        Described {
            keys: keys(table.key_schema()),
            attributes: attributes
                .map(|one| (one.attribute_name().to_owned(), one.attribute_type().to_string()))
                .collect(),
            indexes: indexes
                .map(|index| {
                    let name = index.index_name().expect("a name").to_owned();
                    (name, (keys(index.key_schema()), projection(index.projection())))
                })
                .collect(),
            local_indexes: table.local_secondary_indexes().len(),
            billing: billing.map(ToString::to_string).unwrap_or_default(),
            has_stream: table.latest_stream_arn().is_some(),
            expires_by: expiry.attribute_name().filter(|_| expires).map(str::to_owned),
        }
    }
}

fn keys(schema: &[KeySchemaElement]) -> Vec<(String, String)> {
    schema.iter().map(|key| (key.attribute_name().to_owned(), key.key_type().to_string())).collect()
}

fn projection(projection: Option<&Projection>) -> String {
    let kind = projection.and_then(Projection::projection_type).map(ToString::to_string);
    format!("{} {:?}", kind.unwrap_or_default(), projection.map(Projection::non_key_attributes))
}
