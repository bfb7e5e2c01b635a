//! The organisation.

use axum::{extract::State, response::Response};
use vibesheets_core::{
    Organisation,
    actions::Caller,
    policy::{Action, Target},
};

use crate::{ApiState, answer, auth::Authenticated, dto::OrganisationDto, problem::Problem};

/// The organisation
#[utoipa::path(
    get,
    path = "/organisation",
    operation_id = "show_organisation",
    tag = "organisation",
    responses((
        status = 200,
        description = "The organisation.",
        body = OrganisationDto,
        headers(("etag" = String)),
    )),
)]
pub async fn show(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
) -> Result<Response, Problem> {
    let organisation = current(&state, &caller).await?;
    Ok(answer::versioned(organisation.version, &OrganisationDto::from(&organisation)))
}

/// The caller's organisation as it is now; what their session remembers may be seconds old.
pub(super) async fn current(state: &ApiState, caller: &Caller) -> Result<Organisation, Problem> {
    caller.authorize(Action::ReadOrganisation, Target::Organisation)?;
    let organisation = state.store.find_organisation(&caller.scope()).await?;
    organisation.ok_or_else(|| Problem::not_found("organisation"))
}
