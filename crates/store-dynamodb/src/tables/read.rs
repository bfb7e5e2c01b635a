//! Reading items: one, some by key, those of a query, all of a table.

use std::collections::{BTreeSet, HashMap};

use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes, ReturnConsumedCapacity};
use vibesheets_core::store::StoreError;

use super::{Query, Tables};
use crate::{
    item::Item,
    keys::{Key, Table},
};

/// The most keys of one `BatchGetItem`.
const MOST_KEYS: usize = 100;

/// Some of the items, and where the next page begins; `None` after the last. A page may be empty and not the last.
pub(crate) struct ItemPage {
    pub items: Vec<Item>,
    pub next: Option<Item>,
}

impl Key {
    pub(crate) fn attributes(&self) -> Item {
        HashMap::from([
            (self.table.partition_key().to_owned(), AttributeValue::S(self.partition.clone())),
            (self.table.sort_key().to_owned(), AttributeValue::S(self.sort.clone())),
        ])
    }
}

impl Tables {
    /// One item, consistently.
    pub async fn get(&self, key: &Key) -> Result<Option<Item>, StoreError> {
        let request = || {
            self.client
                .get_item()
                .table_name(self.name(key.table))
                .set_key(Some(key.attributes()))
                .consistent_read(true)
                .return_consumed_capacity(ReturnConsumedCapacity::Total)
                .send()
        };
        let answer = self.repeatable("GetItem", request).await?;
        self.consumed.read(answer.consumed_capacity());
        Ok(answer.item)
    }

    /// The items of one table with these keys that exist, consistently, in no order.
    pub async fn get_all(&self, table: Table, keys: BTreeSet<Key>) -> Result<Vec<Item>, StoreError> {
        let keys: Vec<Item> = keys.iter().map(Key::attributes).collect();
        let mut items = Vec::new();
        for chunk in keys.chunks(MOST_KEYS) {
            self.get_chunk(table, chunk.to_vec(), &mut items).await?;
        }
        Ok(items)
    }

    async fn get_chunk(
        &self,
        table: Table,
        mut keys: Vec<Item>,
        items: &mut Vec<Item>,
    ) -> Result<(), StoreError> {
        let mut attempts = self.attempts();
        loop {
            let asked = KeysAndAttributes::builder().set_keys(Some(keys)).consistent_read(true).build();
            let asked = asked.map_err(|error| StoreError::Internal(error.to_string()))?;
            let request = || {
                self.client
                    .batch_get_item()
                    .request_items(self.name(table), asked.clone())
                    .return_consumed_capacity(ReturnConsumedCapacity::Total)
                    .send()
            };
            let answer = self.repeatable("BatchGetItem", request).await?;
            self.consumed.read(answer.consumed_capacity());
            items.extend(answer.responses.into_iter().flatten().flat_map(|(_, items)| items));
            let left = answer.unprocessed_keys.into_iter().flatten().flat_map(|(_, keys)| keys.keys);
            keys = left.collect();
            if keys.is_empty() {
                return Ok(());
            }
            if !attempts.wait().await {
                let reason = format!("BatchGetItem left {} keys unread", keys.len());
                return Err(StoreError::Unavailable { reason });
            }
        }
    }

    /// A page of a query.
    pub async fn query_page(&self, query: &Query, from: Option<Item>) -> Result<ItemPage, StoreError> {
        let request = || {
            query
                .request(self.client.query().table_name(self.name(query.table())))
                .set_exclusive_start_key(from.clone())
                .return_consumed_capacity(ReturnConsumedCapacity::Total)
                .send()
        };
        let answer = self.repeatable("Query", request).await?;
        self.consumed.read(answer.consumed_capacity());
        let next = answer.last_evaluated_key.filter(|key| !key.is_empty());
        Ok(ItemPage { items: answer.items.unwrap_or_default(), next })
    }

    /// The first `most` items of a query, or all where there are fewer.
    pub async fn query_first(&self, query: &Query, most: usize) -> Result<Vec<Item>, StoreError> {
        let mut items = Vec::new();
        let mut from = None;
        loop {
            let page = self.query_page(query, from).await?;
            items.extend(page.items);
            from = page.next;
            if items.len() >= most || from.is_none() {
                items.truncate(most);
                return Ok(items);
            }
        }
    }

    /// All items of a query.
    pub async fn query_all(&self, query: &Query) -> Result<Vec<Item>, StoreError> {
        self.query_first(query, usize::MAX).await
    }

    /// A page of a whole table, of the items whose sort key is `sort`.
    pub async fn scan_page(
        &self,
        table: Table,
        sort: &str,
        from: Option<Item>,
    ) -> Result<ItemPage, StoreError> {
        let request = || {
            self.client
                .scan()
                .table_name(self.name(table))
                .consistent_read(true)
                .projection_expression("#partition, #sort")
                .filter_expression("#sort = :sort")
                .expression_attribute_names("#partition", table.partition_key())
                .expression_attribute_names("#sort", table.sort_key())
                .expression_attribute_values(":sort", AttributeValue::S(sort.to_owned()))
                .set_exclusive_start_key(from.clone())
                .return_consumed_capacity(ReturnConsumedCapacity::Total)
                .send()
        };
        let answer = self.repeatable("Scan", request).await?;
        self.consumed.read(answer.consumed_capacity());
        let next = answer.last_evaluated_key.filter(|key| !key.is_empty());
        Ok(ItemPage { items: answer.items.unwrap_or_default(), next })
    }
}
