//! Typing an entry.

use axum::{extract::State, response::Response};
use serde::Deserialize;
use utoipa::ToSchema;
use vibesheets_core::{
    MemberId,
    actions::{entries::create_entry, once},
};

use super::body::EntryBody;
use crate::{
    ApiState,
    answer::{Reply, answered},
    auth::Authenticated,
    dto::EntryDto,
    extract::Change,
    problem::Problem,
};

/// A new entry.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewEntryBody {
    /// Whose; the caller's where absent. Another member's is for managers and above.
    #[schema(value_type = Option<String>, format = "uuid")]
    member_id: Option<MemberId>,
    // Flattened: the fields of an entry stand beside it, and refuse what they do not know.
    #[serde(flatten)]
    entry: EntryBody,
}

/// Type an entry
///
/// 409 `overlap` names the entry in the way.
#[utoipa::path(
    post,
    path = "/timesheets",
    operation_id = "create_entry",
    tag = "timesheets",
    params(("idempotency-key" = Option<String>, Header, format = "uuid", description = "Names the change.")),
    request_body = NewEntryBody,
    responses((
        status = 201,
        description = "Written.",
        body = EntryDto,
        headers(("location" = String, description = "Its path under the mount."), ("etag" = String)),
    )),
)]
pub async fn create(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Change { command, body }: Change<NewEntryBody>,
) -> Result<Response, Problem> {
    let NewEntryBody { member_id, entry } = body;
    if entry.needs_zone() && member_id.is_some_and(|id| id != caller.member.id) {
        let detail = "is needed where a time has no offset and the entry is another member's";
        return Err(Problem::invalid_field("/time_zone", detail));
    }
    let request = entry.request(&caller.member.time_zone)?;
    let context = state.context();
    let action = create_entry(context, &caller, command, member_id, &request, |entry| {
        let location = format!("/timesheets/{}", entry.id);
        Reply::created(location).version(entry.version).json(&EntryDto::from(entry))
    });
    answered(once(context, &caller, command, action).await?)
}
