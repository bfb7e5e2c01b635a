//! Reads a generated file by its headings, knowing only what a spreadsheet knows.

use csv::ReaderBuilder;
use foreign_exports::{DateOrder, Variant};

/// One record, with its line and its cells by heading.
pub struct Record {
    pub line: u64,
    pub fields: usize,
    cells: Vec<(String, String)>,
}

impl Record {
    /// The cell under this heading, whatever its case; `None` where the file or the row has none.
    pub fn get(&self, heading: &str) -> Option<&str> {
        self.cells.iter().find(|(name, _)| name.eq_ignore_ascii_case(heading)).map(|(_, cell)| cell.as_str())
    }

    pub fn cell(&self, heading: &str) -> &str {
        self.get(heading).unwrap_or_else(|| panic!("no {heading} on line {}", self.line))
    }
}

pub fn records(bytes: &[u8], variant: &Variant) -> Vec<Record> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let mut reader = ReaderBuilder::new().delimiter(variant.delimiter).flexible(true).from_reader(bytes);
    let headings = reader.headers().expect("a heading").clone();
    let (mut counted, mut line) = (0, 1);
    let record = |record: csv::Result<csv::StringRecord>| {
        let record = record.expect("a record");
        let cells = headings
            .iter()
            .zip(record.iter())
            .map(|(name, cell)| (name.to_owned(), cell.to_owned()))
            .collect();
        // Not the reader's own line: after CR LF that is one short, since a record begins for it at the line feed.
        let at =
            usize::try_from(record.position().expect("a position").byte()).expect("the file is in memory");
        let begins = at + usize::from(bytes[at] == b'\n');
        line += bytes[counted..begins].iter().filter(|&&byte| byte == b'\n').count() as u64;
        counted = begins;
        Record { line, fields: record.len(), cells }
    };
    reader.into_records().map(record).collect()
}

/// `2024-12-31` from a date in the variant's order.
pub fn iso_date(variant: &Variant, text: &str) -> String {
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let (year, month, day) = match variant.date_order {
        DateOrder::YearMonthDay => (parts[0], parts[1], parts[2]),
        DateOrder::MonthDayYear => (parts[2], parts[0], parts[1]),
        DateOrder::DayMonthYear | DateOrder::DayMonthYearDotted => (parts[2], parts[1], parts[0]),
    };
    format!("{year}-{month}-{day}")
}

/// `17:05:09` from `17:05:09`, `17:05` or `05:05:09 PM`.
pub fn iso_time(text: &str) -> String {
    let (dial, half) = text.split_once(' ').map_or((text, None), |(dial, half)| (dial, Some(half)));
    let mut parts: Vec<u32> = dial.split(':').map(|part| part.parse().expect("a number")).collect();
    parts.resize(3, 0);
    match half {
        Some("AM") => parts[0] %= 12,
        Some("PM") => parts[0] = parts[0] % 12 + 12,
        Some(other) => panic!("neither AM nor PM: {other}"),
        None => {}
    }
    format!("{:02}:{:02}:{:02}", parts[0], parts[1], parts[2])
}

/// Seconds from `01:05:09` or `1:05`.
pub fn seconds(text: &str) -> i64 {
    let mut parts: Vec<i64> = text.split(':').map(|part| part.parse().expect("a number")).collect();
    parts.resize(3, 0);
    parts[0] * 3600 + parts[1] * 60 + parts[2]
}
