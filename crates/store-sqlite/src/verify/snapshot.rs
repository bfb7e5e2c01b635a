//! One state of a database, read beside whoever writes it.

use std::{
    path::Path,
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;
use rusqlite::Connection;
use vibesheets_core::{
    Account, AccountId, CommandId, Entry, Import, Invitation, InvitationId, MemberId,
    audit::{KeptAnswer, Source},
    journal::{Head, StreamId},
    store::{Directory, EntryCursor, Scope, StoreError, StoredRecord},
};

use crate::{Failure, OpenError, accounts, commands, directory, journal, open, sql::Sql, timesheets};

/// One committed state of a database, whatever is written meanwhile. It takes no lock that a server would wait for; only
/// the log cannot be folded into the file beyond this state until it is dropped.
pub struct Snapshot {
    connection: Mutex<Connection>,
}

impl Snapshot {
    /// The state of the database at `path` as it is now.
    ///
    /// # Errors
    /// [`OpenError`] that says what to do; nothing was changed.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let connection = open::snapshot(path)?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    /// What the engine and the rows' own spelling tell: structure, indexes, constraints and references, and whether each
    /// row is the one that would be written for what it says. One line for each finding. Reads the whole file.
    ///
    /// # Errors
    /// [`StoreError`] where the checks could not be run.
    pub fn check_integrity(&self) -> Result<Vec<String>, StoreError> {
        self.read(super::whole)
    }

    fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T, Failure>) -> Result<T, StoreError> {
        Ok(read(&self.connection.lock().unwrap_or_else(PoisonError::into_inner))?)
    }
}

#[async_trait]
impl Source for Snapshot {
    async fn list_streams(&self, after: Option<StreamId>, limit: usize) -> Result<Vec<StreamId>, StoreError> {
        self.read(|connection| journal::streams_after(connection, after, limit))
    }

    async fn read_stream(
        &self,
        stream: StreamId,
        after: u64,
        limit: usize,
    ) -> Result<Vec<StoredRecord>, StoreError> {
        self.read(|connection| journal::records_after(connection, stream, after, limit))
    }

    async fn head(&self, stream: StreamId) -> Result<Head, StoreError> {
        self.read(|connection| journal::head(connection, stream))
    }

    async fn load_directory(&self, scope: &Scope) -> Result<Option<Directory>, StoreError> {
        self.read(|connection| directory::directory(connection, scope.organisation))
    }

    async fn list_imports(&self, scope: &Scope) -> Result<Vec<Import>, StoreError> {
        self.read(|connection| directory::imports(connection, scope.organisation))
    }

    async fn find_invitation(
        &self,
        scope: &Scope,
        id: InvitationId,
    ) -> Result<Option<Invitation>, StoreError> {
        self.read(|connection| directory::noun(connection, "invitation", "invitations", scope, Sql(id), id))
    }

    async fn find_account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        self.read(|connection| accounts::read_account(connection, id))
    }

    async fn list_member_entries(
        &self,
        scope: &Scope,
        member: MemberId,
        after: Option<EntryCursor>,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        self.read(|connection| {
            timesheets::member_entries(connection, scope.organisation, member, after, limit)
        })
    }

    async fn find_kept(&self, scope: &Scope, id: CommandId) -> Result<Option<KeptAnswer>, StoreError> {
        self.read(|connection| commands::find(connection, scope, id))
    }
}
