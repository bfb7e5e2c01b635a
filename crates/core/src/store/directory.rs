//! An organisation's nouns: members, projects, clients, tags, invitations, imports and settings.

use async_trait::async_trait;

use super::{AppliedCommand, Commit, Scope, StoreError};
use crate::{
    Client, Import, ImportId, Invitation, InvitationId, Member, MemberId, Organisation, Project, ProjectId,
    Tag,
    journal::{Append, DirectoryChange, Head},
};

/// All of an organisation's nouns as they stood at journal head `head`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    /// The last journal record of the organisation's stream.
    pub head: Head,
    /// The organisation.
    pub organisation: Organisation,
    /// By name.
    pub members: Vec<Member>,
    /// By name.
    pub projects: Vec<Project>,
    /// By name.
    pub clients: Vec<Client>,
    /// By name.
    pub tags: Vec<Tag>,
}

/// One atomic change of an organisation's nouns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectoryWrite {
    /// The record of the organisation's stream that the change is; continues the head that was decided on.
    pub append: Append,
    /// What changes: what the record's payload says.
    pub changes: Vec<DirectoryChange>,
    /// The command that asked for it, with its answer.
    pub applied: Option<AppliedCommand>,
}

/// Organisations' nouns.
#[async_trait]
pub trait Organisations {
    /// Everything a decision about the organisation needs; `None` where there is no such organisation.
    async fn load_directory(&self, scope: &Scope) -> Result<Option<Directory>, StoreError>;

    /// The organisation itself.
    async fn find_organisation(&self, scope: &Scope) -> Result<Option<Organisation>, StoreError>;

    /// One member.
    async fn find_member(&self, scope: &Scope, id: MemberId) -> Result<Option<Member>, StoreError>;

    /// One project.
    async fn find_project(&self, scope: &Scope, id: ProjectId) -> Result<Option<Project>, StoreError>;

    /// One invitation, ended or not.
    async fn find_invitation(
        &self,
        scope: &Scope,
        id: InvitationId,
    ) -> Result<Option<Invitation>, StoreError>;

    /// The member's invitation that has not ended, if any.
    async fn find_open_invitation(
        &self,
        scope: &Scope,
        member: MemberId,
    ) -> Result<Option<Invitation>, StoreError>;

    /// All invitations that have not ended, in the order of their ids.
    async fn list_open_invitations(&self, scope: &Scope) -> Result<Vec<Invitation>, StoreError>;

    /// One import.
    async fn find_import(&self, scope: &Scope, id: ImportId) -> Result<Option<Import>, StoreError>;

    /// All imports, the newest first.
    async fn list_imports(&self, scope: &Scope) -> Result<Vec<Import>, StoreError>;

    /// Appends the record, applies the changes and keeps the answer, all or nothing.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the head moved; [`StoreError::AlreadyExists`] where the command was applied.
    async fn write_directory(&self, scope: &Scope, write: DirectoryWrite) -> Result<Commit, StoreError>;
}
