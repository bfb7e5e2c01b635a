//! Taking an import out again.

use axum::{extract::State, response::Response};
use serde::Serialize;
use utoipa::ToSchema;
use vibesheets_core::{
    ImportId,
    actions::{import, once},
};

use crate::{
    ApiState,
    answer::{Reply, answered},
    auth::Authenticated,
    extract::{BareChange, Id},
    openapi::IdempotencyKey,
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
    params(("id" = String, Path, format = "uuid"), IdempotencyKey),
    responses((status = 200, description = "What was taken out.", body = UndoneImport)),
)]
pub async fn undo(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Id(id): Id<ImportId>,
    BareChange(command): BareChange,
) -> Result<Response, Problem> {
    let render = |undone: import::UndoneImport| {
        Reply::ok().json(&UndoneImport { entries: undone.entries, seconds: undone.seconds })
    };
    let answer = watched(async move |progress| {
        let context = state.context();
        let action = import::undo(context, &caller, command, id, render, progress);
        once(context, &caller, command, action).await
    });
    answered(answer.await?)
}
