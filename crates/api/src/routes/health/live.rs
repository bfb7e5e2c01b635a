//! Whether the process answers at all.

use axum::http::StatusCode;

/// Whether the process answers
///
/// Looks at nothing else: restarting it would mend nothing else.
#[utoipa::path(
    get,
    path = "/health/live",
    operation_id = "health_live",
    tag = "health",
    security(()),
    responses((status = 204, description = "It does.")),
)]
pub async fn live() -> StatusCode {
    StatusCode::NO_CONTENT
}
