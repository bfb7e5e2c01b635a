//! Sign-ins, through the instrument.

use async_trait::async_trait;
use jiff::Timestamp;
use vibesheets_core::{
    Account, AccountId, Email, Membership, Session, SessionId,
    journal::{Append, Revision},
    store::{Accounts, Commit, Scope, SignUpWrite, StoreError},
};

use super::Instrumented;

#[async_trait]
impl Accounts for Instrumented {
    async fn is_empty(&self) -> Result<bool, StoreError> {
        self.read("is_empty", self.store.is_empty()).await
    }

    async fn find_account_by_email(&self, email: &Email) -> Result<Option<Account>, StoreError> {
        self.read("find_account_by_email", self.store.find_account_by_email(email)).await
    }

    async fn find_account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        self.read("find_account", self.store.find_account(id)).await
    }

    async fn list_memberships(&self, account: AccountId) -> Result<Vec<Membership>, StoreError> {
        self.read("list_memberships", self.store.list_memberships(account)).await
    }

    async fn sign_up(&self, scope: &Scope, write: SignUpWrite) -> Result<Commit, StoreError> {
        self.write("sign_up", self.store.sign_up(scope, write)).await
    }

    async fn write_account(&self, append: Append, account: Revision<Account>) -> Result<Commit, StoreError> {
        self.write("write_account", self.store.write_account(append, account)).await
    }

    async fn put_session(&self, session: Session) -> Result<(), StoreError> {
        self.write("put_session", self.store.put_session(session)).await
    }

    async fn find_session(&self, account: AccountId, id: SessionId) -> Result<Option<Session>, StoreError> {
        self.read("find_session", self.store.find_session(account, id)).await
    }

    async fn list_sessions(&self, account: AccountId, now: Timestamp) -> Result<Vec<Session>, StoreError> {
        self.read("list_sessions", self.store.list_sessions(account, now)).await
    }

    async fn end_session(&self, account: AccountId, id: SessionId) -> Result<bool, StoreError> {
        self.write("end_session", self.store.end_session(account, id)).await
    }

    async fn end_other_sessions(
        &self,
        account: AccountId,
        keep: Option<SessionId>,
    ) -> Result<(), StoreError> {
        self.write("end_other_sessions", self.store.end_other_sessions(account, keep)).await
    }
}
