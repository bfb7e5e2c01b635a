//! One client.

use axum::{extract::State, response::Response};
use vibesheets_core::{ClientId, actions::clients::find_client};

use crate::{ApiState, answer, auth::Authenticated, dto::ClientDto, extract::Id, problem::Problem};

/// A client
#[utoipa::path(
    get,
    path = "/clients/{id}",
    operation_id = "show_client",
    tag = "clients",
    params(("id" = String, Path, format = "uuid")),
    responses((status = 200, description = "The client.", body = ClientDto, headers(("etag" = String)))),
)]
pub async fn show(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Id(id): Id<ClientId>,
) -> Result<Response, Problem> {
    let client = find_client(state.context(), &caller, id).await?;
    Ok(answer::versioned(client.version, &ClientDto::from(&client)))
}
