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

/// Some of what is to go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erasure {
    /// Payloads of records, at most [`MOST_ERASED_PAYLOADS`], and what is left of each.
    pub payloads: Vec<(StreamId, u64, Option<Payload>)>,
    /// Kept answers, by who asked and the command's id.
    pub answers: Vec<(Actor, CommandId)>,
}

/// Erasing.
#[async_trait]
pub trait Erasures {
    /// Puts what is left in the place of each payload, and forgets the answers. What is gone already is as good.
    async fn erase(&self, scope: &Scope, erasure: Erasure) -> Result<(), StoreError>;

    /// Removes all of a member's entries, and whatever else the engine keeps of their time.
    async fn erase_entries(&self, scope: &Scope, member: MemberId) -> Result<(), StoreError>;

    /// Puts [`crate::Account::erased`] in the place of the account, and ends its sessions.
    async fn erase_account(&self, account: AccountId) -> Result<(), StoreError>;

    /// Appends a record whose payload was erased where it comes from; of an account's, what is left of that too.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the head is another than the one that it continues.
    async fn append_erased(&self, record: Record) -> Result<Commit, StoreError>;
}
