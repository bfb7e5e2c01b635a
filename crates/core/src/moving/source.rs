//! Where records come from, each with everything that was kept with it.

use async_trait::async_trait;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::AT_ONCE;
use crate::{
    audit,
    durability::Kept,
    journal::{Head, Payload, StreamId},
    store::{AppliedCommand, Scope, StoreError, StoredRecord},
};

/// Streams named at a time.
const CHUNK_STREAMS: usize = 500;

/// Where records come from: a store that nobody writes meanwhile, one state of a store, or an audit file.
#[async_trait]
pub trait RecordSource: Send + Sync {
    /// Up to `limit` streams after `after`, in an order of the source's own.
    async fn list_streams(&self, after: Option<StreamId>, limit: usize) -> Result<Vec<StreamId>, StoreError>;

    /// The stream's last record.
    async fn head(&self, stream: StreamId) -> Result<Head, StoreError>;

    /// Up to `limit` records after number `after`, in their order.
    async fn read_kept(&self, stream: StreamId, after: u64, limit: usize) -> Result<Vec<Kept>, StoreError>;
}

#[async_trait]
impl<S: audit::Source + ?Sized> RecordSource for S {
    async fn list_streams(&self, after: Option<StreamId>, limit: usize) -> Result<Vec<StreamId>, StoreError> {
        audit::Source::list_streams(self, after, limit).await
    }

    async fn head(&self, stream: StreamId) -> Result<Head, StoreError> {
        audit::Source::head(self, stream).await
    }

    async fn read_kept(&self, stream: StreamId, after: u64, limit: usize) -> Result<Vec<Kept>, StoreError> {
        let records = audit::Source::read_stream(self, stream, after, limit).await?;
        stream::iter(records).map(|stored| kept(self, stored)).buffered(AT_ONCE).try_collect().await
    }
}

async fn kept(source: &(impl audit::Source + ?Sized), stored: StoredRecord) -> Result<Kept, StoreError> {
    let StoredRecord { record, payload, .. } = stored;
    let applied = match (payload.as_ref().and_then(Payload::applied), record.stream) {
        (Some(hash), StreamId::Organisation(organisation) | StreamId::Member(organisation, _)) => {
            let scope = Scope { organisation, actor: record.actor };
            AppliedCommand::kept_with(&record, hash, source.find_kept(&scope, record.command).await?)?
        }
        _ => None,
    };
    Ok(Kept { record, payload, applied })
}

/// Every stream with its head, sorted: accounts after organisations and members, as a [`StreamId`] sorts.
pub(crate) async fn heads(
    source: &(impl RecordSource + ?Sized),
) -> Result<Vec<(StreamId, Head)>, StoreError> {
    let mut heads = Vec::new();
    let mut after = None;
    loop {
        let streams = source.list_streams(after, CHUNK_STREAMS).await?;
        let chunk = stream::iter(streams.iter().copied())
            .map(|stream| async move { Ok::<_, StoreError>((stream, source.head(stream).await?)) });
        heads.extend(chunk.buffered(AT_ONCE).try_collect::<Vec<_>>().await?);
        match streams.last() {
            Some(last) if streams.len() == CHUNK_STREAMS => after = Some(*last),
            _ => break,
        }
    }
    heads.sort_by_key(|(stream, _)| *stream);
    Ok(heads)
}
