//! Signing another browser or program out.

use axum::{extract::State, http::StatusCode};
use vibesheets_core::{SessionId, actions::accounts::end_session};

use crate::{ApiState, auth::InSession, extract::Id, problem::Problem};

/// End one of your sessions
#[utoipa::path(
    delete,
    path = "/sessions/{id}",
    operation_id = "end_session",
    tag = "auth",
    params(("id" = String, Path, format = "uuid", description = "The session's id.")),
    responses((status = 204, description = "It has ended: its token is good for nothing.")),
)]
pub async fn end(
    InSession(signed_in): InSession,
    State(state): State<ApiState>,
    Id(id): Id<SessionId>,
) -> Result<StatusCode, Problem> {
    end_session(state.context(), signed_in.session.account, id).await?;
    state.sessions.forget(id);
    Ok(StatusCode::NO_CONTENT)
}
