//! JSON: `{"entries": […], "total_seconds": n, "checkpoint": "…"}`, each entry as `/timesheets` shows it.

use std::{
    fs::File,
    io::{BufWriter, Write},
};

use vibesheets_core::Entry;

use super::{EntryWriter, ExportError};
use crate::dto::EntryDto;

pub(super) struct JsonWriter {
    writer: BufWriter<File>,
    written: u64,
    total_seconds: i64,
    checkpoint: Option<String>,
}

impl JsonWriter {
    pub(super) fn new(file: File, checkpoint: Option<String>) -> Result<Self, ExportError> {
        let mut writer = BufWriter::with_capacity(1 << 16, file);
        writer.write_all(b"{\"entries\":[")?;
        Ok(Self { writer, written: 0, total_seconds: 0, checkpoint })
    }
}

impl EntryWriter for JsonWriter {
    fn write(&mut self, entry: &Entry) -> Result<(), ExportError> {
        self.writer.write_all(if self.written == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut self.writer, &EntryDto::from(entry)).map_err(std::io::Error::from)?;
        self.written += 1;
        self.total_seconds += entry.seconds().unwrap_or(0);
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<File, ExportError> {
        write!(self.writer, "\n],\"total_seconds\":{}", self.total_seconds)?;
        if let Some(checkpoint) = &self.checkpoint {
            self.writer.write_all(b",\"checkpoint\":")?;
            serde_json::to_writer(&mut self.writer, checkpoint).map_err(std::io::Error::from)?;
        }
        self.writer.write_all(b"}\n")?;
        self.writer.into_inner().map_err(|error| ExportError::Write(error.to_string()))
    }
}
