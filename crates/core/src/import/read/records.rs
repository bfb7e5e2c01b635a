//! The records of a file and the lines they begin on.

use csv::{Reader, ReaderBuilder, StringRecord};

use crate::import::Delimiter;

/// Counts physical lines, each byte once.
pub(super) struct LineCounter<'t> {
    text: &'t str,
    counted: usize,
    line: u64,
}

impl<'t> LineCounter<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, counted: 0, line: 1 }
    }

    /// The line of the byte at `position`, which must not lie before the last one asked for.
    fn advance_to(&mut self, position: usize) -> u64 {
        let bytes = self.text.as_bytes();
        for index in self.counted..position {
            let ends_line =
                bytes[index] == b'\n' || (bytes[index] == b'\r' && bytes.get(index + 1) != Some(&b'\n'));
            self.line += u64::from(ends_line);
        }
        self.counted = self.counted.max(position);
        self.line
    }

    pub(super) fn line_of(text: &'t str, position: usize) -> u64 {
        Self::new(text).advance_to(position)
    }
}

/// Walks over a file's records; blank lines are none.
pub(super) struct Records<'t> {
    reader: Reader<&'t [u8]>,
    record: StringRecord,
    lines: LineCounter<'t>,
}

impl<'t> Records<'t> {
    pub(super) fn new(text: &'t str, delimiter: Delimiter) -> Self {
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter.byte())
            .from_reader(text.as_bytes());
        Self { reader, record: StringRecord::new(), lines: LineCounter::new(text) }
    }

    /// The next record and the line it begins on.
    pub(super) fn next(&mut self) -> Option<(u64, &StringRecord)> {
        // The text is UTF-8 and read from memory, and records may differ in length: nothing is left to fail.
        if !self.reader.read_record(&mut self.record).unwrap_or(false) {
            return None;
        }
        let position = self.record.position().map_or(0, csv::Position::byte);
        let mut start = usize::try_from(position).unwrap_or(usize::MAX).min(self.lines.text.len());
        // The library counts the line breaks before a record to the record.
        start += self.lines.text.as_bytes()[start..]
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        Some((self.lines.advance_to(start), &self.record))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(u64, String)> {
        let mut records = Records::new(text, Delimiter::Comma);
        let mut found = Vec::new();
        while let Some((line, record)) = records.next() {
            found.push((line, record.get(0).unwrap_or_default().to_owned()));
        }
        found
    }

    #[test]
    fn a_record_is_on_the_line_it_begins_on() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["h,x", "a,\"two", "lines\"", "", "b,x", "c", ""].join(end);
            let expected =
                [(1, "h"), (2, "a"), (5, "b"), (6, "c")].map(|(line, cell)| (line, cell.to_owned()));
            assert_eq!(lines(&text), expected, "{end:?}");
        }
    }
}
