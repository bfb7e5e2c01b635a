//! Taking out what is a person's own, item by item: nobody writes to a stream that has ended.

use async_trait::async_trait;
use vibesheets_core::{
    AccountId, MemberId,
    journal::{Record, StreamId},
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
        // A record without its payload does not tell of an answer any more.
        for (actor, command) in &erasure.answers {
            let asked = Scope { organisation: scope.organisation, actor: *actor };
            let first = Key::applied(&asked, *command, 0);
            delete_all(&self.tables, first.table, first.partition, Range::All).await?;
        }
        for (stream, seq, taken) in &erasure.payloads {
            let key = Key::record(*stream, *seq);
            let beside = |item| without_time(*stream, item);
            journal::erase_payload(&self.tables, &key, *stream, *taken, beside).await?;
        }
        Ok(())
    }

    async fn erase_entries(&self, scope: &Scope, member: MemberId) -> Result<(), StoreError> {
        let partition = member_partition(scope.organisation, member);
        // The record that ended the stream was written once all of those before it were seen whole.
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
