//! Taking out what is a person's own, item by item: nobody writes to the stream of somebody who is archived.

use async_trait::async_trait;
use vibesheets_core::{
    AccountId, MemberId,
    journal::{Payload, Record, StreamId},
    store::{Commit, Erasure, Erasures, Scope, StoreError},
};

use crate::{
    DynamoDbStore, accounts,
    item::{NewItem, Reading},
    journal,
    keys::{Key, Table, member_partition},
    tables::{Lost, Query, Range, Tables, Transaction},
    timesheets,
};

#[async_trait]
impl Erasures for DynamoDbStore {
    async fn erase(&self, scope: &Scope, erasure: Erasure) -> Result<(), StoreError> {
        for (stream, seq, left) in &erasure.payloads {
            erase_payload(&self.tables, *stream, *seq, left.as_ref()).await?;
        }
        for (actor, command) in &erasure.answers {
            let asked = Scope { organisation: scope.organisation, actor: *actor };
            let first = Key::applied(&asked, *command, 0);
            delete_all(&self.tables, first.table, first.partition, Range::All).await?;
        }
        Ok(())
    }

    async fn erase_entries(&self, scope: &Scope, member: MemberId) -> Result<(), StoreError> {
        let partition = member_partition(scope.organisation, member);
        // Pointers, entries, and the open one; records and their parts lie between.
        for range in timesheets::entry_ranges() {
            delete_all(&self.tables, Table::TimeEntries, partition.clone(), range).await?;
        }
        Ok(())
    }

    async fn erase_account(&self, account: AccountId) -> Result<(), StoreError> {
        accounts::erase(&self.tables, account).await?;
        delete_all(&self.tables, Table::Sessions, account.to_string(), Range::All).await
    }

    async fn append_erased(&self, record: Record) -> Result<Commit, StoreError> {
        let stream = record.stream;
        let head = journal::head(&self.tables, stream).await?;
        if (head.seq + 1, head.hash) != (record.seq, record.previous) {
            return Err(StoreError::Conflict { current: Some(head) });
        }
        let mut transaction = Transaction::of(&record);
        journal::append_erased(&self.tables, &mut transaction, &record, |item| without_time(stream, item));
        if let StreamId::Account(account) = stream {
            accounts::put_erased(&self.tables, &mut transaction, account);
        }
        match self.tables.commit(transaction).await {
            Ok(()) => Ok(Commit { number: None }),
            Err(Lost::Failed(error)) => Err(error),
            Err(Lost::Refused(_)) => Err(journal::conflict(&self.tables, stream).await),
        }
    }
}

async fn erase_payload(
    tables: &Tables,
    stream: StreamId,
    seq: u64,
    left: Option<&Payload>,
) -> Result<(), StoreError> {
    let key = Key::record(stream, seq);
    let Some(item) = tables.get(&key).await? else { return Ok(()) };
    let (kept, parts, obsolete) = journal::with_payload(&key, seq, item, left)?;
    for part in parts {
        tables.put(part).await?;
    }
    tables.put(without_time(stream, kept)).await?;
    for part in obsolete {
        tables.delete(&part).await?;
    }
    Ok(())
}

/// A member's record without the days that stand beside it.
fn without_time(stream: StreamId, item: NewItem) -> NewItem {
    match stream {
        StreamId::Member(..) => timesheets::without_time(item),
        _ => item,
    }
}

async fn delete_all(
    tables: &Tables,
    table: Table,
    partition: String,
    range: Range,
) -> Result<(), StoreError> {
    for item in tables.query_all(&Query::new(table, partition.clone(), range)).await? {
        let sort = Reading::new("item", &item).text(table.sort_key())?;
        tables.delete(&Key::new(table, &partition, sort)).await?;
    }
    Ok(())
}
