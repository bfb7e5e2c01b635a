//! What the clock shows.

use axum::{extract::State, response::Response};
use vibesheets_core::actions::status;

use crate::{ApiState, answer, auth::Authenticated, dto::StatusDto, problem::Problem};

/// What the clock shows
///
/// The only place where the running seconds count.
#[utoipa::path(
    get,
    path = "/status",
    operation_id = "status",
    tag = "clock",
    responses((status = 200, description = "What the clock shows.", body = StatusDto)),
)]
pub async fn show(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
) -> Result<Response, Problem> {
    let clock_state = status(state.context(), &caller).await?;
    Ok(answer::json(&StatusDto::from(&clock_state)))
}
