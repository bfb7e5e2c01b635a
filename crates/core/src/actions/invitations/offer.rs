//! What an invitation offers, to whoever holds its link.

use jiff::Timestamp;

use super::{InvitationKey, InvitationToken};
use crate::{
    Invitation, Member, Organisation,
    actions::{ActionError, Context, Refusal},
    journal::Actor,
    store::Scope,
};

/// What the page of the link shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationOffer {
    /// Where the person is invited to.
    pub organisation: Organisation,
    /// Who they will be there.
    pub member: Member,
    /// The invitation.
    pub invitation: Invitation,
}

/// What the invitation with this token, made with `key`, offers.
///
/// # Errors
/// [`Refusal::NotFound`] alike for a token that is malformed, unknown, forged, used, replaced or expired, or made with
/// another key, and for a member who is archived or signs in already: nobody learns from it which invitations there are.
pub async fn find_invitation(
    context: Context<'_>,
    key: &InvitationKey,
    token: &str,
) -> Result<InvitationOffer, ActionError> {
    let unknown = Refusal::NotFound("invitation");
    let token = InvitationToken::read(key, token)?;
    let scope = Scope { organisation: token.organisation, actor: Actor::System };
    let invitation = context.store.find_invitation(&scope, token.invitation).await?;
    let invitation = invitation.ok_or_else(|| unknown.clone())?;
    let member = context.store.find_member(&scope, invitation.member).await?;
    let member = member.ok_or_else(|| unknown.clone())?;
    let organisation = context.store.find_organisation(&scope).await?;
    if !usable_by(&token, &invitation, &member, context.time.now()) {
        return Err(unknown.into());
    }
    Ok(InvitationOffer { organisation: organisation.ok_or(unknown)?, member, invitation })
}

/// Whether the holder of `token` may become `member` now.
pub(in crate::actions) fn usable_by(
    token: &InvitationToken,
    invitation: &Invitation,
    member: &Member,
    now: Timestamp,
) -> bool {
    token.matches(&invitation.secret_digest)
        && invitation.ended_at.is_none()
        && now < invitation.expires_at
        && member.id == invitation.member
        && member.account.is_none()
        && !member.archived
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        InvitationId, Role,
        actions::{
            example::{directory, member},
            invitations::issued,
        },
    };

    #[test]
    fn an_invitation_works_until_it_is_used_replaced_or_a_week_old() {
        let (organisation, id) = (directory().organisation.id, InvitationId::from_bytes([4; 16]));
        let invited = Member { account: None, ..member(2, Role::Member) };
        let token = |key| InvitationToken::of(&InvitationKey([key; 32]), organisation, id);
        let made = Timestamp::UNIX_EPOCH;
        let invitation = issued(&InvitationKey([7; 32]), organisation, id, invited.id, made);
        let last = Timestamp::from_second(7 * 86_400 - 1).expect("a time");
        let expired = Timestamp::from_second(7 * 86_400).expect("a time");
        assert!(usable_by(&token(7), &invitation, &invited, last));
        assert!(!usable_by(&token(7), &invitation, &invited, expired));
        assert!(!usable_by(&token(8), &invitation, &invited, made), "forged");
        let used = Invitation { ended_at: Some(made), ..invitation.clone() };
        assert!(!usable_by(&token(7), &used, &invited, made));
        for unfit in [
            member(2, Role::Member),
            Member { archived: true, ..invited.clone() },
            Member { account: None, ..member(3, Role::Member) },
        ] {
            assert!(!usable_by(&token(7), &invitation, &unfit, made), "{unfit:?}");
        }
    }
}
