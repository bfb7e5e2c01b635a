//! Comma-separated values (RFC 4180) in UTF-8, neutralised against spreadsheets.

use std::{fs::File, io::BufWriter};

use vibesheets_core::{Entry, spreadsheet::neutralised};

use super::{COLUMNS, EntryWriter, ExportError, Names};
use crate::dto::joined;

pub(super) struct CsvWriter<'a> {
    writer: csv::Writer<BufWriter<File>>,
    names: &'a Names,
}

impl<'a> CsvWriter<'a> {
    pub(super) fn new(file: File, names: &'a Names) -> Result<Self, ExportError> {
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(BufWriter::with_capacity(1 << 16, file));
        writer.write_record(COLUMNS)?;
        Ok(Self { writer, names })
    }
}

impl EntryWriter for CsvWriter<'_> {
    fn write(&mut self, entry: &Entry) -> Result<(), ExportError> {
        let text = |cell: &str| neutralised(cell).into_owned();
        let writer = &mut self.writer;
        writer.write_field(text(self.names.member(entry)))?;
        writer.write_field(text(self.names.email(entry)))?;
        writer.write_field(text(self.names.client(entry)))?;
        writer.write_field(text(self.names.project(entry)))?;
        writer.write_field(text(&entry.note))?;
        writer.write_field(text(&joined(entry.tags.as_slice())))?;
        writer.write_field(if entry.billable { "yes" } else { "no" })?;
        writer.write_field(entry.start.rfc_3339(&entry.time_zone))?;
        writer.write_field(entry.end.map_or_else(String::new, |end| end.rfc_3339(&entry.time_zone)))?;
        writer.write_field(entry.time_zone.name())?;
        writer.write_field(entry.work_date.to_string())?;
        writer.write_field(entry.seconds().map_or_else(String::new, |seconds| seconds.to_string()))?;
        writer.write_field(source(entry))?;
        writer.write_field(entry.id.to_string())?;
        writer.write_record(None::<&[u8]>)?;
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<File, ExportError> {
        let buffered = self.writer.into_inner().map_err(|error| ExportError::Write(error.to_string()))?;
        buffered.into_inner().map_err(|error| ExportError::Write(error.to_string()))
    }
}

pub(super) const fn source(entry: &Entry) -> &'static str {
    match entry.source {
        vibesheets_core::EntrySource::Clock => "clock",
        vibesheets_core::EntrySource::Manual => "manual",
        vibesheets_core::EntrySource::Import => "import",
    }
}
