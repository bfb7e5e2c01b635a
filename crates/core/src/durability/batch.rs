//! One commit as it travels: its records with their payloads, and the answer that was kept with them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    journal::{Hash, Payload, Record},
    store::{Answer, AppliedCommand},
};

/// What one commit wrote: a business write, whole. Everything restorable is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The store-wide number of the commit.
    pub commit: u64,
    /// Its records in the order they were written: one, or the two of a sign-up.
    pub records: Vec<Kept>,
}

/// A record with all that was kept with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The link.
    pub record: Record,
    /// What it stands for; `None` once erased.
    pub payload: Option<Payload>,
    /// The command that asked for it, with its answer, while that is kept.
    pub applied: Option<AppliedCommand>,
}

impl Batch {
    /// When the commit was made: its last record's time.
    pub fn time(&self) -> Timestamp {
        self.records.iter().map(|kept| kept.record.time).max().unwrap_or_default()
    }
}

/// A batch as JSON. Binary values are hexadecimal digits; a payload's body stands as the text that it is, an answer's bytes
/// as text where they are text.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BatchLine {
    commit: u64,
    /// The first commit of the group that was made durable together.
    pub(super) group: u64,
    records: Vec<RecordLine>,
}

/// A record with all that was kept with it, as JSON.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordLine {
    stream: String,
    seq: u64,
    time: Timestamp,
    actor: String,
    operation: String,
    command: crate::CommandId,
    digest: Hash,
    previous: Hash,
    hash: Hash,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    payload: Option<PayloadLine>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    applied: Option<AppliedLine>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PayloadLine {
    salt: String,
    body: String,
}

#[derive(Serialize, Deserialize)]
struct AppliedLine {
    digest: Hash,
    #[serde(flatten)]
    answer: AnswerLine,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AnswerLine {
    Answer(String),
    AnswerHexadecimal(String),
}

impl BatchLine {
    /// `Err` with what cannot be written down.
    pub(super) fn of(batch: &Batch, group: u64) -> Result<Self, String> {
        let records = batch.records.iter().map(RecordLine::of).collect::<Result<_, _>>()?;
        Ok(Self { commit: batch.commit, group, records })
    }

    pub(super) fn read(self) -> Result<Batch, String> {
        let records = self.records.into_iter().map(RecordLine::read).collect::<Result<Vec<_>, _>>()?;
        if records.is_empty() {
            return Err("it holds no record".to_owned());
        }
        Ok(Batch { commit: self.commit, records })
    }
}

impl RecordLine {
    /// `Err` with what cannot be written down.
    pub(crate) fn of(kept: &Kept) -> Result<Self, String> {
        let Record { stream, seq, time, actor, operation, command, digest, previous, hash } = &kept.record;
        let payload = kept.payload.as_ref().map(|payload| {
            let body = String::from_utf8(payload.body.clone())
                .map_err(|_| format!("the payload of record {seq} of {stream} is damaged"))?;
            Ok::<_, String>(PayloadLine { salt: hexadecimal(&payload.salt), body })
        });
        Ok(Self {
            stream: stream.to_string(),
            seq: *seq,
            time: *time,
            actor: actor.to_string(),
            operation: operation.as_str().to_owned(),
            command: *command,
            digest: *digest,
            previous: *previous,
            hash: *hash,
            payload: payload.transpose()?,
            applied: kept.applied.as_ref().map(AppliedLine::of),
        })
    }

    /// `Err` with what this version does not know.
    pub(crate) fn read(self) -> Result<Kept, String> {
        let named = |what: &str| format!("its {what} is none that this version knows");
        let payload = self.payload.map(|PayloadLine { salt, body }| {
            let salt = bytes(&salt).and_then(|salt| salt.try_into().ok()).ok_or_else(|| named("salt"))?;
            Ok::<_, String>(Payload { salt, body: body.into_bytes() })
        });
        let applied = self.applied.map(|applied| applied.read(self.command).ok_or_else(|| named("answer")));
        Ok(Kept {
            record: Record {
                stream: self.stream.parse().map_err(|_| named("stream"))?,
                seq: self.seq,
                time: self.time,
                actor: self.actor.parse().map_err(|_| named("actor"))?,
                operation: self.operation.parse().map_err(|_| named("operation"))?,
                command: self.command,
                digest: self.digest,
                previous: self.previous,
                hash: self.hash,
            },
            payload: payload.transpose()?,
            applied: applied.transpose()?,
        })
    }
}

impl AppliedLine {
    fn of(applied: &AppliedCommand) -> Self {
        let answer = match std::str::from_utf8(&applied.answer.0) {
            Ok(text) => AnswerLine::Answer(text.to_owned()),
            Err(_) => AnswerLine::AnswerHexadecimal(hexadecimal(&applied.answer.0)),
        };
        Self { digest: applied.digest, answer }
    }

    fn read(self, id: crate::CommandId) -> Option<AppliedCommand> {
        let answer = match self.answer {
            AnswerLine::Answer(text) => text.into_bytes(),
            AnswerLine::AnswerHexadecimal(digits) => bytes(&digits)?,
        };
        Some(AppliedCommand { id, digest: self.digest, answer: Answer(answer) })
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(digits: &str) -> Option<Vec<u8>> {
    if !digits.len().is_multiple_of(2) || !digits.is_ascii() {
        return None;
    }
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).ok()).collect()
}
