//! Applied commands and their answers (I4), forgotten by the engine itself after 400 days.

use async_trait::async_trait;
use jiff::Timestamp;
use vibesheets_core::{
    CommandId,
    journal::{Hash, Record},
    store::{APPLIED_COMMAND_DAYS, Answer, AppliedCommand, AppliedCommands, Scope, StoreError},
};

use crate::{
    DynamoDbStore,
    item::{Item, NewItem, Reading},
    keys::{EXPIRES_AT, Key, Table},
    packed::{pack, unpack},
    tables::{Condition, Query, Range, Refusal, Tables, Transaction},
};

const DIGEST: &str = "digest";
const APPLIED_AT: &str = "applied_at";
const ANSWER: &str = "answer";
const STREAM: &str = "stream";
const SEQ: &str = "seq";

/// The most bytes of a part of an answer: an item has at most 400 KB.
const PART_BYTES: usize = 350_000;

/// A transaction has at most 4 MB.
const MOST_PARTS: usize = 12;

#[async_trait]
impl AppliedCommands for DynamoDbStore {
    async fn find_applied(&self, scope: &Scope, id: CommandId) -> Result<Option<AppliedCommand>, StoreError> {
        let Some((applied, _, record)) = find(&self.tables, scope, id).await? else { return Ok(None) };
        // Whoever is told the answer must see what it tells from then on: every look begins with the record.
        if let Some(record) = record
            && self.tables.get(&record).await?.is_none()
        {
            self.tables.get_at_once(vec![record]).await?;
        }
        Ok(Some(applied))
    }

    async fn find_applied_for_certain(
        &self,
        scope: &Scope,
        id: CommandId,
    ) -> Result<Option<AppliedCommand>, StoreError> {
        // A query does not wait for a transaction, of which the record may be seen already.
        let first = self.tables.get_at_once(vec![Key::applied(scope, id, 0)]).await?;
        if first.is_empty() { Ok(None) } else { self.find_applied(scope, id).await }
    }

    async fn find_applied_at(&self, scope: &Scope, id: CommandId) -> Result<Option<Timestamp>, StoreError> {
        Ok(find(&self.tables, scope, id).await?.map(|(_, at, _)| at))
    }
}

/// A command, when it was applied, and where the record of that is.
type Found = (AppliedCommand, Timestamp, Option<Key>);

async fn find(tables: &Tables, scope: &Scope, id: CommandId) -> Result<Option<Found>, StoreError> {
    let key = Key::applied(scope, id, 0);
    let seen = tables.query_all(&Query::new(key.table, key.partition, Range::All)).await?;
    if seen.is_empty() {
        return Ok(None);
    }
    if let Some(found) = put_together(id, &seen)? {
        return Ok(Some(found));
    }
    // Some of its parts may just be written.
    let parts =
        tables.get_at_once((0..MOST_PARTS).map(|part| Key::applied(scope, id, part)).collect()).await?;
    let Some(part) = parts.first() else { return Ok(None) };
    match put_together(id, &parts)? {
        None if is_expired(part)? => Ok(None),
        None => Err(Reading::new("command", part).damaged(ANSWER)),
        found => Ok(found),
    }
}

/// Whether the engine is forgetting the command that the part is of: it does that item by item.
#[expect(
    clippy::disallowed_methods,
    reason = "the engine goes by its clock, not by the time that a request is decided at"
)]
fn is_expired(part: &Item) -> Result<bool, StoreError> {
    let expires_at: i64 = Reading::new("command", part).number(EXPIRES_AT)?;
    Ok(expires_at < Timestamp::now().as_second())
}

/// The command of all its parts; `None` where some are missing or the answer cannot be read.
fn put_together(id: CommandId, parts: &[Item]) -> Result<Option<Found>, StoreError> {
    let mut packed = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        let part = Reading::new("command", part);
        if part.parsed::<usize>(Table::AppliedCommands.sort_key())? != number {
            return Ok(None);
        }
        packed.extend_from_slice(part.bytes(ANSWER)?);
    }
    let Some(first) = parts.first() else { return Ok(None) };
    let first = Reading::new("command", first);
    let (digest, at) = (Hash(first.array(DIGEST)?), first.parsed(APPLIED_AT)?);
    let answer = unpack(&packed).ok().map(Answer);
    let record = match first.find_text(STREAM) {
        Some(stream) => {
            let stream = stream.parse().map_err(|_| first.damaged(STREAM))?;
            Some(Key::record(stream, first.number(SEQ)?))
        }
        None => None,
    };
    Ok(answer.map(|answer| (AppliedCommand { id, digest, answer }, at, record)))
}

/// Keeps a command with the change that it made, if one asked for it.
pub(crate) fn keep(
    tables: &Tables,
    transaction: &mut Transaction,
    scope: &Scope,
    applied: Option<&AppliedCommand>,
    record: &Record,
) {
    let Some(AppliedCommand { id, digest, answer }) = applied else { return };
    let expires_at = record.time.as_second() + APPLIED_COMMAND_DAYS * 86_400;
    let packed = pack(&answer.0);
    for (part, bytes) in packed.chunks(PART_BYTES).enumerate() {
        let mut item =
            NewItem::new(Key::applied(scope, *id, part)).bytes(ANSWER, bytes).number(EXPIRES_AT, expires_at);
        if part == 0 {
            item = item
                .bytes(DIGEST, digest.0)
                .text(APPLIED_AT, record.time)
                .text(STREAM, record.stream)
                .number(SEQ, record.seq);
        }
        transaction.put(tables, item, &Condition::Absent, Refusal::Command);
    }
}

/// Puts what is left in the place of a command and its answer, for as long as that would have been kept.
pub(crate) async fn erase(tables: &Tables, scope: &Scope, id: CommandId) -> Result<(), StoreError> {
    let key = Key::applied(scope, id, 0);
    // A query does not wait for a transaction, of which the record may be seen already.
    if tables.get_at_once(vec![key.clone()]).await?.is_empty() {
        return Ok(());
    }
    let parts = tables.query_all(&Query::new(key.table, &key.partition, Range::All)).await?;
    for part in (1..parts.len()).rev() {
        tables.delete(&Key::applied(scope, id, part)).await?;
    }
    let Some(first) = parts.into_iter().next() else { return Ok(()) };
    let left = AppliedCommand::erased(id);
    let item =
        NewItem { key, attributes: first }.bytes(ANSWER, pack(&left.answer.0)).bytes(DIGEST, left.digest.0);
    tables.put(item).await
}
