//! Deleting an entry.

use axum::{extract::State, response::Response};
use vibesheets_core::{
    EntryId,
    actions::{
        entries::{delete_entry, find_entry},
        once,
    },
};

use crate::{
    ApiState,
    answer::{Reply, answered},
    auth::Authenticated,
    extract::{BareChange, Id, IfMatch},
    problem::Problem,
};

/// Delete an entry
///
/// It can be restored at any time. Deleting the open entry clocks its member out without keeping the time.
#[utoipa::path(
    delete,
    path = "/timesheets/{id}",
    operation_id = "delete_entry",
    tag = "timesheets",
    params(
        ("id" = String, Path, format = "uuid"),
        ("if-match" = String, Header, description = "The ETag of what was read."),
        ("idempotency-key" = Option<String>, Header, format = "uuid", description = "Names the change."),
    ),
    responses((status = 204, description = "Deleted.", headers(("etag" = String)))),
)]
pub async fn delete(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Id(id): Id<EntryId>,
    if_match: IfMatch,
    BareChange(command): BareChange,
) -> Result<Response, Problem> {
    let context = state.context();
    let current = async { find_entry(context, &caller, id).await.map(|entry| entry.version) };
    let expected_version = if_match.version(current).await?;
    let action = delete_entry(context, &caller, command, id, expected_version, |entry| {
        Reply::no_content().version(entry.version).empty()
    });
    answered(once(context, &caller, command, action).await?)
}
