//! What the caller sets for themselves.

use axum::{extract::State, response::Response};
use serde::Deserialize;
use utoipa::ToSchema;
use vibesheets_core::{
    Name,
    actions::{
        once,
        settings::{SettingsEdit, edit_settings},
    },
    time::Zone,
};

use super::show::account_of;
use crate::{
    ApiState,
    answer::{Reply, answered},
    auth::{InSession, SignedIn},
    dto::{DurationFormatDto, LocaleDto, MeDto, given},
    extract::Change,
    openapi::IdempotencyKey,
    problem::Problem,
};

/// What changes; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditMeBody {
    /// What you are called.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false, max_length = 120, example = "Ada Lovelace")]
    name: Option<Name>,
    /// Where your clock runs from now on (IANA); entries keep the zone they were made in.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false, example = "Europe/Vienna")]
    time_zone: Option<Zone>,
    /// Your language.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = LocaleDto, required = false)]
    locale: Option<LocaleDto>,
    /// How you read durations.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = DurationFormatDto, required = false)]
    duration_format: Option<DurationFormatDto>,
}

/// Change your settings
#[utoipa::path(
    patch,
    path = "/me",
    operation_id = "edit_me",
    tag = "me",
    params(IdempotencyKey),
    request_body = EditMeBody,
    responses((status = 200, description = "As it is from now on.", body = MeDto)),
)]
pub async fn edit(
    InSession(signed_in): InSession,
    State(state): State<ApiState>,
    Change { command, body }: Change<EditMeBody>,
) -> Result<Response, Problem> {
    let account = account_of(&state, &signed_in).await?;
    let SignedIn { caller, session } = &*signed_in;
    let edit = SettingsEdit {
        name: body.name,
        time_zone: body.time_zone,
        locale: body.locale.map(Into::into),
        duration_format: body.duration_format.map(Into::into),
    };
    let context = state.context();
    let action = edit_settings(context, caller, command, &edit, |member, organisation| {
        Reply::ok().json(&MeDto::new(&account, member, organisation, session))
    });
    let answer = once(context, caller, command, action).await?;
    state.sessions.forget_member(caller.member.id);
    answered(answer)
}
