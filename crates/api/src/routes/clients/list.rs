//! All clients.

use axum::{extract::State, response::Response};
use serde::Serialize;
use utoipa::ToSchema;
use vibesheets_core::actions::clients::list_clients;

use crate::{ApiState, answer, auth::Authenticated, dto::ClientDto, problem::Problem};

/// All clients.
#[derive(Debug, Serialize, ToSchema)]
pub struct Clients {
    /// By name, archived ones too.
    clients: Vec<ClientDto>,
}

/// All clients
///
/// Archived ones too.
#[utoipa::path(
    get,
    path = "/clients",
    operation_id = "list_clients",
    tag = "clients",
    responses((status = 200, description = "The clients.", body = Clients)),
)]
pub async fn list(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
) -> Result<Response, Problem> {
    let clients = list_clients(state.context(), &caller).await?;
    Ok(answer::json(&Clients { clients: clients.iter().map(ClientDto::from).collect() }))
}
