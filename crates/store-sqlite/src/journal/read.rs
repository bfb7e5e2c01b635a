//! Reading the journal.

use async_trait::async_trait;
use rusqlite::{Connection, OptionalExtension, params};
use vibesheets_core::{
    journal::{Head, Operation, Payload, StreamId},
    store::{JournalReader, StoreError, StoredRecord},
};

use super::row::{self, COLUMNS};
use crate::{Failure, SqliteStore, failure::damaged, sql::Sql};

#[async_trait]
impl JournalReader for SqliteStore {
    async fn head(&self, stream: StreamId) -> Result<Head, StoreError> {
        self.readers.read(|connection| head(connection, stream))
    }

    async fn find_record(&self, stream: StreamId, seq: u64) -> Result<Option<StoredRecord>, StoreError> {
        self.readers.read(|connection| {
            connection
                .prepare_cached(&format!("SELECT {COLUMNS} FROM journal WHERE stream = ?1 AND seq = ?2"))?
                .query_row(params![Sql(stream), seq], |row| row::stored_record(stream, row))
                .optional()
                .map_err(damaged("record", format_args!("{stream}#{seq}")))
        })
    }

    async fn read_stream(
        &self,
        stream: StreamId,
        after: u64,
        limit: usize,
    ) -> Result<Vec<StoredRecord>, StoreError> {
        self.readers.read_long(move |connection| records_after(connection, stream, after, limit)).await
    }

    async fn list_streams(&self, after: Option<StreamId>, limit: usize) -> Result<Vec<StreamId>, StoreError> {
        self.readers.read_long(move |connection| streams_after(connection, after, limit)).await
    }
}

/// The stream's last record.
pub(crate) fn head(connection: &Connection, stream: StreamId) -> Result<Head, Failure> {
    last(connection, stream).map(|(head, _)| head)
}

/// The stream's last record, and what it was.
pub(crate) fn last(connection: &Connection, stream: StreamId) -> Result<(Head, Option<Operation>), Failure> {
    connection
        .prepare_cached(
            "SELECT seq, hash, time, operation FROM journal WHERE stream = ?1 ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([Sql(stream)], |row| Ok((row::head(row)?, Some(row::operation(row, 3)?))))
        .optional()
        .map(|last| last.unwrap_or((Head::EMPTY, None)))
        .map_err(damaged("the last record of stream", stream))
}

/// A record's payload; `None` where that was erased, or there is no record.
pub(crate) fn payload(
    connection: &Connection,
    stream: StreamId,
    seq: u64,
) -> Result<Option<Payload>, Failure> {
    connection
        .prepare_cached("SELECT salt, body FROM journal WHERE stream = ?1 AND seq = ?2")?
        .query_row(params![Sql(stream), seq], |row| row::payload(row, 0))
        .optional()
        .map(Option::flatten)
        .map_err(damaged("record", format_args!("{stream}#{seq}")))
}

/// The number of the last commit that wrote a record.
pub(crate) fn last_commit_number(connection: &Connection) -> Result<u64, Failure> {
    let last = "SELECT commit_number FROM journal ORDER BY commit_number DESC LIMIT 1";
    Ok(connection.query_row(last, (), |row| row.get(0)).optional()?.unwrap_or(0))
}

pub(crate) fn records_after(
    connection: &Connection,
    stream: StreamId,
    after: u64,
    limit: usize,
) -> Result<Vec<StoredRecord>, Failure> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM journal WHERE stream = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3"
    ))?;
    let mut rows = statement.query(params![Sql(stream), after, limit])?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        let record =
            row::stored_record(stream, row).map_err(damaged("record", format_args!("{stream}#{seq}")))?;
        records.push(record);
    }
    Ok(records)
}

/// One step in the index for each stream, however long the streams are.
pub(crate) fn streams_after(
    connection: &Connection,
    after: Option<StreamId>,
    limit: usize,
) -> Result<Vec<StreamId>, Failure> {
    let mut next = connection.prepare_cached(
        "SELECT stream FROM journal WHERE stream > coalesce(?1, x'') ORDER BY stream LIMIT 1",
    )?;
    let mut streams = Vec::new();
    let mut last = after;
    while streams.len() < limit {
        let stream: Option<Sql<StreamId>> =
            next.query_row([last.map(Sql)], |row| row.get(0)).optional().map_err(damaged(
                "the stream after",
                last.map_or_else(String::new, |stream| stream.to_string()),
            ))?;
        let Some(Sql(stream)) = stream else { break };
        streams.push(stream);
        last = Some(stream);
    }
    Ok(streams)
}
