//! Whether the server can take requests.

use axum::{extract::State, http::StatusCode};

use crate::{ApiState, problem::Problem};

/// Whether requests may be sent here
///
/// The store reads and writes.
#[utoipa::path(
    get,
    path = "/health/ready",
    operation_id = "health_ready",
    tag = "health",
    security(()),
    responses((status = 204, description = "They may.")),
)]
pub async fn ready(State(state): State<ApiState>) -> Result<StatusCode, Problem> {
    state.store_health.check(&*state.store, state.time.now()).await.map_err(Problem::unavailable)?;
    Ok(StatusCode::NO_CONTENT)
}
