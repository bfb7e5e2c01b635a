//! Signing in with a program.

use axum::{extract::State, http::HeaderMap, response::Response};
use serde::Serialize;
use utoipa::ToSchema;
use vibesheets_core::actions::accounts::SESSION_SECONDS;

use super::log_in::LogInBody;
use crate::{
    ApiState, answer,
    auth::{Credentials, Guesser, SameSite, sign_in},
    extract::Json,
    problem::Problem,
};

/// A token for `Authorization: Bearer`.
#[derive(Serialize, ToSchema)]
pub struct AccessToken {
    /// To be sent, and kept as secret as the password.
    access_token: String,
    token_type: TokenType,
    /// Seconds that it is good for.
    #[schema(example = 3600)]
    expires_in: i64,
}

/// How a token is sent.
#[derive(Serialize, ToSchema)]
pub enum TokenType {
    /// `Authorization: Bearer …`
    Bearer,
}

/// Get a token for a program
#[utoipa::path(
    post,
    path = "/auth/token",
    operation_id = "create_token",
    tag = "auth",
    security(()),
    request_body = LogInBody,
    responses((status = 200, description = "Send it as `Authorization: Bearer`.", body = AccessToken)),
)]
pub async fn create(
    _: SameSite,
    State(state): State<ApiState>,
    guesser: Guesser,
    headers: HeaderMap,
    Json(LogInBody { email, password, organisation }): Json<LogInBody>,
) -> Result<Response, Problem> {
    let session = sign_in(&state, &guesser, Credentials { email, password }, organisation, &headers).await?;
    Ok(answer::json(&AccessToken {
        access_token: state.tokens.issue(&session),
        token_type: TokenType::Bearer,
        expires_in: SESSION_SECONDS,
    }))
}
