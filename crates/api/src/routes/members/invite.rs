//! Inviting a member who cannot sign in yet.

use axum::{extract::State, response::Response};
use serde::Deserialize;
use utoipa::ToSchema;
use vibesheets_core::{
    Email, MemberId,
    actions::{invitations::invite_member, once},
};

use super::{InvitationLink, invitation::KeptInvitation};
use crate::{
    ApiState,
    answer::{Reply, answered_with},
    auth::Authenticated,
    extract::{Change, Id},
    openapi::IdempotencyKey,
    problem::Problem,
};

/// Where the member is invited.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationBody {
    /// Becomes their address; the one they have stays where absent.
    #[schema(value_type = Option<String>, format = Email)]
    email: Option<Email>,
}

/// Invite a member without a sign-in
///
/// An earlier invitation of theirs stops working. The link works for seven days.
#[utoipa::path(
    post,
    path = "/members/{id}/invitation",
    operation_id = "invite_member",
    tag = "members",
    params(("id" = String, Path, format = "uuid"), IdempotencyKey),
    request_body = InvitationBody,
    responses((status = 201, description = "Invited.", body = InvitationLink)),
)]
pub async fn invite(
    State(state): State<ApiState>,
    Authenticated(caller): Authenticated,
    Id(id): Id<MemberId>,
    Change { command, body }: Change<InvitationBody>,
) -> Result<Response, Problem> {
    let context = state.context();
    let (key, email) = (&state.invitations, body.email.as_ref());
    let action = invite_member(context, &caller, command, key, id, email, |_, invitation| {
        Reply::created_without_location().json(&KeptInvitation::from(invitation))
    });
    let answer = once(context, &caller, command, action).await?;
    answered_with(answer, |kept: KeptInvitation| kept.link(&state, &caller))
}
