//! A signed checkpoint.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use vibesheets_core::{
    MemberId,
    actions::{Caller, heads::checkpoint},
};

use crate::{ApiState, auth::Authenticated, problem::Problem};

/// A signed checkpoint
///
/// Where the organisation's journal and the caller's own stand, signed: a signed note (c2sp.org/signed-note) that
/// `vibesheets verify --against` holds a store against. Whoever keeps one can show later that nothing from before was
/// changed, or that it was.
#[utoipa::path(
    get,
    path = "/checkpoint",
    operation_id = "show_checkpoint",
    tag = "organisation",
    responses(
        (status = 200, description = "The checkpoint.", content((String = "text/plain"))),
        (status = 404, description = "This server has no key to sign with."),
    ),
)]
pub async fn show(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
) -> Result<Response, Problem> {
    let note = signed(&state, &caller, Some(caller.member.id)).await?;
    let note = note.ok_or_else(|| Problem::not_found("checkpoint"))?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))], note)
        .into_response())
}

/// A checkpoint of now, also over `member`'s stream; `None` where the server has no key.
pub(crate) async fn signed(
    state: &ApiState,
    caller: &Caller,
    member: Option<MemberId>,
) -> Result<Option<String>, Problem> {
    let Some(signer) = state.checkpoint_signer.get() else { return Ok(None) };
    Ok(Some(checkpoint(state.context(), caller, member).await?.sign(&**signer)))
}
