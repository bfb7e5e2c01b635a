//! Applied commands and their answers (I4), forgotten by the engine itself after 400 days.

use async_trait::async_trait;
use jiff::Timestamp;
use vibesheets_core::{
    CommandId,
    journal::Hash,
    store::{APPLIED_COMMAND_DAYS, Answer, AppliedCommand, AppliedCommands, Scope, StoreError},
};

use crate::{
    DynamoDbStore,
    item::{NewItem, Reading},
    keys::{EXPIRES_AT, Key},
    packed::{pack, unpack},
    tables::{Condition, Query, Range, Refusal, Tables, Transaction},
};

const DIGEST: &str = "digest";
const APPLIED_AT: &str = "applied_at";
const ANSWER: &str = "answer";

/// The most bytes of a part of an answer: an item has at most 400 KB.
const PART_BYTES: usize = 350_000;

#[async_trait]
impl AppliedCommands for DynamoDbStore {
    async fn find_applied(&self, scope: &Scope, id: CommandId) -> Result<Option<AppliedCommand>, StoreError> {
        Ok(find(&self.tables, scope, id).await?.map(|(applied, _)| applied))
    }

    async fn find_applied_at(&self, scope: &Scope, id: CommandId) -> Result<Option<Timestamp>, StoreError> {
        Ok(find(&self.tables, scope, id).await?.map(|(_, at)| at))
    }
}

async fn find(
    tables: &Tables,
    scope: &Scope,
    id: CommandId,
) -> Result<Option<(AppliedCommand, Timestamp)>, StoreError> {
    let key = Key::applied(scope, id, 0);
    let parts = tables.query_all(&Query::new(key.table, key.partition, Range::All)).await?;
    let Some(first) = parts.first() else { return Ok(None) };
    let first = Reading::new("command", first);
    let digest = Hash(first.array(DIGEST)?);
    let at = first.parsed(APPLIED_AT)?;
    let mut packed = Vec::new();
    for part in &parts {
        packed.extend_from_slice(Reading::new("command", part).bytes(ANSWER)?);
    }
    let answer = Answer(unpack(&packed).map_err(|_| first.damaged(ANSWER))?);
    Ok(Some((AppliedCommand { id, digest, answer }, at)))
}

/// Keeps a command with the change that it made, if one asked for it.
pub(crate) fn keep(
    tables: &Tables,
    transaction: &mut Transaction,
    scope: &Scope,
    applied: Option<&AppliedCommand>,
    at: Timestamp,
) {
    let Some(AppliedCommand { id, digest, answer }) = applied else { return };
    let expires_at = at.as_second() + APPLIED_COMMAND_DAYS * 86_400;
    let packed = pack(&answer.0);
    for (part, bytes) in packed.chunks(PART_BYTES).enumerate() {
        let mut item =
            NewItem::new(Key::applied(scope, *id, part)).bytes(ANSWER, bytes).number(EXPIRES_AT, expires_at);
        if part == 0 {
            item = item.bytes(DIGEST, digest.0).text(APPLIED_AT, at);
        }
        transaction.put(tables, item, &Condition::Absent, Refusal::Command);
    }
}
