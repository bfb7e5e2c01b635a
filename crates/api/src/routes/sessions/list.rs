//! Where the caller is signed in.

use axum::{extract::State, response::Response};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use vibesheets_core::{SessionId, actions::accounts::list_sessions};

use crate::{ApiState, answer, auth::InSession, problem::Problem};

/// Where somebody is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Sessions {
    /// The newest first.
    sessions: Vec<SessionDto>,
}

/// One sign-in of one browser or program.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub struct SessionDto {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    id: SessionId,
    /// When they signed in.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When it ends by itself.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    /// Whether it is the one that asks.
    current: bool,
    /// What the browser or program calls itself.
    user_agent: String,
}

/// Where you are signed in
#[utoipa::path(
    get,
    path = "/sessions",
    operation_id = "list_sessions",
    tag = "auth",
    responses((status = 200, description = "Your sessions, in all your organisations.", body = Sessions)),
)]
pub async fn list(
    InSession(signed_in): InSession,
    State(state): State<ApiState>,
) -> Result<Response, Problem> {
    let current = &signed_in.session;
    let sessions = list_sessions(state.context(), current.account).await?;
    let sessions = sessions.into_iter().map(|session| SessionDto {
        id: session.id,
        created_at: session.created_at,
        expires_at: session.expires_at,
        current: session.id == current.id,
        user_agent: session.user_agent,
    });
    Ok(answer::json(&Sessions { sessions: sessions.collect() }))
}
