//! Where a record's transaction wrote besides. Neither a query nor several reads are isolated from a transaction: its record may
//! be seen while another of its items is still seen as it was.
//!
//! A write is sent once all places of the record before it are seen as that record left them ([`settle`]). So whoever sees a
//! record knows that of all earlier ones nothing is outstanding, and has to look at this record's places alone.

use std::{collections::BTreeMap, fmt::Write};

use vibesheets_core::{journal::StreamId, store::StoreError};

use crate::{
    item::{Item, Reading},
    keys::{Key, OPEN, PLACES, Table, WRITTEN_BY},
    tables::Tables,
};

/// Places, and whether the transaction left anything there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Places(BTreeMap<Key, bool>);

impl Places {
    /// Adds what is written at `place`; whether it is one of those that a decision reads. The open entry is not, since every
    /// record tells its revision, nor are accounts, which are no part of what an organisation decides on.
    pub fn add(&mut self, place: &Key, leaves_something: bool) -> bool {
        let is_read = place.sort != OPEN && place.table != Table::Accounts;
        if is_read {
            self.0.insert(place.clone(), leaves_something);
        }
        is_read
    }

    /// As an attribute of the record at `record`; `None` where there are none. Each is `+` or `-` and a sort key, outside of the
    /// record's own partition with table and partition before it.
    pub fn to_text(&self, record: &Key) -> Option<String> {
        let mut text = String::new();
        for (Key { table, partition, sort }, leaves_something) in &self.0 {
            let space = if text.is_empty() { "" } else { " " };
            let sign = if *leaves_something { '+' } else { '-' };
            let beside = (*table, partition) == (record.table, &record.partition);
            let written = if beside {
                write!(text, "{space}{sign}{sort}")
            } else {
                write!(text, "{space}{sign}{}/{partition}/{sort}", table.name())
            };
            written.expect("writing into memory does not fail");
        }
        (!text.is_empty()).then_some(text)
    }

    /// Of a record's item in `table`.
    pub fn of(table: Table, record: &Item) -> Result<Self, StoreError> {
        let reading = Reading::new("record", record);
        let Some(text) = reading.find_text(PLACES) else { return Ok(Self::default()) };
        let beside = Key::of(table, record).ok_or_else(|| reading.damaged(PLACES))?;
        let place = |text: &str| {
            let (sign, place) = text.split_at_checked(1)?;
            let key = match place.split_once('/') {
                None => beside.beside(place),
                Some((table, place)) => {
                    let (partition, sort) = place.split_once('/')?;
                    Key::new(Table::named(table)?, partition, sort)
                }
            };
            Some((key, sign == "+"))
        };
        let places = text.split(' ').map(place).collect::<Option<_>>();
        places.map(Self).ok_or_else(|| reading.damaged(PLACES))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Without those that `items` of `table` show as record `seq` left them, or later.
    pub fn strike_out(&mut self, table: Table, seq: u64, items: &[Item]) {
        for item in items {
            let written_by = written_by(item);
            let Some(key) = Key::of(table, item) else { continue };
            if self.0.get(&key).is_some_and(|left| written_by >= seq + u64::from(!left)) {
                self.0.remove(&key);
            }
        }
    }

    /// Without those that a look at all of `table` shows.
    async fn look(&mut self, tables: &Tables, table: Table, seq: u64) -> Result<(), StoreError> {
        let keys = self.0.keys().filter(|key| key.table == table).cloned().collect();
        let items = tables.get_all(table, keys).await?;
        self.strike_out(table, seq, &items);
        let is_there = |key: &Key| items.iter().any(|item| Key::of(table, item).as_ref() == Some(key));
        self.0.retain(|key, left| key.table != table || *left || is_there(key));
        Ok(())
    }
}

/// The number of the record that an item was written with; 0 where it does not tell.
fn written_by(item: &Item) -> u64 {
    let seq = item.get(WRITTEN_BY).and_then(|value| value.as_n().ok());
    seq.and_then(|seq| seq.parse().ok()).unwrap_or(0)
}

/// Waits until all of `places` are seen as record `seq` left them, or later. What is read from then on is of that record or of a
/// later one.
///
/// # Errors
/// [`StoreError::Unavailable`] where the engine does not come to the end of a transaction.
pub(crate) async fn settle(
    tables: &Tables,
    stream: StreamId,
    seq: u64,
    mut places: Places,
) -> Result<(), StoreError> {
    let mut attempts = tables.attempts();
    while !places.is_empty() {
        for table in Table::ALL {
            if places.0.keys().any(|key| key.table == table) {
                places.look(tables, table, seq).await?;
            }
        }
        // A place that a later transaction cleared never shows what this one left; but that was sent after this was settled.
        if places.is_empty() || tables.get(&Key::record(stream, seq + 1)).await?.is_some() {
            break;
        }
        if !attempts.wait().await {
            let reason = format!(
                "the engine goes on writing record {seq} of {stream}; if it was restored from a backup, run `vibesheets verify`"
            );
            return Err(StoreError::Unavailable { reason });
        }
    }
    Ok(())
}
