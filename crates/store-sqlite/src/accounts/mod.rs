//! Sign-ins and sessions.

mod read;
mod sessions;
mod write;

pub(crate) use read::account as read_account;
pub(crate) use sessions::prune as prune_sessions;
pub(crate) use write::account as write_account;

use async_trait::async_trait;
use jiff::Timestamp;
use vibesheets_core::{
    Account, AccountId, Email, Membership, Session, SessionId,
    journal::{Append, Revision},
    store::{Accounts, Commit, Scope, SignUpWrite, StoreError},
};

use crate::SqliteStore;

#[async_trait]
impl Accounts for SqliteStore {
    async fn is_empty(&self) -> Result<bool, StoreError> {
        self.readers.read(read::is_empty)
    }

    async fn find_account_by_email(&self, email: &Email) -> Result<Option<Account>, StoreError> {
        self.readers.read(|connection| read::account_by_email(connection, email))
    }

    async fn find_account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        self.readers.read(|connection| read::account(connection, id))
    }

    async fn list_memberships(&self, account: AccountId) -> Result<Vec<Membership>, StoreError> {
        self.readers.read(|connection| read::memberships(connection, account))
    }

    async fn sign_up(&self, scope: &Scope, write: SignUpWrite) -> Result<Commit, StoreError> {
        let scope = *scope;
        self.writer.write(move |job| write::sign_up(job, &scope, &write)).await
    }

    async fn write_account(&self, append: Append, account: Revision<Account>) -> Result<Commit, StoreError> {
        self.writer.write(move |job| write::account(job, &append, &account)).await
    }

    async fn put_session(&self, session: Session) -> Result<(), StoreError> {
        self.writer.write_unrecorded(move |connection| sessions::put(connection, &session)).await
    }

    async fn find_session(&self, account: AccountId, id: SessionId) -> Result<Option<Session>, StoreError> {
        self.readers.read(|connection| sessions::find(connection, account, id))
    }

    async fn list_sessions(&self, account: AccountId, now: Timestamp) -> Result<Vec<Session>, StoreError> {
        self.readers.read(|connection| sessions::list(connection, account, now))
    }

    async fn end_session(&self, account: AccountId, id: SessionId) -> Result<bool, StoreError> {
        self.writer.write_unrecorded(move |connection| sessions::end(connection, account, id)).await
    }

    async fn end_other_sessions(
        &self,
        account: AccountId,
        keep: Option<SessionId>,
    ) -> Result<(), StoreError> {
        self.writer.write_unrecorded(move |connection| sessions::end_others(connection, account, keep)).await
    }
}
