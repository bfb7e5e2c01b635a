//! Nouns, through the instrument.

use async_trait::async_trait;
use vibesheets_core::{
    Import, ImportId, Invitation, InvitationId, Member, MemberId, Organisation, Project, ProjectId,
    store::{Commit, Directory, DirectoryWrite, Organisations, Scope, StoreError},
};

use super::Instrumented;

#[async_trait]
impl Organisations for Instrumented {
    async fn load_directory(&self, scope: &Scope) -> Result<Option<Directory>, StoreError> {
        self.read("load_directory", self.store.load_directory(scope)).await
    }

    async fn find_organisation(&self, scope: &Scope) -> Result<Option<Organisation>, StoreError> {
        self.read("find_organisation", self.store.find_organisation(scope)).await
    }

    async fn find_member(&self, scope: &Scope, id: MemberId) -> Result<Option<Member>, StoreError> {
        self.read("find_member", self.store.find_member(scope, id)).await
    }

    async fn find_project(&self, scope: &Scope, id: ProjectId) -> Result<Option<Project>, StoreError> {
        self.read("find_project", self.store.find_project(scope, id)).await
    }

    async fn find_invitation(
        &self,
        scope: &Scope,
        id: InvitationId,
    ) -> Result<Option<Invitation>, StoreError> {
        self.read("find_invitation", self.store.find_invitation(scope, id)).await
    }

    async fn find_open_invitation(
        &self,
        scope: &Scope,
        member: MemberId,
    ) -> Result<Option<Invitation>, StoreError> {
        self.read("find_open_invitation", self.store.find_open_invitation(scope, member)).await
    }

    async fn list_open_invitations(&self, scope: &Scope) -> Result<Vec<Invitation>, StoreError> {
        self.read("list_open_invitations", self.store.list_open_invitations(scope)).await
    }

    async fn find_import(&self, scope: &Scope, id: ImportId) -> Result<Option<Import>, StoreError> {
        self.read("find_import", self.store.find_import(scope, id)).await
    }

    async fn list_imports(&self, scope: &Scope) -> Result<Vec<Import>, StoreError> {
        self.read("list_imports", self.store.list_imports(scope)).await
    }

    async fn write_directory(&self, scope: &Scope, write: DirectoryWrite) -> Result<Commit, StoreError> {
        self.write("write_directory", self.store.write_directory(scope, write)).await
    }
}
