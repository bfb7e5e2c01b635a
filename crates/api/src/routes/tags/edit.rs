//! Changing a tag.

use axum::{extract::State, response::Response};
use serde::Deserialize;
use utoipa::ToSchema;
use vibesheets_core::{
    Label, TagId,
    actions::{
        once,
        tags::{TagEdit, edit_tag, find_tag},
    },
    policy::{Action, Target},
};

use crate::{
    ApiState,
    answer::{Reply, answered},
    auth::Authenticated,
    dto::{TagDto, given},
    extract::{Change, Id, IfMatch},
    openapi::{IdempotencyKey, IfMatchVersion},
    problem::Problem,
};

/// What changes in a tag; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TagPatch {
    /// The label.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false, max_length = 60)]
    name: Option<Label>,
    /// Whether it is no longer suggested; entries that carry it stay as they are.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = bool, required = false)]
    archived: Option<bool>,
}

/// Change a tag
///
/// Tags are archived, never deleted. Entries carry labels as text, so nothing here changes an entry.
#[utoipa::path(
    patch,
    path = "/tags/{id}",
    operation_id = "edit_tag",
    tag = "tags",
    params(("id" = String, Path, format = "uuid"), IfMatchVersion, IdempotencyKey),
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
    caller.authorize(Action::WriteProjects, Target::Organisation)?;
    let current = async { find_tag(context, &caller, id).await.map(|tag| tag.version) };
    let expected_version = if_match.version(current).await?;
    let TagPatch { name, archived } = body;
    let edit = TagEdit { name, archived };
    let action = edit_tag(context, &caller, command, id, expected_version, &edit, |tag| {
        Reply::ok().version(tag.version).json(&TagDto::from(tag))
    });
    answered(once(context, &caller, command, action).await?)
}
