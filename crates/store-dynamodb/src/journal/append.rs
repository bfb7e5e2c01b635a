//! Appending a record, with what it tells of.

use vibesheets_core::journal::{Append, Record};

use super::row;
use crate::{
    item::NewItem,
    tables::{Condition, Refusal, Tables, Transaction},
};

/// Puts the record at its place, which must be free; `beside` adds what the item holds beside the record.
pub(crate) fn append(
    tables: &Tables,
    transaction: &mut Transaction,
    append: &Append,
    beside: impl FnOnce(NewItem) -> NewItem,
) {
    let (record, parts) = row::items(append);
    transaction.put(tables, beside(record), &Condition::Absent, Refusal::Record);
    for part in parts {
        transaction.put(tables, part, &Condition::Any, Refusal::Record);
    }
}

/// Puts a record without its payload at its place, which must be free; `beside` adds what the item holds beside the record.
pub(crate) fn append_erased(
    tables: &Tables,
    transaction: &mut Transaction,
    record: &Record,
    beside: impl FnOnce(NewItem) -> NewItem,
) {
    let item = beside(row::link(record));
    transaction.put(tables, item, &Condition::Absent, Refusal::Record);
}
