//! One tag.

use axum::{extract::State, response::Response};
use vibesheets_core::{TagId, actions::tags::find_tag};

use crate::{ApiState, answer, auth::Authenticated, dto::TagDto, extract::Id, problem::Problem};

/// A tag
#[utoipa::path(
    get,
    path = "/tags/{id}",
    operation_id = "show_tag",
    tag = "tags",
    params(("id" = String, Path, format = "uuid")),
    responses((status = 200, description = "The tag.", body = TagDto, headers(("etag" = String)))),
)]
pub async fn show(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Id(id): Id<TagId>,
) -> Result<Response, Problem> {
    let tag = find_tag(state.context(), &caller, id).await?;
    Ok(answer::versioned(tag.version, &TagDto::from(&tag)))
}
