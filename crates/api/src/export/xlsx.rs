//! An Excel workbook: a sheet with real dates in the entry's own zone, exact seconds and a total that Excel can check, and one with
//! the checkpoint.

use std::fs::File;

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};
use vibesheets_core::{Entry, time::Instant, time::Zone};

use super::{COLUMNS, EntryWriter, ExportError, Names, csv};
use crate::dto::joined;

/// Excel's last row, less the header and the total.
const MOST_ENTRIES: u32 = 1_048_576 - 2;
/// The column of the seconds, counted from 0, and its letter.
const SECONDS_COLUMN: u16 = 11;
const SECONDS_LETTER: &str = "L";

pub(super) struct XlsxWriter<'a> {
    workbook: Workbook,
    file: File,
    names: &'a Names,
    rows: u32,
    total_seconds: i64,
    date_time: Format,
    date: Format,
    checkpoint: Option<String>,
}

impl<'a> XlsxWriter<'a> {
    pub(super) fn new(file: File, names: &'a Names, checkpoint: Option<String>) -> Result<Self, ExportError> {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet_with_constant_memory()?;
        sheet.set_name("Entries")?.set_freeze_panes(1, 0)?;
        for (column, width) in (0_u16..).zip([24, 28, 20, 24, 40, 20, 9, 20, 20, 20, 12, 10, 9, 38]) {
            sheet.set_column_width(column, f64::from(width))?;
        }
        let bold = Format::new().set_bold();
        for (column, title) in (0_u16..).zip(COLUMNS) {
            sheet.write_string_with_format(0, column, title, &bold)?;
        }
        let date_time = Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
        let date = Format::new().set_num_format("yyyy-mm-dd");
        Ok(Self { workbook, file, names, rows: 0, total_seconds: 0, date_time, date, checkpoint })
    }
}

impl EntryWriter for XlsxWriter<'_> {
    fn write(&mut self, entry: &Entry) -> Result<(), ExportError> {
        if self.rows == MOST_ENTRIES {
            return Err(ExportError::TooManyRows);
        }
        self.rows += 1;
        self.total_seconds += entry.seconds().unwrap_or(0);
        let row = self.rows;
        let sheet = self.workbook.worksheet_from_index(0)?;
        for (column, cell) in (0_u16..).zip([
            self.names.member(entry),
            self.names.email(entry),
            self.names.client(entry),
            self.names.project(entry),
            &entry.note,
            &joined(entry.tags.as_slice()),
            if entry.billable { "yes" } else { "no" },
        ]) {
            sheet.write_string(row, column, cell)?;
        }
        write_instant(sheet, row, 7, entry.start, &entry.time_zone, &self.date_time)?;
        if let Some(end) = entry.end {
            write_instant(sheet, row, 8, end, &entry.time_zone, &self.date_time)?;
        }
        sheet.write_string(row, 9, entry.time_zone.name())?;
        let work_date = ExcelDateTime::parse_from_str(&entry.work_date.to_string())?;
        sheet.write_datetime_with_format(row, 10, &work_date, &self.date)?;
        if let Some(seconds) = entry.seconds() {
            sheet.write_number(row, SECONDS_COLUMN, cell_number(seconds))?;
        }
        sheet.write_string(row, 12, csv::source(entry))?;
        sheet.write_string(row, 13, entry.id.to_string())?;
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<File, ExportError> {
        let bold = Format::new().set_bold();
        let sheet = self.workbook.worksheet_from_index(0)?;
        let last = self.rows + 1;
        sheet.write_string_with_format(last, 0, "Total", &bold)?;
        let sum = Formula::new(format!("=SUM({SECONDS_LETTER}2:{SECONDS_LETTER}{last})"))
            .set_result(self.total_seconds.to_string());
        if self.rows > 0 {
            sheet.write_formula_with_format(last, SECONDS_COLUMN, sum, &bold)?;
        }
        if let Some(checkpoint) = &self.checkpoint {
            let sheet = self.workbook.add_worksheet_with_constant_memory()?.set_name("Checkpoint")?;
            // A cell for each line of the signed note, the empty one too.
            for (row, line) in (0..).zip(checkpoint.lines()) {
                sheet.write_string(row, 0, line)?;
            }
        }
        self.workbook.save_to_writer(&mut self.file)?;
        Ok(self.file)
    }
}

/// A date and time as the clock on the wall showed it; the `Time zone` column says where the wall stood.
fn write_instant(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    instant: Instant,
    zone: &Zone,
    format: &Format,
) -> Result<(), XlsxError> {
    let local = instant.rfc_3339(zone);
    let wall_clock = ExcelDateTime::parse_from_str(&local[..19])?;
    sheet.write_datetime_with_format(row, column, &wall_clock, format)?;
    Ok(())
}

/// A workbook's only number type is floating point, exact for whole numbers to 2⁵³: 285 million years of seconds.
#[expect(clippy::cast_precision_loss, reason = "the file format has no integers")]
const fn cell_number(seconds: i64) -> f64 {
    seconds as f64
}
