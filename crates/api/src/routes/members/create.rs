//! Adding a member.

use axum::{extract::State, response::Response};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;
use vibesheets_core::{
    Email, Name, SignIn,
    actions::{
        members::{NewMember, create_member},
        once,
    },
    time::Zone,
};

use super::{InvitationLink, invitation::KeptInvitation};
use crate::{
    ApiState,
    answer::{Reply, answered_with},
    auth::Authenticated,
    dto::{MemberDto, RoleDto},
    extract::Change,
    openapi::IdempotencyKey,
    problem::Problem,
};

/// Somebody to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMemberBody {
    /// What they are called.
    #[schema(value_type = String, max_length = 120, example = "Ada Lovelace")]
    name: Name,
    /// Where they are invited; without one they have no sign-in until they are invited.
    #[schema(value_type = Option<String>, format = Email)]
    email: Option<Email>,
    /// What they may do. Only owners make owners.
    role: RoleDto,
    /// Where their clock runs (IANA); the organisation's zone where absent.
    #[schema(value_type = Option<String>, example = "Europe/Vienna")]
    time_zone: Option<Zone>,
}

/// A new member, and how they sign in.
#[derive(Debug, Serialize, ToSchema)]
pub struct NewMemberAnswer {
    #[schema(value_type = MemberDto)]
    member: Box<RawValue>,
    /// Null where there is no address.
    #[schema(required)]
    invitation: Option<InvitationLink>,
}

#[derive(Serialize)]
struct Keeping<'a> {
    member: MemberDto,
    invitation: Option<&'a KeptInvitation>,
}

#[derive(Deserialize)]
struct Kept {
    member: Box<RawValue>,
    invitation: Option<KeptInvitation>,
}

/// Add a member
///
/// With an address, they are invited. 409 `duplicate` names the member who has the address already.
#[utoipa::path(
    post,
    path = "/members",
    operation_id = "create_member",
    tag = "members",
    params(IdempotencyKey),
    request_body = NewMemberBody,
    responses((
        status = 201,
        description = "Added.",
        body = NewMemberAnswer,
        headers(("location" = String, description = "Its path under the mount."), ("etag" = String)),
    )),
)]
pub async fn create(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Change { command, body }: Change<NewMemberBody>,
) -> Result<Response, Problem> {
    let NewMemberBody { name, email, role, time_zone } = body;
    let request = NewMember { name, email, role: role.into(), time_zone };
    let context = state.context();
    let key = &state.invitations;
    let action = create_member(context, &caller, command, key, &request, |member, invitation| {
        let sign_in = if invitation.is_some() { SignIn::Invited } else { SignIn::None };
        let invitation = invitation.map(KeptInvitation::from);
        let keeping = Keeping { member: MemberDto::new(member, sign_in), invitation: invitation.as_ref() };
        Reply::created(format!("/members/{}", member.id)).version(member.version).json(&keeping)
    });
    let answer = once(context, &caller, command, action).await?;
    answered_with(answer, |kept: Kept| NewMemberAnswer {
        member: kept.member,
        invitation: kept.invitation.map(|invitation| invitation.link(&state, &caller)),
    })
}
