//! Making a tag.

use axum::{extract::State, response::Response};
use serde::Deserialize;
use utoipa::ToSchema;
use vibesheets_core::{
    Label,
    actions::{once, tags::create_tag},
};

use crate::{
    ApiState,
    answer::{Reply, answered},
    auth::Authenticated,
    dto::TagDto,
    extract::Change,
    openapi::IdempotencyKey,
    problem::Problem,
};

/// A new tag.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTagBody {
    /// The label: unique in the organisation, whatever the letter case.
    #[schema(value_type = String, max_length = 60, example = "on site")]
    name: Label,
}

/// Make a tag
///
/// 409 `duplicate` names the tag that has the name already.
#[utoipa::path(
    post,
    path = "/tags",
    operation_id = "create_tag",
    tag = "tags",
    params(IdempotencyKey),
    request_body = NewTagBody,
    responses((
        status = 201,
        description = "Made.",
        body = TagDto,
        headers(("location" = String, description = "Its path under the mount."), ("etag" = String)),
    )),
)]
pub async fn create(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Change { command, body }: Change<NewTagBody>,
) -> Result<Response, Problem> {
    let context = state.context();
    let action = create_tag(context, &caller, command, &body.name, |tag| {
        let location = format!("/tags/{}", tag.id);
        Reply::created(location).version(tag.version).json(&TagDto::from(tag))
    });
    answered(once(context, &caller, command, action).await?)
}
