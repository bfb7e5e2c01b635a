//! Changing a client.

use axum::{extract::State, response::Response};
use serde::Deserialize;
use utoipa::ToSchema;
use vibesheets_core::{
    ClientId, Name,
    actions::{
        clients::{ClientEdit, edit_client, find_client},
        once,
    },
    policy::{Action, Target},
};

use crate::{
    ApiState,
    answer::{Reply, answered},
    auth::Authenticated,
    dto::{ClientDto, given},
    extract::{Change, Id, IfMatch},
    openapi::{IdempotencyKey, IfMatchVersion},
    problem::Problem,
};

/// What changes in a client; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientPatch {
    /// Its name.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false, max_length = 120)]
    name: Option<Name>,
    /// Whether it takes no new projects.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = bool, required = false)]
    archived: Option<bool>,
}

/// Change a client
///
/// Clients are archived, never deleted; 409 `not_allowed` for one that has active projects.
#[utoipa::path(
    patch,
    path = "/clients/{id}",
    operation_id = "edit_client",
    tag = "clients",
    params(("id" = String, Path, format = "uuid"), IfMatchVersion, IdempotencyKey),
    request_body = ClientPatch,
    responses((status = 200, description = "Changed.", body = ClientDto, headers(("etag" = String)))),
)]
pub async fn edit(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Id(id): Id<ClientId>,
    if_match: IfMatch,
    Change { command, body }: Change<ClientPatch>,
) -> Result<Response, Problem> {
    let context = state.context();
    caller.authorize(Action::WriteProjects, Target::Organisation)?;
    let current = async { find_client(context, &caller, id).await.map(|client| client.version) };
    let expected_version = if_match.version(current).await?;
    let ClientPatch { name, archived } = body;
    let edit = ClientEdit { name, archived };
    let action = edit_client(context, &caller, command, id, expected_version, &edit, |client| {
        Reply::ok().version(client.version).json(&ClientDto::from(client))
    });
    answered(once(context, &caller, command, action).await?)
}
