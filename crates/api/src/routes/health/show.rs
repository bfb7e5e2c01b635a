//! How the server is.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use vibesheets_core::time::ZONE_DATA_VERSION;

use super::{copies::CopiesCheck, memory::Memory};
use crate::{ApiState, answer};

/// How the server is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health<'a> {
    status: HealthStatus,
    /// The program's version.
    #[schema(example = "0.1.0")]
    version: &'a str,
    /// `development`, `staging` or `production`.
    #[schema(example = "production")]
    environment: &'a str,
    /// Since the process started.
    uptime_seconds: i64,
    /// The server's time.
    #[schema(value_type = String, format = DateTime)]
    timestamp: Timestamp,
    memory: Memory,
    checks: Checks<'a>,
}

/// Whether everything works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HealthStatus {
    /// It does.
    Ok,
    /// It does, and what is kept beside the store lags behind.
    Degraded,
    /// Something does not; `checks` says what.
    Failing,
}

/// What was looked at.
#[derive(Debug, Serialize, ToSchema)]
pub struct Checks<'a> {
    /// Whether the store reads and writes.
    store: HealthStatus,
    /// The version of the bundled time zone data.
    #[schema(example = "2026a")]
    zone_data: &'a str,
    /// What is kept beside the store.
    #[serde(flatten)]
    copies: CopiesCheck,
}

/// How the server is
///
/// 503 where something does not work; the reason is in the log.
#[utoipa::path(
    get,
    path = "/health",
    operation_id = "health",
    tag = "health",
    security(()),
    responses(
        (status = 200, description = "Everything works, or what is kept beside the store lags behind.", body = Health),
        (status = 503, description = "Something does not.", body = Health),
    ),
)]
pub async fn show(State(state): State<ApiState>) -> Response {
    let now = state.time.now();
    let store = match state.store_health.check(&*state.store, now).await {
        Ok(()) => HealthStatus::Ok,
        Err(error) => {
            tracing::error!(%error, "the store does not work");
            HealthStatus::Failing
        }
    };
    let copies = state.copies.get().map(|copies| CopiesCheck::of(&**copies)).unwrap_or_default();
    let status = if store == HealthStatus::Ok { copies.status() } else { store };
    let body = answer::json(&Health {
        status,
        version: &state.settings.version,
        environment: state.settings.environment.as_str(),
        uptime_seconds: now.duration_since(state.started_at).as_secs().max(0),
        timestamp: now,
        memory: Memory::read(),
        checks: Checks { store, zone_data: ZONE_DATA_VERSION, copies },
    });
    if store == HealthStatus::Ok { body } else { (StatusCode::SERVICE_UNAVAILABLE, body).into_response() }
}
