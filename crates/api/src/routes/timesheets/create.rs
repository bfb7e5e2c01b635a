//! Typing an entry.

use axum::{extract::State, response::Response};
use serde::Deserialize;
use utoipa::ToSchema;
use vibesheets_core::{
    Labels, MemberId, Note, ProjectId, Reason,
    actions::{entries::create_entry, once},
    time::Zone,
};

use super::body::EntryBody;
use crate::{
    ApiState,
    answer::{Reply, answered},
    auth::Authenticated,
    dto::{EntryDto, PointInTime},
    extract::Change,
    problem::Problem,
};

/// A new entry: what [`EntryBody`] says, and whose it is.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEntryBody {
    /// Whose; the caller's where absent. Another member's is for managers and above.
    #[schema(value_type = Option<String>, format = "uuid")]
    member_id: Option<MemberId>,
    /// With an offset, or without one where `time_zone` settles what it means.
    #[schema(value_type = String, format = DateTime, example = "2026-03-28T22:00:00+01:00")]
    start: PointInTime,
    /// As `start`.
    #[schema(value_type = String, format = DateTime, example = "2026-03-29T06:00:00+02:00")]
    end: PointInTime,
    /// Where the member's clock stood (IANA); their own zone where absent.
    #[schema(value_type = Option<String>, example = "Europe/Vienna")]
    time_zone: Option<Zone>,
    /// What it was spent on.
    #[schema(value_type = Option<String>, format = "uuid")]
    project_id: Option<ProjectId>,
    /// Up to 3,000 characters.
    #[serde(default)]
    #[schema(value_type = String, max_length = 3000)]
    note: Note,
    /// Up to 20 labels of up to 60 characters.
    #[serde(default)]
    #[schema(value_type = Vec<String>, max_items = 20)]
    tags: Labels,
    /// Whether somebody pays for it; the project's habit where absent.
    billable: Option<bool>,
}

impl NewEntryBody {
    // Not by serde's flatten, which would let unknown fields pass and forget where a value was wrong.
    fn split(self) -> (Option<MemberId>, EntryBody) {
        let Self { member_id, start, end, time_zone, project_id, note, tags, billable } = self;
        (member_id, EntryBody { start, end: Some(end), time_zone, project_id, note, tags, billable })
    }
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
    let (member_id, entry) = body.split();
    if entry.needs_zone() && member_id.is_some_and(|id| id != caller.member.id) {
        let detail = "is needed where a time has no offset and the entry is another member's";
        return Err(Problem::invalid_field("/time_zone", Reason::new("missing", detail)));
    }
    let request = entry.request(&caller.member.time_zone)?;
    let context = state.context();
    let action = create_entry(context, &caller, command, member_id, &request, |entry| {
        let location = format!("/timesheets/{}", entry.id);
        Reply::created(location).version(entry.version).json(&EntryDto::from(entry))
    });
    answered(once(context, &caller, command, action).await?)
}
