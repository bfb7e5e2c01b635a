//! Commands that were applied, and the answers they got (I4).

use async_trait::async_trait;
use jiff::Timestamp;

use super::{Scope, StoreError};
use crate::{
    CommandId,
    journal::{Hash, Payload, Record},
};

/// How long an applied command and its answer are kept, in days.
pub const APPLIED_COMMAND_DAYS: i64 = 400;

/// The bytes that were answered; the edge that made them reads them again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer(pub Vec<u8>);

/// A command that took effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedCommand {
    /// The client's id for it; unique per actor.
    pub id: CommandId,
    /// What was asked; the same id with another digest is another command.
    pub digest: Hash,
    /// What was answered.
    pub answer: Answer,
}

impl AppliedCommand {
    /// What is left of one whose answer may have named somebody who was erased: it took effect, and nobody is told what.
    pub const fn erased(id: CommandId) -> Self {
        Self { id, digest: Hash([0; 32]), answer: Answer(Vec::new()) }
    }

    /// What stands for the answer that was kept with the record of `payload` and is gone: the command did take effect.
    pub fn forgotten(id: CommandId, payload: &Payload) -> Option<Self> {
        payload.is_answered().then(|| Self::erased(id))
    }

    /// What was kept with `record`, whose payload says that it has this `hash`, of what is `found` by its id, and when that was
    /// applied. It may have been erased, or forgotten and its command have come again since.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] for another than the one that was given.
    pub fn kept_with(
        record: &Record,
        hash: Hash,
        found: Option<(Self, Timestamp)>,
    ) -> Result<Option<Self>, StoreError> {
        let Some((applied, _)) = found.filter(|(applied, at)| !applied.is_erased() && *at <= record.time)
        else {
            return Ok(None);
        };
        if applied.hash() == hash {
            return Ok(Some(applied));
        }
        Err(StoreError::Corrupt { what: "the answer of command", key: record.command.to_string() })
    }

    /// Whether this is what is left of one.
    pub fn is_erased(&self) -> bool {
        self.digest == Hash([0; 32]) && self.answer.0.is_empty()
    }

    /// What the journal holds of it, so that the answer that is kept beside the chain is proven by the chain.
    pub fn hash(&self) -> Hash {
        Hash::of(&[b"vibesheets applied command 1", &self.digest.0, &self.answer.0])
    }
}

/// Reading applied commands; they are written with the change they made.
#[async_trait]
pub trait AppliedCommands {
    /// The scope's actor's command with this id, if it took effect in the last 400 days.
    async fn find_applied(&self, scope: &Scope, id: CommandId) -> Result<Option<AppliedCommand>, StoreError>;

    /// As [`Self::find_applied`], and certain where its absence is: also of an engine whose reads see a write in parts, it finds a
    /// command of whose effect anything was seen.
    async fn find_applied_for_certain(
        &self,
        scope: &Scope,
        id: CommandId,
    ) -> Result<Option<AppliedCommand>, StoreError> {
        self.find_applied(scope, id).await
    }

    /// When that was: the time of its record, by which it is forgotten.
    async fn find_applied_at(&self, scope: &Scope, id: CommandId) -> Result<Option<Timestamp>, StoreError>;
}
