//! One project.

use axum::{extract::State, response::Response};
use vibesheets_core::{ProjectId, actions::projects::find_project};

use crate::{ApiState, answer, auth::Authenticated, dto::ProjectDto, extract::Id, problem::Problem};

/// A project
#[utoipa::path(
    get,
    path = "/projects/{id}",
    operation_id = "show_project",
    tag = "projects",
    params(("id" = String, Path, format = "uuid")),
    responses((status = 200, description = "The project.", body = ProjectDto, headers(("etag" = String)))),
)]
pub async fn show(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Id(id): Id<ProjectId>,
) -> Result<Response, Problem> {
    let project = find_project(state.context(), &caller, id).await?;
    Ok(answer::versioned(project.version, &ProjectDto::from(&project)))
}
