//! The caller's own password.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use tracing::Instrument;
use utoipa::ToSchema;
use vibesheets_core::{Reason, actions::accounts::change_password};

use super::show::account_of;
use crate::{
    ApiState,
    auth::{Credentials, Guesser, InSession, limited, prove},
    dto::Password,
    extract::Change,
    openapi::IdempotencyKey,
    problem::Problem,
};

/// The password, and the one that takes its place.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePasswordBody {
    /// The password as it is.
    #[schema(format = Password)]
    current_password: String,
    /// As it will be.
    #[schema(value_type = String, format = Password, min_length = 10, max_length = 256)]
    new_password: Password,
}

/// Change your password
///
/// Every other session of yours ends. Sent again after it was made, it is refused, since the password was another.
#[utoipa::path(
    post,
    path = "/me/password",
    operation_id = "change_password",
    tag = "me",
    params(IdempotencyKey),
    request_body = ChangePasswordBody,
    responses((status = 204, description = "Changed.")),
)]
pub async fn change(
    InSession(signed_in): InSession,
    State(state): State<ApiState>,
    guesser: Guesser,
    Change { command, body }: Change<ChangePasswordBody>,
) -> Result<Response, Problem> {
    let email = account_of(&state, &signed_in).await?.email;
    let credentials = Credentials { email, password: body.current_password };
    let wrong =
        || Problem::invalid_field("/current_password", Reason::new("wrong_password", "is not your password"));
    let subjects = guesser.in_session(signed_in.session.account);
    let proven = limited(&state, &subjects, prove(&state, &guesser, credentials)).await?.ok_or_else(wrong)?;
    let password = state.passwords.hash(guesser.address(), body.new_password.0, &*state.random).await?;
    let keep = signed_in.session.id;
    // A task of its own, which outlives the request: with its time over, or its client gone, the password would be
    // another and whoever knew the old one still signed in.
    let changed = async move {
        change_password(state.context(), command.id, &proven, &password, Some(keep)).await?;
        state.sessions.forget_account(proven.id);
        Ok::<_, Problem>(())
    };
    let changed = tokio::spawn(changed.in_current_span());
    changed.await.map_err(Problem::internal)??;
    Ok(StatusCode::NO_CONTENT.into_response())
}
