//! All entries of a query, read under one transaction while the receiver takes them.

use std::sync::Arc;

use futures_util::stream;
use rusqlite::Connection;
use tokio::sync::mpsc;
use vibesheets_core::{
    Entry, OrganisationId,
    store::{EntryQuery, EntryStream, StoreError},
};

use super::{filter::Filter, list, row};
use crate::{Failure, readers::Readers};

/// Entries in one chunk.
const CHUNK: usize = 1000;
/// Chunks that may wait for the receiver.
const CHUNKS_WAITING: usize = 2;

type Chunk = Result<Vec<Entry>, StoreError>;

/// Starts reading at once; ends early where the receiver is dropped.
pub(super) fn entries(readers: Arc<Readers>, organisation: OrganisationId, query: EntryQuery) -> EntryStream {
    let (sender, receiver) = mpsc::channel::<Chunk>(CHUNKS_WAITING);
    tokio::task::spawn_blocking(move || {
        let read = readers.read(|connection| send_all(connection, organisation, &query, &sender));
        if let Err(error) = read {
            // Without a receiver nobody is left to tell.
            let _ = sender.blocking_send(Err(error));
        }
    });
    Box::pin(stream::unfold(receiver, async |mut receiver| {
        receiver.recv().await.map(|chunk| (chunk, receiver))
    }))
}

/// One statement is one read transaction: all entries are of one moment.
fn send_all(
    connection: &Connection,
    organisation: OrganisationId,
    query: &EntryQuery,
    sender: &mpsc::Sender<Chunk>,
) -> Result<(), Failure> {
    let filter = Filter::new(organisation, query).live().bounded_by_start(query.range);
    let mut statement = connection.prepare_cached(&list::select(query, &filter))?;
    let mut rows = statement.query(&*filter.params())?;
    let mut chunk = Vec::with_capacity(CHUNK);
    while let Some(row) = rows.next()? {
        chunk.push(row::entry(row)?);
        if chunk.len() == CHUNK {
            let full = std::mem::replace(&mut chunk, Vec::with_capacity(CHUNK));
            if sender.blocking_send(Ok(full)).is_err() {
                return Ok(());
            }
        }
    }
    if !chunk.is_empty() {
        // The receiver may be gone, and everything was read.
        let _ = sender.blocking_send(Ok(chunk));
    }
    Ok(())
}
