//! Reading the journal: for history, verification and restore.

use async_trait::async_trait;

use super::StoreError;
use crate::journal::{Head, Payload, Record, StreamId};

/// A record as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRecord {
    /// The link.
    pub record: Record,
    /// What it stands for; `None` once erased.
    pub payload: Option<Payload>,
    /// The store-wide number of the commit that wrote it, on engines that have one.
    pub commit: Option<u64>,
}

/// The journal, read. The caller answers for the stream's organisation: a `StreamId` names it.
#[async_trait]
pub trait JournalReader {
    /// The stream's last record.
    async fn head(&self, stream: StreamId) -> Result<Head, StoreError>;

    /// Whether `head` is the last record, and nothing that was read of the stream before is of a later one. Of an engine whose
    /// reads see a write in parts, [`Self::head`] does not tell as much.
    async fn is_last(&self, stream: StreamId, head: Head) -> Result<bool, StoreError> {
        Ok(self.head(stream).await? == head)
    }

    /// One record.
    async fn find_record(&self, stream: StreamId, seq: u64) -> Result<Option<StoredRecord>, StoreError>;

    /// Up to `limit` records after number `after`, in their order.
    async fn read_stream(
        &self,
        stream: StreamId,
        after: u64,
        limit: usize,
    ) -> Result<Vec<StoredRecord>, StoreError>;

    /// Up to `limit` streams after `after`: organisations' first, then in an order of the engine's own. For the operator:
    /// crosses organisations.
    async fn list_streams(&self, after: Option<StreamId>, limit: usize) -> Result<Vec<StreamId>, StoreError>;
}
