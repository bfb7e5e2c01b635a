//! Erasing a member.

use axum::{extract::State, response::Response};
use tracing::Instrument;
use vibesheets_core::{
    MemberId, SignIn,
    actions::{
        erasure::{erase_member, finish_erasure},
        once,
    },
};

use crate::{
    ApiState,
    answer::{Reply, answered},
    auth::Authenticated,
    dto::MemberDto,
    extract::{BareChange, Id},
    openapi::IdempotencyKey,
    problem::Problem,
};

/// Erase a member
///
/// For ever: name, address, sign-in and time of an archived member are gone; the journal keeps hashes and an id without a name.
/// Backups, mirrors and replicas hold them until they are pruned, and a restore erases them again. Sent again, it finishes what
/// was interrupted.
#[utoipa::path(
    post,
    path = "/members/{id}/erasure",
    operation_id = "erase_member",
    tag = "members",
    params(("id" = String, Path, format = "uuid"), IdempotencyKey),
    responses((status = 200, description = "Erased.", body = MemberDto, headers(("etag" = String)))),
)]
pub async fn erase(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Id(id): Id<MemberId>,
    BareChange(command): BareChange,
) -> Result<Response, Problem> {
    let context = state.context();
    let action = erase_member(context, &caller, command, id, |member| {
        Reply::ok().version(member.version).json(&MemberDto::new(member, SignIn::None))
    });
    let answer = once(context, &caller, command, action).await?;
    state.sessions.forget_member(id);
    // A task of its own, which outlives a client that goes away; also where the answer is one that was given before, since
    // what came after that may have been interrupted.
    let finishing = async move { finish_erasure(state.context(), caller.organisation.id, id).await };
    tokio::spawn(finishing.in_current_span()).await.map_err(Problem::internal)??;
    answered(answer)
}
