//! What an audit reads, from a store or from one state of it.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{
    Account, AccountId, CommandId, Entry, Import, Invitation, InvitationId, MemberId,
    journal::{Head, StreamId},
    store::{
        Accounts, AppliedCommand, AppliedCommands, Directory, EntryCursor, JournalReader, Organisations,
        Scope, Store, StoreError, StoredRecord, Timesheets,
    },
};

/// A command's answer as it is kept, and when the command was applied.
pub type KeptAnswer = (AppliedCommand, Timestamp);

/// What an audit reads. Each method is the port's of the same name; while something is written meanwhile, only a source
/// that shows one state throughout can be proven.
#[async_trait]
#[expect(missing_docs, reason = "each is documented in the port")]
pub trait Source: Send + Sync {
    async fn list_streams(&self, after: Option<StreamId>, limit: usize) -> Result<Vec<StreamId>, StoreError>;
    async fn read_stream(
        &self,
        stream: StreamId,
        after: u64,
        limit: usize,
    ) -> Result<Vec<StoredRecord>, StoreError>;
    async fn head(&self, stream: StreamId) -> Result<Head, StoreError>;
    async fn load_directory(&self, scope: &Scope) -> Result<Option<Directory>, StoreError>;
    async fn list_imports(&self, scope: &Scope) -> Result<Vec<Import>, StoreError>;
    async fn find_invitation(
        &self,
        scope: &Scope,
        id: InvitationId,
    ) -> Result<Option<Invitation>, StoreError>;
    async fn find_account(&self, id: AccountId) -> Result<Option<Account>, StoreError>;
    async fn list_member_entries(
        &self,
        scope: &Scope,
        member: MemberId,
        after: Option<EntryCursor>,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError>;
    async fn find_kept(&self, scope: &Scope, id: CommandId) -> Result<Option<KeptAnswer>, StoreError>;
}

#[async_trait]
impl<S: Store + ?Sized> Source for S {
    async fn list_streams(&self, after: Option<StreamId>, limit: usize) -> Result<Vec<StreamId>, StoreError> {
        JournalReader::list_streams(self, after, limit).await
    }

    async fn read_stream(
        &self,
        stream: StreamId,
        after: u64,
        limit: usize,
    ) -> Result<Vec<StoredRecord>, StoreError> {
        JournalReader::read_stream(self, stream, after, limit).await
    }

    async fn head(&self, stream: StreamId) -> Result<Head, StoreError> {
        JournalReader::head(self, stream).await
    }

    async fn load_directory(&self, scope: &Scope) -> Result<Option<Directory>, StoreError> {
        Organisations::load_directory(self, scope).await
    }

    async fn list_imports(&self, scope: &Scope) -> Result<Vec<Import>, StoreError> {
        Organisations::list_imports(self, scope).await
    }

    async fn find_invitation(
        &self,
        scope: &Scope,
        id: InvitationId,
    ) -> Result<Option<Invitation>, StoreError> {
        Organisations::find_invitation(self, scope, id).await
    }

    async fn find_account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        Accounts::find_account(self, id).await
    }

    async fn list_member_entries(
        &self,
        scope: &Scope,
        member: MemberId,
        after: Option<EntryCursor>,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        Timesheets::list_member_entries(self, scope, member, after, limit).await
    }

    async fn find_kept(&self, scope: &Scope, id: CommandId) -> Result<Option<KeptAnswer>, StoreError> {
        let applied = AppliedCommands::find_applied(self, scope, id).await?;
        let at = AppliedCommands::find_applied_at(self, scope, id).await?;
        Ok(applied.zip(at))
    }
}
