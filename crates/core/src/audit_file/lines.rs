//! A file's lines, one at a time.

use std::io::{self, BufRead, Read};

/// The longest line: a store takes no record or answer that is nearly as long, so that a longer one is no line of ours.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// Reads lines, each with its line feed, and counts.
pub(super) struct Lines<R> {
    input: R,
    line: Vec<u8>,
    /// The number of the last line that was read, from 1.
    pub number: u64,
    /// Where the last line that was read begins.
    pub begins: u64,
    /// Where it ends.
    pub ends: u64,
}

impl<R: BufRead> Lines<R> {
    /// From `offset` on.
    pub const fn from(input: R, offset: u64) -> Self {
        Self { input, line: Vec::new(), number: 0, begins: offset, ends: offset }
    }

    /// The next line; `None` at the end.
    pub fn next(&mut self) -> io::Result<Option<&[u8]>> {
        self.line.clear();
        let bytes = self.input.by_ref().take(MOST_BYTES).read_until(b'\n', &mut self.line)?;
        if bytes == 0 {
            return Ok(None);
        }
        self.number += 1;
        self.begins = self.ends;
        self.ends += bytes as u64;
        Ok(Some(&self.line))
    }
}
