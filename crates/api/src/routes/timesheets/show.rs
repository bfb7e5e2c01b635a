//! One entry.

use axum::{extract::State, response::Response};
use vibesheets_core::{EntryId, actions::entries::find_entry};

use crate::{ApiState, answer, auth::Authenticated, dto::EntryDto, extract::Id, problem::Problem};

/// An entry
///
/// Deleted ones too: `deleted` says so.
#[utoipa::path(
    get,
    path = "/timesheets/{id}",
    operation_id = "show_entry",
    tag = "timesheets",
    params(("id" = String, Path, format = "uuid")),
    responses((status = 200, description = "The entry.", body = EntryDto, headers(("etag" = String)))),
)]
pub async fn show(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Id(id): Id<EntryId>,
) -> Result<Response, Problem> {
    let entry = find_entry(state.context(), &caller, id).await?;
    Ok(answer::versioned(entry.version, &EntryDto::from(&entry)))
}
