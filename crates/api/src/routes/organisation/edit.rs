//! Changing the organisation's settings.

use axum::{extract::State, response::Response};
use serde::Deserialize;
use utoipa::ToSchema;
use vibesheets_core::{
    Name,
    actions::{
        once,
        organisation::{OrganisationEdit, edit_organisation},
    },
    policy::{Action, Target},
    time::{FirstDayOfWeek, Zone},
};

use super::show::current;
use crate::{
    ApiState,
    answer::{Reply, answered},
    auth::Authenticated,
    dto::{OrganisationDto, given},
    extract::{Change, IfMatch},
    openapi::{IdempotencyKey, IfMatchVersion},
    problem::Problem,
};

/// What changes in the organisation; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganisationPatch {
    /// What its people call it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false, max_length = 120)]
    name: Option<Name>,
    /// The zone that new members start with (IANA); members who are there keep theirs.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false, example = "Europe/Vienna")]
    time_zone: Option<Zone>,
    /// Where its weeks begin: 1 is Monday, 7 is Sunday (ISO 8601).
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = u8, required = false, minimum = 1, maximum = 7)]
    first_day_of_week: Option<FirstDayOfWeek>,
    /// What a member is expected to work in a week.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = u32, required = false, maximum = 604_800, example = 138_600)]
    week_target_seconds: Option<u32>,
}

/// Change the organisation's settings
#[utoipa::path(
    patch,
    path = "/organisation",
    operation_id = "edit_organisation",
    tag = "organisation",
    params(IfMatchVersion, IdempotencyKey),
    request_body = OrganisationPatch,
    responses((status = 200, description = "Changed.", body = OrganisationDto, headers(("etag" = String)))),
)]
pub async fn edit(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    if_match: IfMatch,
    Change { command, body }: Change<OrganisationPatch>,
) -> Result<Response, Problem> {
    let context = state.context();
    caller.authorize(Action::WriteOrganisation, Target::Organisation)?;
    let version = async { current(&state, &caller).await.map(|organisation| organisation.version) };
    let expected_version = if_match.version(version).await?;
    let OrganisationPatch { name, time_zone, first_day_of_week, week_target_seconds } = body;
    let edit = OrganisationEdit { name, time_zone, first_day_of_week, week_target_seconds };
    let action = edit_organisation(context, &caller, command, expected_version, &edit, |organisation| {
        Reply::ok().version(organisation.version).json(&OrganisationDto::from(organisation))
    });
    let answer = once(context, &caller, command, action).await?;
    state.sessions.forget_organisation(caller.organisation.id);
    answered(answer)
}
