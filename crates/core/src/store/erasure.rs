//! Taking out what is a person's own. Unlike any other write these are no changes of their own: the organisation's record that
//! says who is erased comes first, and what follows can be done again until all is gone.

use async_trait::async_trait;

use super::{Commit, Scope, StoreError};
use crate::{
    AccountId, CommandId, MemberId,
    journal::{Actor, Payload, Record, StreamId},
};

/// The most payloads in one [`Erasure`].
pub const MOST_ERASED_PAYLOADS: usize = 20;

/// What of a payload goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// All of it.
    Whole,
    /// Parts of an organisation's.
    Parts {
        /// Whose name and address go.
        person: Option<MemberId>,
        /// Whether the hash of the answer goes.
        answer: bool,
    },
}

impl Taken {
    /// What is left of `payload`; `None` where nothing of it has to go.
    pub fn left_of(self, payload: &Payload) -> Option<Option<Payload>> {
        match self {
            Self::Whole => Some(None),
            Self::Parts { person, answer } => payload.without(person, answer).map(Some),
        }
    }
}

/// Some of what is to go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erasure {
    /// What goes of records' payloads, at most [`MOST_ERASED_PAYLOADS`].
    pub payloads: Vec<(StreamId, u64, Taken)>,
    /// Kept answers, by who asked and the command's id.
    pub answers: Vec<(Actor, CommandId)>,
}

/// Erasing.
#[async_trait]
pub trait Erasures {
    /// Puts what is left in the place of each payload, and [`super::AppliedCommand::erased`] in that of the answers that are kept. What is left is of what is there by then: another
    /// erasure may just take something else out of the same payload. What is gone already is as good.
    async fn erase(&self, scope: &Scope, erasure: Erasure) -> Result<(), StoreError>;

    /// Removes all entries of a member whose stream has ended, and whatever else the engine keeps of their time.
    async fn erase_entries(&self, scope: &Scope, member: MemberId) -> Result<(), StoreError>;

    /// Puts [`crate::Account::erased`] in the place of the account, and ends its sessions; `false` where it is some member's by now.
    async fn erase_account(&self, account: AccountId) -> Result<bool, StoreError>;

    /// Empties whatever log the engine keeps of what stood in its tables before. Where that has to wait for readers it is tried for
    /// seconds; then it is left to the log's own time.
    async fn empty_log(&self) -> Result<(), StoreError> {
        Ok(())
    }

    /// Appends a record whose payload was erased where it comes from; of an account's, what is left of that too.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the head is another than the one that it continues.
    async fn append_erased(&self, record: Record) -> Result<Commit, StoreError>;
}
