//! Clocking in, out, or from one thing to the next.

use axum::{extract::State, response::Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vibesheets_core::{
    Labels, Note, ProjectId,
    actions::{ClockAction, ClockRequest, clock, once},
};

use crate::{
    ApiState,
    answer::{Reply, answered},
    auth::Authenticated,
    dto::{EntryDto, Rfc3339, StatusDto},
    extract::Change,
    problem::Problem,
};

/// A press of the clock's button.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClockBody {
    action: ClockActionDto,
    /// What the time is spent on; on `out`, replaces what the entry says.
    #[schema(value_type = Option<String>, format = "uuid")]
    project_id: Option<ProjectId>,
    /// On `out`, replaces what the entry says.
    #[schema(value_type = Option<String>, max_length = 3000)]
    note: Option<Note>,
    /// On `out`, replaces what the entry says.
    #[schema(value_type = Option<Vec<String>>, max_items = 20)]
    tags: Option<Labels>,
    /// Whether somebody pays; the project's habit where absent.
    billable: Option<bool>,
    /// The device's own time, where the press happened earlier than it is sent: up to 60 s ahead of the server and
    /// 7 days back.
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Rfc3339>,
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ClockAction)]
enum ClockActionDto {
    /// Begin an open entry.
    In,
    /// Close the open entry.
    Out,
    /// Close the open entry and begin another at the same instant.
    Switch,
}

/// What the press did, and what the clock shows now.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClockAnswer {
    /// The entry that was begun, or on `out` the one that was closed.
    entry: EntryDto,
    status: StatusDto,
}

/// Clock in, out, or switch
///
/// 409 `already_clocked_in` names the open entry, 409 `overlap` the entry in the way. Sent again with the same
/// `Idempotency-Key`, at any time, it does nothing and gives its first answer.
#[utoipa::path(
    post,
    path = "/clock",
    operation_id = "clock",
    tag = "clock",
    params(("idempotency-key" = Option<String>, Header, format = "uuid", description = "Names the change.")),
    request_body = ClockBody,
    responses((status = 200, description = "Done.", body = ClockAnswer)),
)]
pub async fn press(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Change { command, body }: Change<ClockBody>,
) -> Result<Response, Problem> {
    let context = state.context();
    let request = ClockRequest::from(body);
    let action = clock(context, &caller, command, &request, |entry, state| {
        let answer = ClockAnswer { entry: entry.into(), status: state.into() };
        Reply::ok().version(entry.version).json(&answer)
    });
    answered(once(context, &caller, command, action).await?)
}

impl From<ClockBody> for ClockRequest {
    fn from(body: ClockBody) -> Self {
        Self {
            action: match body.action {
                ClockActionDto::In => ClockAction::In,
                ClockActionDto::Out => ClockAction::Out,
                ClockActionDto::Switch => ClockAction::Switch,
            },
            project_id: body.project_id,
            note: body.note,
            tags: body.tags,
            billable: body.billable,
            at: body.at.map(|at| at.0),
        }
    }
}
