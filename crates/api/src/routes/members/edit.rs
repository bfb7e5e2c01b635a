//! Changing what a member is called or may do, or archiving them.

use axum::{extract::State, response::Response};
use serde::Deserialize;
use utoipa::ToSchema;
use vibesheets_core::{
    MemberId, Name,
    actions::{
        members::{MemberEdit, edit_member, find_member},
        once,
    },
    policy::{Action, Target},
};

use crate::{
    ApiState,
    answer::{Reply, answered},
    auth::Authenticated,
    dto::{MemberDto, RoleDto, given},
    extract::{Change, Id, IfMatch},
    openapi::{IdempotencyKey, IfMatchVersion},
    problem::Problem,
};

/// What changes in a member; what is absent stays. Zone and language are theirs: `PATCH /me`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberPatch {
    /// What they are called.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = String, required = false, max_length = 120)]
    name: Option<Name>,
    /// What they may do. Only owners make and change owners; the last one stays.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = RoleDto, required = false)]
    role: Option<RoleDto>,
    /// Whether they can do nothing any more. Their time stays.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = bool, required = false)]
    archived: Option<bool>,
}

/// Change a member
///
/// Members are archived, never deleted. It takes effect in their open sessions within five seconds.
#[utoipa::path(
    patch,
    path = "/members/{id}",
    operation_id = "edit_member",
    tag = "members",
    params(("id" = String, Path, format = "uuid"), IfMatchVersion, IdempotencyKey),
    request_body = MemberPatch,
    responses((status = 200, description = "Changed.", body = MemberDto, headers(("etag" = String)))),
)]
pub async fn edit(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Id(id): Id<MemberId>,
    if_match: IfMatch,
    Change { command, body }: Change<MemberPatch>,
) -> Result<Response, Problem> {
    let context = state.context();
    caller.authorize(Action::WriteMembers, Target::Member(id))?;
    let current = async { find_member(context, &caller, id).await.map(|(member, _)| member.version) };
    let expected_version = if_match.version(current).await?;
    let MemberPatch { name, role, archived } = body;
    let edit = MemberEdit { name, role: role.map(Into::into), archived };
    let action = edit_member(context, &caller, command, id, expected_version, &edit, |member, sign_in| {
        Reply::ok().version(member.version).json(&MemberDto::new(member, sign_in))
    });
    let answer = once(context, &caller, command, action).await?;
    state.sessions.forget_member(id);
    answered(answer)
}
