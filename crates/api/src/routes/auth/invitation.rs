//! What an invitation offers.

use axum::{extract::State, response::Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vibesheets_core::{Email, Name, OrganisationId, actions::invitations::find_invitation};

use crate::{ApiState, answer, dto::RoleDto, extract::Json, problem::Problem};

/// The token of an invitation's link.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationBody {
    /// The token of the link.
    invitation: String,
}

/// What an invitation offers.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationOffer {
    organisation: InvitingOrganisation,
    /// Where the invitation went.
    #[schema(value_type = Option<String>, format = Email, required)]
    email: Option<Email>,
    /// What the member is called so far.
    #[schema(value_type = String)]
    name: Name,
    /// What they may do once they are in.
    role: RoleDto,
}

/// Who invites.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitingOrganisation {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    id: OrganisationId,
    /// What its people call it.
    #[schema(value_type = String)]
    name: Name,
}

/// What an invitation offers
///
/// The token goes in the body, so that no log of paths holds it. 404 alike where it is unknown, used or expired.
#[utoipa::path(
    post,
    path = "/auth/invitation",
    operation_id = "invitation_offer",
    tag = "auth",
    security(()),
    request_body = InvitationBody,
    responses((status = 200, description = "It can be accepted.", body = InvitationOffer)),
)]
pub async fn show(
    State(state): State<ApiState>,
    Json(body): Json<InvitationBody>,
) -> Result<Response, Problem> {
    let offer = find_invitation(state.context(), &state.invitations, &body.invitation).await?;
    Ok(answer::json(&InvitationOffer {
        organisation: InvitingOrganisation { id: offer.organisation.id, name: offer.organisation.name },
        email: offer.member.email,
        name: offer.member.name,
        role: offer.member.role.into(),
    }))
}
