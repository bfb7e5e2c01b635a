//! Organisations' nouns.

mod read;
mod write;

pub(crate) use read::{body, directory, imports, noun};
pub(crate) use write::directory as write_directory;

use async_trait::async_trait;
use vibesheets_core::{
    Import, ImportId, Invitation, InvitationId, Member, MemberId, Organisation, Project, ProjectId,
    store::{Commit, Directory, DirectoryWrite, Organisations, Scope, StoreError},
};

use crate::{SqliteStore, readers::snapshot, sql::Sql};

#[async_trait]
impl Organisations for SqliteStore {
    async fn load_directory(&self, scope: &Scope) -> Result<Option<Directory>, StoreError> {
        let organisation = scope.organisation;
        self.readers
            .read_long(move |connection| {
                snapshot(connection, |connection| directory(connection, organisation))
            })
            .await
    }

    async fn find_organisation(&self, scope: &Scope) -> Result<Option<Organisation>, StoreError> {
        self.readers.read(|connection| read::organisation(connection, scope.organisation))
    }

    async fn find_member(&self, scope: &Scope, id: MemberId) -> Result<Option<Member>, StoreError> {
        self.readers.read(|connection| noun(connection, "member", "members", scope, Sql(id), id))
    }

    async fn find_project(&self, scope: &Scope, id: ProjectId) -> Result<Option<Project>, StoreError> {
        self.readers.read(|connection| noun(connection, "project", "projects", scope, Sql(id), id))
    }

    async fn find_invitation(
        &self,
        scope: &Scope,
        id: InvitationId,
    ) -> Result<Option<Invitation>, StoreError> {
        self.readers.read(|connection| noun(connection, "invitation", "invitations", scope, Sql(id), id))
    }

    async fn find_open_invitation(
        &self,
        scope: &Scope,
        member: MemberId,
    ) -> Result<Option<Invitation>, StoreError> {
        self.readers.read(|connection| read::open_invitation(connection, scope.organisation, member))
    }

    async fn list_open_invitations(&self, scope: &Scope) -> Result<Vec<Invitation>, StoreError> {
        let organisation = scope.organisation;
        self.readers.read_long(move |connection| read::open_invitations(connection, organisation)).await
    }

    async fn find_import(&self, scope: &Scope, id: ImportId) -> Result<Option<Import>, StoreError> {
        self.readers.read(|connection| noun(connection, "import", "imports", scope, Sql(id), id))
    }

    async fn list_imports(&self, scope: &Scope) -> Result<Vec<Import>, StoreError> {
        let organisation = scope.organisation;
        self.readers.read_long(move |connection| imports(connection, organisation)).await
    }

    async fn write_directory(&self, scope: &Scope, write: DirectoryWrite) -> Result<Commit, StoreError> {
        let scope = *scope;
        self.writer.write(move |job| write_directory(job, &scope, &write)).await
    }
}
