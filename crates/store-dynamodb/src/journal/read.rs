//! Reading the journal.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use vibesheets_core::{
    journal::{Head, StreamId},
    store::{JournalReader, StoreError, StoredRecord},
};

use super::{Places, row};
use crate::{
    DynamoDbStore,
    item::{Item, Reading},
    keys::{JOURNAL, Key, LAST, Table, stream_of, stream_partition},
    tables::{Query, Range, Tables},
};

/// The tables that hold streams, in the order in which streams are listed.
const TABLES: [Table; 3] = [Table::Organisations, Table::TimeEntries, Table::Accounts];

#[async_trait]
impl JournalReader for DynamoDbStore {
    async fn head(&self, stream: StreamId) -> Result<Head, StoreError> {
        head(&self.tables, stream).await
    }

    async fn is_last(&self, stream: StreamId, head: Head) -> Result<bool, StoreError> {
        is_last(&self.tables, stream, head).await
    }

    async fn find_record(&self, stream: StreamId, seq: u64) -> Result<Option<StoredRecord>, StoreError> {
        let item = self.tables.get(&Key::record(stream, seq)).await?;
        Ok(stored(&self.tables, stream, item.into_iter().collect()).await?.pop())
    }

    async fn read_stream(
        &self,
        stream: StreamId,
        after: u64,
        limit: usize,
    ) -> Result<Vec<StoredRecord>, StoreError> {
        let (table, partition) = stream_partition(stream);
        let first = Key::record(stream, after.saturating_add(1)).sort;
        let range = Range::Between(first, format!("{JOURNAL}{LAST}"));
        let query = Query::new(table, partition, range).page_items(limit);
        let items = self.tables.query_first(&query, limit).await?;
        stored(&self.tables, stream, items).await
    }

    async fn list_streams(&self, after: Option<StreamId>, limit: usize) -> Result<Vec<StreamId>, StoreError> {
        let mut streams = Vec::new();
        let begun = after.map(|stream| (stream_partition(stream).0, Key::record(stream, 1).attributes()));
        let begins = |table: Table| begun.as_ref().is_some_and(|(begun, _)| *begun == table);
        let skipped = TABLES.iter().position(|table| begins(*table)).unwrap_or(0);
        for table in TABLES.into_iter().skip(skipped) {
            let mut from = begun.as_ref().filter(|_| begins(table)).map(|(_, key)| key.clone());
            loop {
                let page = self.tables.scan_page(table, &first_record(), from).await?;
                for item in &page.items {
                    if streams.len() == limit {
                        return Ok(streams);
                    }
                    streams.push(stream(table, item)?);
                }
                from = page.next;
                if from.is_none() {
                    break;
                }
            }
        }
        Ok(streams)
    }
}

fn first_record() -> String {
    format!("{JOURNAL}{:012}", 1)
}

fn stream(table: Table, item: &Item) -> Result<StreamId, StoreError> {
    let reading = Reading::new("stream", item);
    let name = table.partition_key();
    stream_of(table, reading.text(name)?).ok_or_else(|| reading.damaged(name))
}

/// The stream's last record.
pub(crate) async fn head(tables: &Tables, stream: StreamId) -> Result<Head, StoreError> {
    head_and_places(tables, stream).await.map(|(head, _)| head)
}

/// The stream's last record, and where its transaction wrote besides.
pub(crate) async fn head_and_places(tables: &Tables, stream: StreamId) -> Result<(Head, Places), StoreError> {
    let (table, partition) = stream_partition(stream);
    let last = Query::new(table, partition, Range::Prefix(JOURNAL.to_owned())).backward().page_items(1);
    match tables.query_first(&last, 1).await?.first() {
        None => Ok((Head::EMPTY, Places::default())),
        Some(item) => Ok((row::head_of(item)?, Places::of(table, item)?)),
    }
}

/// Whether `head` is the last record, and nothing that was read before is of a later one: where the next record is just being
/// written, a transactional read of its place waits for it.
pub(crate) async fn is_last(tables: &Tables, stream: StreamId, head: Head) -> Result<bool, StoreError> {
    let next = Key::record(stream, head.seq + 1);
    Ok(tables.get_at_once(vec![next]).await?.is_empty())
}

/// The last two items of a member's partition between its records and the open entry: the open entry, if any, and the last
/// record, if any.
pub(crate) async fn last_records(
    tables: &Tables,
    partition: &str,
    open: &str,
) -> Result<Vec<Item>, StoreError> {
    let range = Range::Between(JOURNAL.to_owned(), open.to_owned());
    let last = Query::new(Table::TimeEntries, partition, range).backward().page_items(2);
    tables.query_first(&last, 2).await
}

/// What a write is told that lost to another.
pub(crate) async fn conflict(tables: &Tables, stream: StreamId) -> StoreError {
    // Who cannot read the head is told of the conflict all the same.
    StoreError::Conflict { current: head(tables, stream).await.ok() }
}

/// The records of items, with the payloads that stand beside them.
pub(super) async fn stored(
    tables: &Tables,
    stream: StreamId,
    items: Vec<Item>,
) -> Result<Vec<StoredRecord>, StoreError> {
    let mut keys = BTreeSet::new();
    for item in &items {
        keys.extend(parts_of(stream, item)?);
    }
    let (table, _) = stream_partition(stream);
    let parts = by_key(table, tables.get_all(table, keys).await?);
    let mut records = Vec::new();
    for item in items {
        records.push(match whole(stream, &item, &parts) {
            Err(_) if row::parts(&item)? > 0 => stored_at_once(tables, stream, item).await?,
            other => other?,
        });
    }
    Ok(records)
}

/// A record whose payload may just be written or erased, item by item: all of them as of one state.
async fn stored_at_once(
    tables: &Tables,
    stream: StreamId,
    mut item: Item,
) -> Result<StoredRecord, StoreError> {
    let (table, _) = stream_partition(stream);
    let mut attempts = tables.attempts();
    loop {
        let key = Key::record(stream, row::head_of(&item)?.seq);
        let keys = parts_of(stream, &item)?;
        let mut found = by_key(table, tables.get_at_once([vec![key.clone()], keys.clone()].concat()).await?);
        let missing = || StoreError::Corrupt { what: "record", key: format!("{stream}, {}", key.sort) };
        item = found.remove(&key).ok_or_else(missing)?;
        if parts_of(stream, &item)? == keys {
            return whole(stream, &item, &found);
        }
        if !attempts.wait().await {
            let reason = format!("the payload of {stream}, {} goes on changing while it is read", key.sort);
            return Err(StoreError::Unavailable { reason });
        }
    }
}

fn by_key(table: Table, items: Vec<Item>) -> BTreeMap<Key, Item> {
    items.into_iter().filter_map(|item| Some((Key::of(table, &item)?, item))).collect()
}

fn whole(stream: StreamId, item: &Item, parts: &BTreeMap<Key, Item>) -> Result<StoredRecord, StoreError> {
    let mut packed = Vec::new();
    for key in parts_of(stream, item)? {
        let missing = || StoreError::Corrupt { what: "payload", key: format!("{stream}, {}", key.sort) };
        packed.extend_from_slice(row::part(parts.get(&key).ok_or_else(missing)?)?);
    }
    row::stored(stream, item, &packed)
}

/// Where the payload of a record's item is, as far as it stands beside it.
fn parts_of(stream: StreamId, item: &Item) -> Result<Vec<Key>, StoreError> {
    let (parts, seq) = (row::parts(item)?, row::head_of(item)?.seq);
    let record = Key::record(stream, seq);
    Ok((0..parts).map(|part| Key::payload_part(&record, seq, part)).collect())
}
