//! Walking a chain from its first record to its last.

use super::{Head, Payload, Record};

/// What is wrong with a record. Together with the record's stream and number this names the first fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// A record is missing, twice there or out of order.
    #[error("expected record {expected}, found record {found}: a record is missing or out of order")]
    Sequence {
        /// The number that should come next.
        expected: u64,
        /// The number that came.
        found: u64,
    },
    /// The record does not name the hash of the one before it.
    #[error("does not continue the record before it: one of the two was changed")]
    Link,
    /// The record's own hash is not that of its content.
    #[error("its content does not match its hash: it was changed after it was written")]
    Hash,
    /// The payload is not the one that the record was written with.
    #[error("its payload does not match its digest: the payload was changed after it was written")]
    Digest,
    /// The record's time lies before that of the record before it.
    #[error("its time lies before the time of the record before it")]
    Time,
}

/// Checks the records of one stream in their order.
#[derive(Debug, Clone)]
pub struct ChainVerifier {
    head: Head,
}

impl Default for ChainVerifier {
    fn default() -> Self {
        Self { head: Head::EMPTY }
    }
}

impl ChainVerifier {
    /// A verifier for a chain of which only what begins with `record` is at hand.
    pub const fn before(record: &Record) -> Self {
        Self { head: Head { seq: record.seq.saturating_sub(1), hash: record.previous, time: record.time } }
    }

    /// Checks that `record` follows what came before and that `payload`, unless it was erased, belongs to it.
    ///
    /// # Errors
    /// The first [`Fault`] found; the verifier then stays where it was.
    pub fn check(&mut self, record: &Record, payload: Option<&Payload>) -> Result<(), Fault> {
        let expected = self.head.seq + 1;
        if record.seq != expected {
            return Err(Fault::Sequence { expected, found: record.seq });
        }
        if record.hash != record.expected_hash() {
            return Err(Fault::Hash);
        }
        if record.previous != self.head.hash {
            return Err(Fault::Link);
        }
        if record.time < self.head.time {
            return Err(Fault::Time);
        }
        if payload.is_some_and(|payload| !payload.is_of(record.digest)) {
            return Err(Fault::Digest);
        }
        self.head = record.head();
        Ok(())
    }

    /// The head after the records checked so far.
    pub const fn head(&self) -> Head {
        self.head
    }
}
