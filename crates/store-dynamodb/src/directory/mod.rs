//! Organisations' nouns.

mod read;
mod write;

use async_trait::async_trait;
use vibesheets_core::{
    Import, ImportId, Invitation, InvitationId, Member, MemberId, Organisation, OrganisationId, Project,
    ProjectId,
    store::{Commit, Directory, DirectoryWrite, Organisations, Scope, StoreError},
};

use crate::{
    DynamoDbStore,
    item::noun,
    keys::{Key, Table},
};

pub(crate) use write::transaction;

const ORGANISATION: &str = "ORGANISATION";
const IMPORT: &str = "IMPORT#";
const INVITATION: &str = "INVITATION#";
const INVITATION_ENDED: &str = "INVITATION-ENDED#";
const CLIENT: &str = "CLIENT#";
const PROJECT: &str = "PROJECT#";
const TAG: &str = "TAG#";

#[async_trait]
impl Organisations for DynamoDbStore {
    async fn load_directory(&self, scope: &Scope) -> Result<Option<Directory>, StoreError> {
        read::directory(&self.tables, scope.organisation).await
    }

    async fn find_organisation(&self, scope: &Scope) -> Result<Option<Organisation>, StoreError> {
        self.find("organisation", &organisation_place(scope.organisation)).await
    }

    async fn find_member(&self, scope: &Scope, id: MemberId) -> Result<Option<Member>, StoreError> {
        self.find("member", &Key::new(Table::Members, scope.organisation, id)).await
    }

    async fn find_project(&self, scope: &Scope, id: ProjectId) -> Result<Option<Project>, StoreError> {
        let key = Key::new(Table::Projects, scope.organisation, format_args!("{PROJECT}{id}"));
        self.find("project", &key).await
    }

    async fn find_invitation(
        &self,
        scope: &Scope,
        id: InvitationId,
    ) -> Result<Option<Invitation>, StoreError> {
        let place = |ended| invitation_place(scope.organisation, id, ended);
        match self.find("invitation", &place(false)).await? {
            Some(open) => Ok(Some(open)),
            None => self.find("invitation", &place(true)).await,
        }
    }

    async fn find_open_invitation(
        &self,
        scope: &Scope,
        member: MemberId,
    ) -> Result<Option<Invitation>, StoreError> {
        let open = read::open_invitations(&self.tables, scope.organisation).await?;
        // The newest, were there several.
        Ok(open.into_iter().rfind(|invitation| invitation.member == member))
    }

    async fn list_open_invitations(&self, scope: &Scope) -> Result<Vec<Invitation>, StoreError> {
        read::open_invitations(&self.tables, scope.organisation).await
    }

    async fn find_import(&self, scope: &Scope, id: ImportId) -> Result<Option<Import>, StoreError> {
        let key = Key::new(Table::Organisations, scope.organisation, format_args!("{IMPORT}{id}"));
        self.find("import", &key).await
    }

    async fn list_imports(&self, scope: &Scope) -> Result<Vec<Import>, StoreError> {
        read::imports(&self.tables, scope.organisation).await
    }

    async fn write_directory(&self, scope: &Scope, write: DirectoryWrite) -> Result<Commit, StoreError> {
        write::write(&self.tables, scope, &write).await
    }
}

impl DynamoDbStore {
    async fn find<T: serde::de::DeserializeOwned>(
        &self,
        what: &'static str,
        key: &Key,
    ) -> Result<Option<T>, StoreError> {
        self.tables.get(key).await?.map(|item| noun(what, &item)).transpose()
    }
}

fn organisation_place(organisation: OrganisationId) -> Key {
    Key::new(Table::Organisations, organisation, ORGANISATION)
}

fn invitation_place(organisation: OrganisationId, id: InvitationId, ended: bool) -> Key {
    let prefix = if ended { INVITATION_ENDED } else { INVITATION };
    Key::new(Table::Organisations, organisation, format_args!("{prefix}{id}"))
}
