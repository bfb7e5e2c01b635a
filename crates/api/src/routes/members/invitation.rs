//! An invitation as it is kept in an answer, and the link that is made of it each time the answer is sent.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use vibesheets_core::{
    Invitation, InvitationId,
    actions::{Caller, invitations::InvitationToken},
};

use crate::ApiState;

/// What a kept answer holds of an invitation: nothing that whoever reads the store could use.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct KeptInvitation {
    id: InvitationId,
    expires_at: Timestamp,
}

/// A link with which a member gets their sign-in.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationLink {
    /// Whoever opens it becomes the member. It is told to whoever invites and to nobody else.
    #[schema(example = "https://time.example.com/invitation#…")]
    url: String,
    /// When it stops working.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

impl From<&Invitation> for KeptInvitation {
    fn from(invitation: &Invitation) -> Self {
        Self { id: invitation.id, expires_at: invitation.expires_at }
    }
}

impl KeptInvitation {
    /// With its link: the secret stands behind `#`, which browsers send to no server.
    pub(super) fn link(self, state: &ApiState, caller: &Caller) -> InvitationLink {
        let token = InvitationToken::of(&state.invitations, caller.organisation.id, self.id);
        let url = format!("{}/invitation#{token}", state.settings.public_url);
        InvitationLink { url, expires_at: self.expires_at }
    }
}
