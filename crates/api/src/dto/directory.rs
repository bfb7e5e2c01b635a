//! Projects, clients and tags.

use serde::Serialize;
use utoipa::ToSchema;
use vibesheets_core::{Client, ClientId, Label, Name, Project, ProjectId, Tag, TagId};

/// What time is spent on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Project)]
pub struct ProjectDto {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ProjectId,
    /// Unique among the client's projects.
    #[schema(value_type = String, example = "Difference Engine")]
    pub name: Name,
    /// Who pays.
    #[schema(value_type = Option<String>, format = "uuid", required)]
    pub client_id: Option<ClientId>,
    /// One of the twelve project colours.
    #[schema(minimum = 1, maximum = 12, example = 3)]
    pub color: u8,
    /// Whether new entries on it are billable.
    pub billable: bool,
    /// Archived projects take no new entries.
    pub archived: bool,
    /// Counts its changes from 1; its `ETag`.
    pub version: u32,
}

impl From<&Project> for ProjectDto {
    fn from(project: &Project) -> Self {
        Self {
            id: project.id,
            name: project.name.clone(),
            client_id: project.client_id,
            color: project.color.into(),
            billable: project.billable,
            archived: project.archived,
            version: project.version,
        }
    }
}

/// Who pays for projects.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Client)]
pub struct ClientDto {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: ClientId,
    /// Unique in the organisation.
    #[schema(value_type = String, example = "Royal Society")]
    pub name: Name,
    /// Archived clients take no new projects.
    pub archived: bool,
    /// Counts its changes from 1; its `ETag`.
    pub version: u32,
}

impl From<&Client> for ClientDto {
    fn from(client: &Client) -> Self {
        Self { id: client.id, name: client.name.clone(), archived: client.archived, version: client.version }
    }
}

/// A suggested label.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Tag)]
pub struct TagDto {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: TagId,
    /// Unique in the organisation.
    #[schema(value_type = String, example = "on site")]
    pub name: Label,
    /// Archived tags are no longer suggested.
    pub archived: bool,
    /// Counts its changes from 1; its `ETag`.
    pub version: u32,
}

impl From<&Tag> for TagDto {
    fn from(tag: &Tag) -> Self {
        Self { id: tag.id, name: tag.name.clone(), archived: tag.archived, version: tag.version }
    }
}
