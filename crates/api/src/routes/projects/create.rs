//! Making a project.

use axum::{extract::State, response::Response};
use serde::Deserialize;
use utoipa::ToSchema;
use vibesheets_core::{
    ClientId, Color, Name,
    actions::{
        once,
        projects::{NewProject, create_project},
    },
};

use crate::{
    ApiState,
    answer::{Reply, answered},
    auth::Authenticated,
    dto::ProjectDto,
    extract::Change,
    openapi::IdempotencyKey,
    problem::Problem,
};

/// A new project.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewProjectBody {
    /// Unique among the client's projects, whatever the letter case.
    #[schema(value_type = String, max_length = 120, example = "Difference Engine")]
    name: Name,
    /// Who pays.
    #[schema(value_type = Option<String>, format = "uuid")]
    client_id: Option<ClientId>,
    /// One of the twelve project colours; the next in turn where absent.
    #[schema(value_type = Option<u8>, minimum = 1, maximum = 12)]
    color: Option<Color>,
    /// Whether new entries on it are billable; not where absent.
    billable: Option<bool>,
}

/// Make a project
///
/// 409 `duplicate` names a project of the client that has the name already.
#[utoipa::path(
    post,
    path = "/projects",
    operation_id = "create_project",
    tag = "projects",
    params(IdempotencyKey),
    request_body = NewProjectBody,
    responses((
        status = 201,
        description = "Made.",
        body = ProjectDto,
        headers(("location" = String, description = "Its path under the mount."), ("etag" = String)),
    )),
)]
pub async fn create(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Change { command, body }: Change<NewProjectBody>,
) -> Result<Response, Problem> {
    let NewProjectBody { name, client_id, color, billable } = body;
    let request = NewProject { name, client_id, color, billable };
    let context = state.context();
    let action = create_project(context, &caller, command, &request, |project| {
        let location = format!("/projects/{}", project.id);
        Reply::created(location).version(project.version).json(&ProjectDto::from(project))
    });
    answered(once(context, &caller, command, action).await?)
}
