//! Signing out.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use vibesheets_core::actions::accounts::end_session;

use crate::{
    ApiState,
    auth::{InSession, SameSite},
    problem::{Code, Problem},
};

/// Sign out
///
/// Ends the session at once, wherever its token is. Without a session there is nothing to end, and that is fine.
#[utoipa::path(
    post,
    path = "/auth/logout",
    operation_id = "log_out",
    tag = "auth",
    security((), ("cookie" = []), ("bearer" = [])),
    responses((status = 204, description = "Signed out; the cookie is gone.")),
)]
pub async fn log_out(
    _: SameSite,
    State(state): State<ApiState>,
    session: Result<InSession, Problem>,
) -> Result<Response, Problem> {
    match session {
        Ok(InSession(signed_in)) => {
            let session = &signed_in.session;
            let ended = end_session(state.context(), session.account, session.id).await;
            state.sessions.forget(session.id);
            // Somebody may have ended it in this very moment: as asked.
            ended.map_err(Problem::from).or_else(|problem| match problem.code {
                Code::NotFound => Ok(()),
                _ => Err(problem),
            })?;
        }
        Err(problem) if problem.code == Code::NotSignedIn => {}
        Err(problem) => return Err(problem),
    }
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, state.cookie.clear())]).into_response())
}
