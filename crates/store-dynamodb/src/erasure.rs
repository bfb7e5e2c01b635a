//! Taking out what is a person's own, item by item: nobody writes to a stream that has ended.

use async_trait::async_trait;
use futures_util::future::try_join_all;
use vibesheets_core::{
    AccountId, MemberId,
    journal::{Record, StreamId},
    store::{Commit, Erasure, Erasures, Scope, StoreError},
};

use crate::{
    DynamoDbStore, accounts, commands,
    item::{NewItem, Reading},
    journal,
    keys::{Key, Table, member_partition},
    tables::{Lost, Query, Range, Tables, Transaction},
    timesheets,
};

/// Items deleted at a time.
const AT_ONCE: usize = 20;

#[async_trait]
impl Erasures for DynamoDbStore {
    async fn erase(&self, scope: &Scope, erasure: Erasure) -> Result<(), StoreError> {
        // A record without its payload does not tell of an answer any more.
        let answers = erasure.answers.iter().map(|(actor, command)| {
            let asked = Scope { organisation: scope.organisation, actor: *actor };
            async move { commands::erase(&self.tables, &asked, *command).await }
        });
        try_join_all(answers).await?;
        let payloads = erasure.payloads.iter().map(|(stream, seq, taken)| async move {
            let key = Key::record(*stream, *seq);
            let beside = |item| without_time(*stream, item);
            journal::erase_payload(&self.tables, &key, *stream, *taken, beside).await
        });
        try_join_all(payloads).await.map(drop)
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

    async fn erase_account(&self, account: AccountId) -> Result<bool, StoreError> {
        accounts::erase(&self.tables, account).await?;
        delete_all(&self.tables, Table::Sessions, account.to_string(), Range::All).await?;
        Ok(true)
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
    let items = tables.query_all(&Query::new(table, partition.clone(), range)).await?;
    for some in items.chunks(AT_ONCE) {
        let deleting = some.iter().map(|item| async {
            let sort = Reading::new("item", item).text(table.sort_key())?;
            tables.delete(&Key::new(table, &partition, sort)).await
        });
        try_join_all(deleting).await?;
    }
    Ok(())
}
