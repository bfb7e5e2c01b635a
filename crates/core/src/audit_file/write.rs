//! Writing an audit file's lines.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::line::{End, FORMAT, Line};
use crate::{durability::Kept, journal::Hash};

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// Streams.
    pub streams: u64,
    /// Records.
    pub records: u64,
    /// Bytes.
    pub bytes: u64,
    /// The SHA-256 of everything before the last line, which the last line holds.
    pub digest: Hash,
}

/// Writes a file line by line, and digests it on the way.
pub(super) struct AuditFileWriter<W> {
    output: W,
    digest: Sha256,
    exported: Exported,
    line: Vec<u8>,
}

impl<W: Write> AuditFileWriter<W> {
    /// With the first line.
    pub fn begin(output: W) -> io::Result<Self> {
        let exported = Exported { streams: 0, records: 0, bytes: 0, digest: Hash::ZERO };
        let mut writer = Self { output, digest: Sha256::new(), exported, line: Vec::new() };
        writer.put(&Line::AuditFile(FORMAT))?;
        Ok(writer)
    }

    /// Adds a record, which must follow the one before in the order of the file.
    pub fn record(&mut self, kept: &Kept) -> io::Result<()> {
        let line = Line::of(kept).map_err(|what| io::Error::new(io::ErrorKind::InvalidData, what))?;
        self.exported.records += 1;
        self.exported.streams += u64::from(kept.record.seq == 1);
        self.put(&line)
    }

    /// Adds a signed checkpoint of all records.
    pub fn checkpoint(&mut self, note: String) -> io::Result<()> {
        self.put(&Line::Checkpoint(note))
    }

    /// Adds the last line; what came before it is flushed with it.
    pub fn end(mut self) -> io::Result<Exported> {
        let digest = Hash(self.digest.clone().finalize().into());
        let Exported { streams, records, .. } = self.exported;
        self.put(&Line::End(End { streams, records, digest }))?;
        self.output.flush()?;
        Ok(Exported { digest, ..self.exported })
    }

    fn put(&mut self, line: &Line) -> io::Result<()> {
        self.line.clear();
        line.write(&mut self.line);
        self.digest.update(&self.line);
        self.exported.bytes += self.line.len() as u64;
        self.output.write_all(&self.line)
    }
}
