//! Editing an entry.

use axum::{extract::State, response::Response};
use vibesheets_core::{
    EntryId,
    actions::{
        entries::{edit_entry, find_entry},
        once,
    },
};

use super::body::EntryBody;
use crate::{
    ApiState,
    answer::{Reply, answered},
    auth::Authenticated,
    dto::EntryDto,
    extract::{Change, Id, IfMatch},
    problem::Problem,
};

/// Edit an entry
///
/// What is sent replaces the whole of it. An open entry may be given its end; a closed one stays closed.
#[utoipa::path(
    put,
    path = "/timesheets/{id}",
    operation_id = "edit_entry",
    tag = "timesheets",
    params(
        ("id" = String, Path, format = "uuid"),
        ("if-match" = String, Header, description = "The ETag of what was read."),
        ("idempotency-key" = Option<String>, Header, format = "uuid", description = "Names the change."),
    ),
    request_body = EntryBody,
    responses((status = 200, description = "Edited.", body = EntryDto, headers(("etag" = String)))),
)]
pub async fn edit(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Id(id): Id<EntryId>,
    if_match: IfMatch,
    Change { command, body }: Change<EntryBody>,
) -> Result<Response, Problem> {
    let context = state.context();
    let current = async || find_entry(context, &caller, id).await;
    let expected_version = if_match.version(async { current().await.map(|entry| entry.version) }).await?;
    let zone = if body.needs_zone() { current().await?.time_zone } else { caller.member.time_zone.clone() };
    let request = body.request(&zone)?;
    let action = edit_entry(context, &caller, command, id, expected_version, &request, |entry| {
        Reply::ok().version(entry.version).json(&EntryDto::from(entry))
    });
    answered(once(context, &caller, command, action).await?)
}
