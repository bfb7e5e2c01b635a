//! All projects.

use axum::{extract::State, response::Response};
use serde::Serialize;
use utoipa::ToSchema;
use vibesheets_core::actions::projects::list_projects;

use crate::{ApiState, answer, auth::Authenticated, dto::ProjectDto, problem::Problem};

/// All projects.
#[derive(Debug, Serialize, ToSchema)]
pub struct Projects {
    /// By name, archived ones too.
    projects: Vec<ProjectDto>,
}

/// All projects
///
/// Archived ones too.
#[utoipa::path(
    get,
    path = "/projects",
    operation_id = "list_projects",
    tag = "projects",
    responses((status = 200, description = "The projects.", body = Projects)),
)]
pub async fn list(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
) -> Result<Response, Problem> {
    let projects = list_projects(state.context(), &caller).await?;
    Ok(answer::json(&Projects { projects: projects.iter().map(ProjectDto::from).collect() }))
}
