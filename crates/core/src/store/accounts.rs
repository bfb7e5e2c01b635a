//! Sign-ins. These calls come before a tenant is known, so they are the port's only ones without a `Scope`;
//! each is by an id, an address or a session that the caller proved to hold.

use async_trait::async_trait;
use jiff::Timestamp;

use super::{Commit, DirectoryWrite, Scope, StoreError};
use crate::{
    Account, AccountId, Email, Membership, Session, SessionId,
    journal::{Append, Revision},
};

/// A new sign-in and the place it takes in an organisation, in one atomic write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignUpWrite {
    /// The account and the record of its stream; `None` where an existing account joins another organisation.
    pub account: Option<(Append, Revision<Account>)>,
    /// What changes in the organisation: a new one with its owner, or an invited member's sign-in.
    pub directory: DirectoryWrite,
    /// Refuse unless the store holds no account yet: the first set-up, which must win only once.
    pub only_if_store_is_empty: bool,
}

/// Sign-ins and sessions.
#[async_trait]
pub trait Accounts {
    /// Whether nobody signed up yet.
    async fn is_empty(&self) -> Result<bool, StoreError>;

    /// The account with this address.
    async fn find_account_by_email(&self, email: &Email) -> Result<Option<Account>, StoreError>;

    /// The account with this id.
    async fn find_account(&self, id: AccountId) -> Result<Option<Account>, StoreError>;

    /// Where the account is a member, archived or not, the oldest first.
    async fn list_memberships(&self, account: AccountId) -> Result<Vec<Membership>, StoreError>;

    /// Writes account, organisation and member together.
    ///
    /// # Errors
    /// [`StoreError::AlreadyExists`] for an address that has an account (`account`) or a store that is not empty
    /// (`store`); [`StoreError::Conflict`] where the organisation's head moved.
    async fn sign_up(&self, scope: &Scope, write: SignUpWrite) -> Result<Commit, StoreError>;

    /// Changes an account: its password or its address.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the account's head moved; [`StoreError::AlreadyExists`] for a taken address.
    async fn write_account(&self, append: Append, account: Revision<Account>) -> Result<Commit, StoreError>;

    /// Keeps a session until it expires.
    async fn put_session(&self, session: Session) -> Result<(), StoreError>;

    /// The account's session with this id, unless it was ended. Whether it expired is for the caller, who has the time.
    async fn find_session(&self, account: AccountId, id: SessionId) -> Result<Option<Session>, StoreError>;

    /// The account's sessions that end after `now`, the newest first.
    async fn list_sessions(&self, account: AccountId, now: Timestamp) -> Result<Vec<Session>, StoreError>;

    /// Ends one of the account's sessions; whether there was one.
    async fn end_session(&self, account: AccountId, id: SessionId) -> Result<bool, StoreError>;

    /// Ends all of the account's sessions but `keep`, whether their time is over or not.
    async fn end_other_sessions(&self, account: AccountId, keep: Option<SessionId>)
    -> Result<(), StoreError>;
}
