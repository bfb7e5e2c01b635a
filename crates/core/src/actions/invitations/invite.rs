//! Inviting a member who cannot sign in yet, for the first time or again.

use jiff::{SignedDuration, Timestamp};

use super::{InvitationKey, InvitationToken};
use crate::{
    Email, Invitation, InvitationId, Member, MemberId, OrganisationId, Reason,
    actions::{
        ActionError, Caller, Command, Context, DirectoryDecision, Refusal,
        directory::expect_permitted,
        members::{expect_free_email, expect_rank},
        run::change_directory_and_invitation,
    },
    journal::{DirectoryChange, Operation, Revision},
    policy::{Action, Target},
    store::{Answer, Directory},
};

/// How long a link works, in days of 24 hours.
pub const INVITATION_DAYS: i64 = 7;

/// Invites a member without a sign-in; an earlier invitation of theirs ends. `email` becomes their address where it
/// is given. `render` gets the member and the invitation; for the link see [`InvitationToken::of`].
///
/// # Errors
/// [`Refusal::Forbidden`], also for an owner where the caller is none; [`Refusal::NotFound`], [`Refusal::Duplicate`]
/// for another member's address; [`Refusal::NotAllowed`] for a member who is archived or signs in already.
pub async fn invite_member(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    key: &InvitationKey,
    id: MemberId,
    email: Option<&Email>,
    render: impl Fn(&Member, &Invitation) -> Answer + Send + Sync,
) -> Result<Answer, ActionError> {
    caller.authorize(Action::WriteMembers, Target::Member(id))?;
    let now = context.time.now();
    let invitation_id = InvitationId::generate(now, context.random);
    change_directory_and_invitation(context, caller, command, now, Some(id), |directory, earlier| {
        let actor = expect_permitted(directory, caller, Action::WriteMembers, Target::Member(id))?;
        let invitation = issued(key, directory.organisation.id, invitation_id, id, now);
        let (member, changes) = invited(directory, actor, email, earlier, &invitation, now)?;
        let answer = render(&member, &invitation);
        Ok(DirectoryDecision { operation: Operation::MemberInvite, changes, answer })
    })
    .await
}

/// A new invitation of `member`.
pub(in crate::actions) fn issued(
    key: &InvitationKey,
    organisation: OrganisationId,
    id: InvitationId,
    member: MemberId,
    now: Timestamp,
) -> Invitation {
    let lifetime = SignedDuration::from_hours(INVITATION_DAYS * 24);
    Invitation {
        id,
        member,
        secret_digest: InvitationToken::of(key, organisation, id).digest(),
        expires_at: now.checked_add(lifetime).unwrap_or(Timestamp::MAX),
        ended_at: None,
    }
}

fn invited(
    directory: &Directory,
    actor: &Member,
    email: Option<&Email>,
    earlier: Option<&Invitation>,
    invitation: &Invitation,
    now: Timestamp,
) -> Result<(Member, Vec<DirectoryChange>), Refusal> {
    let before = directory.members.iter().find(|member| member.id == invitation.member);
    let before = before.ok_or(Refusal::NotFound("member"))?;
    expect_rank(actor, before.id, &[before.role])?;
    if before.account.is_some() {
        let detail = format!("the member {} can sign in already", before.name);
        return Err(Refusal::NotAllowed(Reason::new("member_signs_in", detail).with("name", &before.name)));
    }
    if before.archived {
        let detail = format!("the member {} is archived; take them out of the archive first", before.name);
        return Err(Refusal::NotAllowed(Reason::new("member_archived", detail).with("name", &before.name)));
    }
    let mut member = before.clone();
    member.email = email.or(before.email.as_ref()).cloned();
    expect_free_email(directory, &member)?;
    let mut changes = Vec::new();
    if member != *before {
        member.version += 1;
        let revision = Revision { before: Some(before.clone()), after: member.clone() };
        changes.push(DirectoryChange::Member(revision));
    }
    if let Some(earlier) = earlier {
        changes.push(DirectoryChange::Invitation(ended(earlier, now)));
    }
    changes.push(DirectoryChange::Invitation(Revision { before: None, after: invitation.clone() }));
    Ok((member, changes))
}

/// The invitation, ended now.
pub(in crate::actions) fn ended(invitation: &Invitation, now: Timestamp) -> Revision<Invitation> {
    let after = Invitation { ended_at: Some(now), ..invitation.clone() };
    Revision { before: Some(invitation.clone()), after }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Role,
        actions::example::{directory, email, member},
    };

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn invitation(number: u8, member: u8) -> Invitation {
        let organisation = directory().organisation.id;
        let id = InvitationId::from_bytes([number; 16]);
        issued(&InvitationKey([7; 32]), organisation, id, MemberId::from_bytes([member; 16]), NOW)
    }

    fn with_a_member_to_invite() -> Directory {
        let mut directory = directory();
        directory.members.push(Member { account: None, email: None, ..member(2, Role::Member) });
        directory
    }

    #[test]
    fn inviting_again_ends_the_earlier_invitation_and_keeps_the_address() {
        let directory = with_a_member_to_invite();
        let owner = &directory.members[0];
        let (earlier, new) = (invitation(3, 2), invitation(4, 2));
        let address = email("two@example.com");
        let (member, changes) =
            invited(&directory, owner, Some(&address), Some(&earlier), &new, NOW).expect("no sign-in yet");
        assert_eq!((member.email, member.version), (Some(address), 2));
        let [
            DirectoryChange::Member(_),
            DirectoryChange::Invitation(old),
            DirectoryChange::Invitation(fresh),
        ] = &changes[..]
        else {
            panic!("{changes:?}");
        };
        assert_eq!((old.after.id, old.after.ended_at), (earlier.id, Some(NOW)));
        assert_eq!((&fresh.after, fresh.before.is_none()), (&new, true));
        assert_eq!(new.expires_at.as_second(), 7 * 86_400);
    }

    #[test]
    fn only_an_active_member_without_a_sign_in_is_invited() {
        let mut directory = with_a_member_to_invite();
        let (owner, own) = (directory.members[0].clone(), email("two@example.com"));
        let attempt = |directory: &Directory, actor: &Member, email: Option<&Email>, member| {
            invited(directory, actor, email, None, &invitation(4, member), NOW)
                .map(|(_, changes)| changes.len())
        };
        assert_eq!(attempt(&directory, &owner, None, 2), Ok(1));
        assert_eq!(attempt(&directory, &owner, None, 9), Err(Refusal::NotFound("member")));
        let taken = attempt(&directory, &owner, Some(&email("member1@example.com")), 2);
        assert!(matches!(taken, Err(Refusal::Duplicate(reason)) if reason.detail.contains("Member 1")));
        assert!(matches!(attempt(&directory, &owner, None, 1), Err(Refusal::NotAllowed(_))));
        directory.members[1].email = Some(own.clone());
        assert_eq!(attempt(&directory, &owner, Some(&own), 2), Ok(1), "their own address again");
        directory.members[1].archived = true;
        assert!(matches!(attempt(&directory, &owner, None, 2), Err(Refusal::NotAllowed(_))));
    }

    #[test]
    fn an_admin_does_not_invite_an_owner() {
        let mut directory = with_a_member_to_invite();
        directory.members[1].role = Role::Owner;
        let result = invited(&directory, &member(3, Role::Admin), None, None, &invitation(4, 2), NOW);
        assert_eq!(result, Err(Refusal::Forbidden));
    }
}
