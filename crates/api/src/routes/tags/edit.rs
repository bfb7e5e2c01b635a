//! Changing a tag.

use axum::{extract::State, response::Response};
use serde::Deserialize;
use utoipa::ToSchema;
use vibesheets_core::{
    TagId, Label,
    actions::{
        tags::{TagEdit, edit_tag, find_tag},
        once,
    },
};

use crate::{
    ApiState,
    answer::{Reply, answered},
    auth::Authenticated,
    dto::{TagDto, given},
    extract::{Change, Id, IfMatch},
    problem::Problem,
};

/// What changes in a tag; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TagPatch {
    /// Its name.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, max_length = 60, nullable = false)]
    name: Option<Label>,
    /// Whether it takes no new projects.
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    archived: Option<bool>,
}

/// Change a tag
///
/// Tags are archived, never deleted; 409 `conflict` for one that has active projects.
#[utoipa::path(
    patch,
    path = "/tags/{id}",
    operation_id = "edit_tag",
    tag = "tags",
    params(
        ("id" = String, Path, format = Uuid),
        ("if-match" = String, Header, description = "The ETag of what was read."),
        ("idempotency-key" = Option<String>, Header, format = Uuid, description = "Names the change."),
    ),
    request_body = TagPatch,
    responses((status = 200, description = "Changed.", body = TagDto, headers(("etag" = String)))),
)]
pub async fn edit(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Id(id): Id<TagId>,
    if_match: IfMatch,
    Change { command, body }: Change<TagPatch>,
) -> Result<Response, Problem> {
    let context = state.context();
    let current = async { find_tag(context, &caller, id).await.map(|tag| tag.version) };
    let expected_version = if_match.version(current).await?;
    let TagPatch { name, archived } = body;
    let edit = TagEdit { name, archived };
    let action = edit_tag(context, &caller, command, id, expected_version, &edit, |tag| {
        Reply::ok().version(tag.version).json(&TagDto::from(tag))
    });
    answered(once(context, &caller, command, action).await?)
}
