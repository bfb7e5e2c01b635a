//! Signed checkpoints: where streams stood, signed with a key that lies outside of the store and its backups. Whoever holds
//! one can tell whether a history was written anew since, and whether a stream was dropped.
//!
//! A checkpoint is a signed note (<https://c2sp.org/signed-note>), so that other programs check its signature too. Its text:
//!
//! ```text
//! vibesheets checkpoint 1
//! 2026-03-02T17:00:00.000001Z
//! organisation/0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42 17 5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9
//! ```
//!
//! a line for each stream: its name, the number of its last record and that record's hash. The time is that of the newest of
//! these records, so that the same state has the same checkpoint, byte for byte.

mod note;

use std::fmt::Write;

use jiff::Timestamp;

use crate::journal::{CommittedHead, Hash, Head, StreamId};

pub use note::{InvalidPublicKey, NoteFault, PublicKey, Signer, Verifier};

/// What a text begins with that is laid out as described here.
const FIRST_LINE: &str = "vibesheets checkpoint 1";

/// Where streams stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The time of the newest record that it speaks of.
    pub time: Timestamp,
    /// Each stream once, in their order.
    pub heads: Vec<CommittedHead>,
}

impl Checkpoint {
    /// Of streams that have a record.
    pub fn of(heads: impl IntoIterator<Item = (StreamId, Head)>) -> Self {
        let mut time = Timestamp::UNIX_EPOCH;
        let heads = heads.into_iter().filter(|(_, head)| head.seq > 0).map(|(stream, head)| {
            time = time.max(head.time);
            CommittedHead { stream, seq: head.seq, hash: head.hash }
        });
        let mut heads: Vec<CommittedHead> = heads.collect();
        heads.sort_by_key(|head| head.stream);
        Self { time, heads }
    }

    /// As a note that `signer` signed.
    pub fn sign(&self, signer: &dyn Signer) -> String {
        note::sign(&self.text(), signer)
    }

    /// Reads a note that must bear a signature of `key`.
    ///
    /// # Errors
    /// [`NoteFault`] for one that was changed, that another key signed, or that is no checkpoint.
    pub fn open(note: &str, key: &PublicKey, verifier: &dyn Verifier) -> Result<Self, NoteFault> {
        Self::parse(note::open(note, key, verifier)?).ok_or(NoteFault::Content)
    }

    fn text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n{}\n", self.time);
        for CommittedHead { stream, seq, hash } in &self.heads {
            let _ = writeln!(text, "{stream} {seq} {hash}");
        }
        text
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.strip_prefix(FIRST_LINE)?.strip_prefix('\n')?.lines();
        let time = lines.next()?.parse().ok()?;
        let head = |line: &str| {
            let mut parts = line.split(' ');
            let (stream, seq, hash) = (parts.next()?, parts.next()?, parts.next()?);
            let head = CommittedHead {
                stream: stream.parse().ok()?,
                seq: seq.parse().ok()?,
                hash: hash.parse::<Hash>().ok()?,
            };
            parts.next().is_none().then_some(head)
        };
        let heads = lines.map(head).collect::<Option<Vec<_>>>()?;
        Some(Self { time, heads })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{MemberId, OrganisationId};

    fn checkpoint() -> Checkpoint {
        let organisation = OrganisationId::from_bytes([7; 16]);
        let at =
            |text: &str, seq, byte| Head { seq, hash: Hash([byte; 32]), time: text.parse().expect("a time") };
        Checkpoint::of([
            (StreamId::Member(organisation, MemberId::from_bytes([2; 16])), at("2026-03-02T08:00:00Z", 9, 2)),
            (StreamId::Member(organisation, MemberId::from_bytes([1; 16])), Head::EMPTY),
            (StreamId::Organisation(organisation), at("2026-03-02T09:00:00.000001Z", 17, 1)),
        ])
    }

    #[test]
    fn its_text_names_each_stream_with_a_record_and_reads_back() {
        let checkpoint = checkpoint();
        assert_eq!(
            checkpoint.text(),
            format!(
                "vibesheets checkpoint 1\n2026-03-02T09:00:00.000001Z\n\
                 organisation/07070707-0707-0707-0707-070707070707 17 {}\n\
                 organisation/07070707-0707-0707-0707-070707070707/member/02020202-0202-0202-0202-020202020202 9 {}\n",
                "01".repeat(32),
                "02".repeat(32)
            )
        );
        assert_eq!(Checkpoint::parse(&checkpoint.text()), Some(checkpoint));
    }

    #[test]
    fn what_is_no_checkpoint_is_not_read_as_one() {
        let text = checkpoint().text();
        for wrong in [
            String::new(),
            text.replace("checkpoint 1", "checkpoint 2"),
            text.replace("2026-03-02T", "yesterday "),
            text.replace(" 17 ", " seventeen "),
            text.replace(" 17 ", " "),
            text.replace(" 17 ", " 17 17 "),
            text.replace("organisation/", "organization/"),
        ] {
            assert_eq!(Checkpoint::parse(&wrong), None, "{wrong}");
        }
    }
}
