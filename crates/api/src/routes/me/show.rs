//! Who asks.

use axum::{extract::State, response::Response};
use vibesheets_core::Account;

use crate::{
    ApiState, answer,
    auth::{InSession, SignedIn},
    dto::MeDto,
    problem::Problem,
};

/// Who you are
#[utoipa::path(
    get,
    path = "/me",
    operation_id = "show_me",
    tag = "me",
    responses((status = 200, description = "You, your organisation, your session.", body = MeDto)),
)]
pub async fn show(
    InSession(signed_in): InSession,
    State(state): State<ApiState>,
) -> Result<Response, Problem> {
    let account = account_of(&state, &signed_in).await?;
    let SignedIn { caller, session } = &*signed_in;
    Ok(answer::json(&MeDto::new(&account, &caller.member, &caller.organisation, session)))
}

/// The caller's account, which is not remembered with the session: only `/me` shows it.
pub(super) async fn account_of(state: &ApiState, signed_in: &SignedIn) -> Result<Account, Problem> {
    state.store.find_account(signed_in.session.account).await?.ok_or_else(Problem::not_signed_in)
}
