//! Taking a deletion back.

use axum::{extract::State, response::Response};
use vibesheets_core::{
    EntryId,
    actions::{entries::restore_entry, once},
};

use crate::{
    ApiState,
    answer::{Reply, answered},
    auth::Authenticated,
    dto::EntryDto,
    extract::{BareChange, Id},
    problem::Problem,
};

/// Restore a deleted entry
///
/// 409 `overlap` names what stands in its place by now.
#[utoipa::path(
    post,
    path = "/timesheets/{id}/restore",
    operation_id = "restore_entry",
    tag = "timesheets",
    params(
        ("id" = String, Path, format = "uuid"),
        ("idempotency-key" = Option<String>, Header, format = "uuid", description = "Names the change."),
    ),
    responses((status = 200, description = "Restored.", body = EntryDto, headers(("etag" = String)))),
)]
pub async fn restore(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Id(id): Id<EntryId>,
    BareChange(command): BareChange,
) -> Result<Response, Problem> {
    let context = state.context();
    let action = restore_entry(context, &caller, command, id, |entry| {
        Reply::ok().version(entry.version).json(&EntryDto::from(entry))
    });
    answered(once(context, &caller, command, action).await?)
}
