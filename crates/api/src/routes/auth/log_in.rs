//! Signing in with a browser.

use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use utoipa::ToSchema;
use vibesheets_core::{Email, OrganisationId};

use crate::{
    ApiState,
    auth::{Credentials, SameSite, sign_in},
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
    headers: HeaderMap,
    Json(LogInBody { email, password, organisation }): Json<LogInBody>,
) -> Result<Response, Problem> {
    let session = sign_in(&state, Credentials { email, password }, organisation, &headers).await?;
    let cookie = [(header::SET_COOKIE, state.cookie.set(&state.tokens.issue(&session)))];
    Ok((StatusCode::NO_CONTENT, cookie).into_response())
}
