//! Writing a file whole, into one that has no name, before it is sent.

use std::{
    fs::File,
    io::{Seek, SeekFrom},
};

use futures_util::StreamExt;
use tokio::runtime::Handle;
use vibesheets_core::store::{EntryStream, StoreError};

use super::{EntryWriter, ExportFormat, Names, csv::CsvWriter, json::JsonWriter, xlsx::XlsxWriter};

/// A whole file, at its beginning; it is gone when it is closed.
#[derive(Debug)]
pub struct Spooled {
    /// The file.
    pub file: File,
    /// Its length in bytes.
    pub bytes: u64,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The entries could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file could not be written; usually the disk is full.
    #[error("the export could not be written: {0}")]
    Write(String),
    /// More entries than a workbook has rows.
    #[error("an Excel sheet holds at most 1,048,574 entries; choose a shorter range, or CSV")]
    TooManyRows,
}

impl From<std::io::Error> for ExportError {
    fn from(error: std::io::Error) -> Self {
        Self::Write(error.to_string())
    }
}

impl From<::csv::Error> for ExportError {
    fn from(error: ::csv::Error) -> Self {
        Self::Write(error.to_string())
    }
}

impl From<rust_xlsxwriter::XlsxError> for ExportError {
    fn from(error: rust_xlsxwriter::XlsxError) -> Self {
        Self::Write(error.to_string())
    }
}

/// Writes all of `entries` as `format`, and `checkpoint` behind them where the format has room for it. Memory stays flat: a chunk of entries and the file's buffer.
///
/// # Errors
/// [`ExportError`]; nothing is left behind.
pub async fn spool(
    entries: EntryStream,
    format: ExportFormat,
    names: Names,
    checkpoint: Option<String>,
) -> Result<Spooled, ExportError> {
    let runtime = Handle::current();
    let task = tokio::task::spawn_blocking(move || write(&runtime, entries, format, &names, checkpoint));
    task.await.map_err(|error| ExportError::Write(error.to_string()))?
}

fn write(
    runtime: &Handle,
    mut entries: EntryStream,
    format: ExportFormat,
    names: &Names,
    checkpoint: Option<String>,
) -> Result<Spooled, ExportError> {
    let file = tempfile::tempfile()?;
    let mut writer: Box<dyn EntryWriter> = match format {
        ExportFormat::Csv => Box::new(CsvWriter::new(file, names)?),
        ExportFormat::Xlsx => Box::new(XlsxWriter::new(file, names, checkpoint)?),
        ExportFormat::Json => Box::new(JsonWriter::new(file, checkpoint)?),
    };
    while let Some(chunk) = runtime.block_on(entries.next()) {
        for entry in &chunk? {
            writer.write(entry)?;
        }
    }
    let mut file = writer.finish()?;
    let bytes = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(0))?;
    Ok(Spooled { file, bytes })
}
