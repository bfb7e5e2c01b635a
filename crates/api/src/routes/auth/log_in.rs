//! Signing in with a browser.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{AppendHeaders, IntoResponse, Response},
};
use serde::Deserialize;
use utoipa::ToSchema;
use vibesheets_core::{Email, OrganisationId};

use crate::{
    ApiState,
    auth::{Credentials, Guesser, SameSite, sign_in},
    extract::Json,
    problem::Problem,
};

/// Who signs in, and where.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogInBody {
    /// The account's address.
    #[schema(value_type = String, format = Email)]
    pub(super) email: Email,
    /// The account's password.
    #[schema(format = Password)]
    pub(super) password: String,
    /// One of their organisations; the one they have belonged to longest where absent.
    #[schema(value_type = Option<String>, format = "uuid")]
    pub(super) organisation: Option<OrganisationId>,
}

/// Sign in
#[utoipa::path(
    post,
    path = "/auth/login",
    operation_id = "log_in",
    tag = "auth",
    security(()),
    request_body = LogInBody,
    responses((status = 204, description = "Signed in: with the session's cookie.")),
)]
pub async fn log_in(
    _: SameSite,
    State(state): State<ApiState>,
    guesser: Guesser,
    headers: HeaderMap,
    Json(LogInBody { email, password, organisation }): Json<LogInBody>,
) -> Result<Response, Problem> {
    let known = state.known_browsers.set(&email, state.time.now());
    let session = sign_in(&state, &guesser, Credentials { email, password }, organisation, &headers).await?;
    let session = state.cookie.set(&state.tokens.issue(&session));
    let cookies = AppendHeaders([(header::SET_COOKIE, session), (header::SET_COOKIE, known)]);
    Ok((StatusCode::NO_CONTENT, cookies).into_response())
}
