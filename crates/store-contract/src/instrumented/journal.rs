//! The journal and applied commands, through the instrument.

use async_trait::async_trait;
use jiff::Timestamp;
use vibesheets_core::{
    CommandId,
    journal::{Head, StreamId},
    store::{AppliedCommand, AppliedCommands, JournalReader, Scope, StoreError, StoredRecord},
};

use super::Instrumented;

#[async_trait]
impl JournalReader for Instrumented {
    async fn head(&self, stream: StreamId) -> Result<Head, StoreError> {
        self.read("head", self.store.head(stream)).await
    }

    async fn is_last(&self, stream: StreamId, head: Head) -> Result<bool, StoreError> {
        self.read("is_last", self.store.is_last(stream, head)).await
    }

    async fn find_record(&self, stream: StreamId, seq: u64) -> Result<Option<StoredRecord>, StoreError> {
        self.read("find_record", self.store.find_record(stream, seq)).await
    }

    async fn read_stream(
        &self,
        stream: StreamId,
        after: u64,
        limit: usize,
    ) -> Result<Vec<StoredRecord>, StoreError> {
        self.read("read_stream", self.store.read_stream(stream, after, limit)).await
    }

    async fn list_streams(&self, after: Option<StreamId>, limit: usize) -> Result<Vec<StreamId>, StoreError> {
        self.read("list_streams", self.store.list_streams(after, limit)).await
    }
}

#[async_trait]
impl AppliedCommands for Instrumented {
    async fn find_applied(&self, scope: &Scope, id: CommandId) -> Result<Option<AppliedCommand>, StoreError> {
        let applied = self.read("find_applied", self.store.find_applied(scope, id)).await?;
        Ok(self.applied_as_broken(applied))
    }

    async fn find_applied_for_certain(
        &self,
        scope: &Scope,
        id: CommandId,
    ) -> Result<Option<AppliedCommand>, StoreError> {
        let applied = self.store.find_applied_for_certain(scope, id);
        Ok(self.applied_as_broken(self.read("find_applied_for_certain", applied).await?))
    }

    async fn find_applied_at(&self, scope: &Scope, id: CommandId) -> Result<Option<Timestamp>, StoreError> {
        self.read("find_applied_at", self.store.find_applied_at(scope, id)).await
    }
}
