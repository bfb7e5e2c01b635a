//! A source's records as an audit file.

use std::{
    collections::HashMap,
    io::{self, Write},
};

use futures_util::{StreamExt, stream};

use super::write::{AuditFileWriter, Exported};
use crate::{
    checkpoint::{Checkpoint, Signer},
    durability::Kept,
    journal::{ChainVerifier, Head, StreamId},
    moving::{CHUNK_RECORDS, InTime, RecordSource, heads},
    store::StoreError,
};

/// Streams whose first records are read ahead: each waits for the engine most of the time.
const STREAMS_AHEAD: usize = 8;

/// Why there is no audit file.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The source cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The source holds something that was not recorded.
    #[error("{stream} record {seq}: {fault}; run `vibesheets verify`, and export a store from before")]
    Damaged {
        /// The stream.
        stream: StreamId,
        /// The record.
        seq: u64,
        /// What is wrong.
        fault: String,
    },
    /// Somebody wrote meanwhile to a source that does not show one state.
    #[error("{stream} changed while it was exported: stop whatever writes, and export again")]
    Changed {
        /// The stream.
        stream: StreamId,
    },
    /// The file cannot be written.
    #[error("cannot be written: {0}")]
    Output(#[from] io::Error),
}

/// Writes everything that `source` recorded to `output`, and a checkpoint of it where there is a `signer`, once every chain and
/// every payload's digest were checked on the way; `progress` is told how many records of how many were written. What is in `output` is no audit file unless this ends
/// well.
///
/// # Errors
/// [`ExportError`] that says what to do.
pub async fn export(
    source: &(impl RecordSource + ?Sized),
    output: impl Write + Send,
    signer: Option<&dyn Signer>,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Exported, ExportError> {
    let streams = heads(source).await?;
    let all = streams.iter().map(|(_, head)| head.seq).sum();
    let (accounts, others): (Vec<_>, Vec<_>) =
        streams.iter().copied().partition(|(stream, _)| matches!(stream, StreamId::Account(_)));
    let mut export = Export { writer: AuditFileWriter::begin(output)?, done: 0, all, progress };
    export.accounts(source, &accounts).await?;
    export.others(source, &others).await?;
    if let Some(stream) = first_difference(&streams, &heads(source).await?) {
        return Err(ExportError::Changed { stream });
    }
    if let Some(signer) = signer {
        export.writer.checkpoint(Checkpoint::of(streams).sign(signer))?;
    }
    Ok(export.writer.end()?)
}

struct Export<'a, W> {
    writer: AuditFileWriter<W>,
    done: u64,
    all: u64,
    progress: &'a (dyn Fn(u64, u64) + Sync),
}

impl<W: Write + Send> Export<'_, W> {
    async fn accounts(
        &mut self,
        source: &(impl RecordSource + ?Sized),
        accounts: &[(StreamId, Head)],
    ) -> Result<(), ExportError> {
        let mut verifiers: HashMap<StreamId, ChainVerifier> =
            accounts.iter().map(|(stream, _)| (*stream, ChainVerifier::default())).collect();
        let streams = accounts.iter().map(|(stream, head)| (*stream, 0, head.seq));
        let mut records = InTime::of(source, streams).await?;
        while let Some(kept) = records.next().await? {
            self.put(verifiers.entry(kept.record.stream).or_default(), &kept)?;
        }
        let whole = accounts.iter().map(|(stream, head)| (*stream, *head));
        let ended = verifiers.iter().map(|(stream, verifier)| (*stream, verifier.head()));
        let mut ended: Vec<_> = ended.collect();
        ended.sort_by_key(|(stream, _)| *stream);
        first_difference(&whole.collect::<Vec<_>>(), &ended)
            .map_or(Ok(()), |stream| Err(ExportError::Changed { stream }))
    }

    async fn others(
        &mut self,
        source: &(impl RecordSource + ?Sized),
        streams: &[(StreamId, Head)],
    ) -> Result<(), ExportError> {
        let mut ahead = stream::iter(streams)
            .map(|(stream, head)| async move {
                (*stream, *head, source.read_kept(*stream, 0, CHUNK_RECORDS).await)
            })
            .buffered(STREAMS_AHEAD);
        while let Some((stream, head, first)) = ahead.next().await {
            let mut verifier = ChainVerifier::default();
            let mut records = first?;
            while verifier.head().seq < head.seq {
                if records.is_empty() {
                    records = source.read_kept(stream, verifier.head().seq, CHUNK_RECORDS).await?;
                }
                if records.is_empty() {
                    return Err(ExportError::Changed { stream });
                }
                let left = usize::try_from(head.seq - verifier.head().seq).unwrap_or(usize::MAX);
                for kept in records.drain(..).take(left) {
                    self.put(&mut verifier, &kept)?;
                }
            }
            if verifier.head() != head {
                return Err(ExportError::Changed { stream });
            }
        }
        Ok(())
    }

    fn put(&mut self, verifier: &mut ChainVerifier, kept: &Kept) -> Result<(), ExportError> {
        let damaged =
            |fault: String| ExportError::Damaged { stream: kept.record.stream, seq: kept.record.seq, fault };
        let checked = verifier.check(&kept.record, kept.payload.as_ref());
        checked.map_err(|fault| damaged(fault.to_string()))?;
        self.writer.record(kept).map_err(|error| match error.kind() {
            io::ErrorKind::InvalidData => damaged(error.to_string()),
            _ => ExportError::Output(error),
        })?;
        self.done += 1;
        (self.progress)(self.done, self.all);
        Ok(())
    }
}

/// The first stream whose heads are not the same; both are sorted.
fn first_difference(before: &[(StreamId, Head)], after: &[(StreamId, Head)]) -> Option<StreamId> {
    let differs = before.iter().zip(after).find(|(before, after)| before != after);
    let differs = differs.map(|(before, _)| before);
    let longer = before.get(after.len()).or(after.get(before.len()));
    differs.or(longer).map(|(stream, _)| *stream)
}
