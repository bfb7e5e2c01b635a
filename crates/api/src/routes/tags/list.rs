//! All tags.

use axum::{extract::State, response::Response};
use serde::Serialize;
use utoipa::ToSchema;
use vibesheets_core::actions::tags::list_tags;

use crate::{ApiState, answer, auth::Authenticated, dto::TagDto, problem::Problem};

/// All tags.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tags {
    /// By name, archived ones too.
    tags: Vec<TagDto>,
}

/// All tags
///
/// Archived ones too.
#[utoipa::path(
    get,
    path = "/tags",
    operation_id = "list_tags",
    tag = "tags",
    responses((status = 200, description = "The tags.", body = Tags)),
)]
pub async fn list(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
) -> Result<Response, Problem> {
    let tags = list_tags(state.context(), &caller).await?;
    Ok(answer::json(&Tags { tags: tags.iter().map(TagDto::from).collect() }))
}
