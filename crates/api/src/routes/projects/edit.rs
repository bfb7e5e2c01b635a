//! Changing a project.

use axum::{extract::State, response::Response};
use serde::Deserialize;
use utoipa::ToSchema;
use vibesheets_core::{
    ClientId, Color, Name, ProjectId,
    actions::{
        once,
        projects::{ProjectEdit, edit_project, find_project},
    },
    policy::{Action, Target},
};

use crate::{
    ApiState,
    answer::{Reply, answered},
    auth::Authenticated,
    dto::{ProjectDto, given},
    extract::{Change, Id, IfMatch},
    openapi::{IdempotencyKey, IfMatchVersion},
    problem::Problem,
};

/// What changes in a project; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectPatch {
    /// Its name.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false, max_length = 120)]
    name: Option<Name>,
    /// Who pays; null for nobody.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, format = "uuid")]
    client_id: Option<Option<ClientId>>,
    /// One of the twelve project colours.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = u8, required = false, minimum = 1, maximum = 12)]
    color: Option<Color>,
    /// Whether new entries on it are billable; entries that exist stay as they are.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = bool, required = false)]
    billable: Option<bool>,
    /// Whether it takes no new entries.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = bool, required = false)]
    archived: Option<bool>,
}

/// Change a project
///
/// Projects are archived, never deleted. Only an active client has active projects.
#[utoipa::path(
    patch,
    path = "/projects/{id}",
    operation_id = "edit_project",
    tag = "projects",
    params(("id" = String, Path, format = "uuid"), IfMatchVersion, IdempotencyKey),
    request_body = ProjectPatch,
    responses((status = 200, description = "Changed.", body = ProjectDto, headers(("etag" = String)))),
)]
pub async fn edit(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Id(id): Id<ProjectId>,
    if_match: IfMatch,
    Change { command, body }: Change<ProjectPatch>,
) -> Result<Response, Problem> {
    let context = state.context();
    caller.authorize(Action::WriteProjects, Target::Organisation)?;
    let current = async { find_project(context, &caller, id).await.map(|project| project.version) };
    let expected_version = if_match.version(current).await?;
    let ProjectPatch { name, client_id, color, billable, archived } = body;
    let edit = ProjectEdit { name, client_id, color, billable, archived };
    let action = edit_project(context, &caller, command, id, expected_version, &edit, |project| {
        Reply::ok().version(project.version).json(&ProjectDto::from(project))
    });
    answered(once(context, &caller, command, action).await?)
}
