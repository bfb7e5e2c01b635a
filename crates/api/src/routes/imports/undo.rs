//! Taking an import out again.

use axum::{extract::State, response::Response};
use serde::Serialize;
use utoipa::ToSchema;
use vibesheets_core::{ImportId, actions::import};

use crate::{
    ApiState, answer,
    auth::Authenticated,
    extract::{BareChange, Id},
    problem::Problem,
    routes::import::watched,
};

/// What was taken out.
#[derive(Debug, Serialize, ToSchema)]
pub struct UndoneImport {
    /// How many entries.
    entries: u64,
    /// Their seconds.
    seconds: i64,
}

/// Undo an import
///
/// Takes all its entries out again, also those that were edited since; their history keeps every version. Members,
/// projects, clients and tags that it made stay. Done again it takes out nothing; importing the file again brings the
/// entries back.
#[utoipa::path(
    post,
    path = "/imports/{id}/undo",
    operation_id = "undo_import",
    tag = "import",
    params(("id" = String, Path, format = "uuid")),
    responses((status = 200, description = "What was taken out.", body = UndoneImport)),
)]
pub async fn undo(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Id(id): Id<ImportId>,
    _: BareChange,
) -> Result<Response, Problem> {
    let undone =
        watched(async move |progress| import::undo(state.context(), &caller, id, progress).await).await?;
    Ok(answer::json(&UndoneImport { entries: undone.entries, seconds: undone.seconds }))
}
