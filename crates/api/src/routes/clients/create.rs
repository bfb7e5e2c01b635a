//! Making a client.

use axum::{extract::State, response::Response};
use serde::Deserialize;
use utoipa::ToSchema;
use vibesheets_core::{
    Name,
    actions::{clients::create_client, once},
};

use crate::{
    ApiState,
    answer::{Reply, answered},
    auth::Authenticated,
    dto::ClientDto,
    extract::Change,
    openapi::IdempotencyKey,
    problem::Problem,
};

/// A new client.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewClientBody {
    /// Unique in the organisation, whatever the letter case.
    #[schema(value_type = String, max_length = 120, example = "Royal Society")]
    name: Name,
}

/// Make a client
///
/// 409 `duplicate` names the client that has the name already.
#[utoipa::path(
    post,
    path = "/clients",
    operation_id = "create_client",
    tag = "clients",
    params(IdempotencyKey),
    request_body = NewClientBody,
    responses((
        status = 201,
        description = "Made.",
        body = ClientDto,
        headers(("location" = String, description = "Its path under the mount."), ("etag" = String)),
    )),
)]
pub async fn create(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Change { command, body }: Change<NewClientBody>,
) -> Result<Response, Problem> {
    let context = state.context();
    let action = create_client(context, &caller, command, &body.name, |client| {
        let location = format!("/clients/{}", client.id);
        Reply::created(location).version(client.version).json(&ClientDto::from(client))
    });
    answered(once(context, &caller, command, action).await?)
}
