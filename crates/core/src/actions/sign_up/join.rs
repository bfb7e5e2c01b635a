//! An invited member's sign-in.

use jiff::Timestamp;

use super::person::{Newcomer, SignUp, SignedUp, refused};
use crate::{
    Account, CommandId, Invitation, MemberId, Reason,
    actions::{
        ActionError, Context, Refusal,
        invitations::{InvitationKey, InvitationToken, ended, usable_by},
        members::expect_free_email,
        run::{MOST_ATTEMPTS, directory_write},
    },
    journal::{Actor, DirectoryChange, Operation, RecordDraft, Revision},
    store::{Directory, Scope, SignUpWrite, StoreError},
};

/// Gives an invited member their sign-in. The invitation is the member's, whoever holds its link: the address that
/// they type becomes the account's, even where the invitation went to another one. The member keeps the address that
/// they were invited at, by which imported files name them, and gets the account's where they had none.
///
/// # Errors
/// [`Refusal::NotFound`] as [`crate::actions::invitations::find_invitation`]; [`Refusal::Duplicate`] where the address has an
/// account; [`Refusal::NotAllowed`] where the account is a member of the organisation already.
pub async fn accept_invitation(
    context: Context<'_>,
    command: CommandId,
    sign_up: &SignUp,
    key: &InvitationKey,
    token: &str,
) -> Result<SignedUp, ActionError> {
    let unknown = Refusal::NotFound("invitation");
    let token = InvitationToken::read(key, token)?;
    let now = context.time.now();
    let newcomer = Newcomer::new(context, command, &sign_up.person, now);
    let scope = Scope { organisation: token.organisation, actor: Actor::Account(newcomer.account.id) };
    for _ in 0..MOST_ATTEMPTS {
        // The invitation is read after the head that is decided on, and written in the same stream.
        let directory = context.store.load_directory(&scope).await?.ok_or_else(|| unknown.clone())?;
        let invitation = context.store.find_invitation(&scope, token.invitation).await?;
        let invitation = invitation.ok_or_else(|| unknown.clone())?;
        let (member, changes) = joined(&directory, &token, &invitation, &newcomer.account, sign_up, now)?;
        let draft =
            RecordDraft { now, actor: scope.actor, operation: Operation::MemberJoin, command, applied: None };
        let directory = directory_write(context, scope, directory.head, draft, changes, None);
        let write = SignUpWrite { account: newcomer.write.clone(), directory, only_if_store_is_empty: false };
        match context.store.sign_up(&scope, write).await {
            Ok(_) => return Ok(newcomer.signed_up(scope.organisation, member)),
            Err(StoreError::Conflict { .. }) => {}
            Err(error) => return Err(refused(error, &newcomer.account)),
        }
    }
    Err(Refusal::Busy.into())
}

/// The member as they join, and what changes.
fn joined(
    directory: &Directory,
    token: &InvitationToken,
    invitation: &Invitation,
    account: &Account,
    sign_up: &SignUp,
    now: Timestamp,
) -> Result<(MemberId, Vec<DirectoryChange>), Refusal> {
    let before = directory.members.iter().find(|member| member.id == invitation.member);
    let before = before.filter(|member| usable_by(token, invitation, member, now));
    let before = before.ok_or(Refusal::NotFound("invitation"))?;
    if directory.members.iter().any(|member| member.account == Some(account.id)) {
        let name = &directory.organisation.name;
        let detail = format!("the account {} is a member of {name} already; sign in instead", account.email);
        return Err(Refusal::NotAllowed(Reason::new("already_member", detail).with("organisation", name)));
    }
    let mut after = before.clone();
    after.account = Some(account.id);
    after.name = sign_up.name.clone();
    after.time_zone = sign_up.time_zone.clone();
    after.locale = sign_up.locale.unwrap_or(before.locale);
    if after.email.is_none() {
        after.email = Some(account.email.clone());
        // Another member may be known by this address: then this one has none.
        after.email = expect_free_email(directory, &after).is_ok().then(|| account.email.clone());
    }
    after.version += 1;
    let member = after.id;
    let changes = vec![
        DirectoryChange::Member(Revision { before: Some(before.clone()), after }),
        DirectoryChange::Invitation(ended(invitation, now)),
    ];
    Ok((member, changes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        AccountId, InvitationId, Locale, Member, PasswordHash, Role,
        actions::{
            example::{directory, email, member, name},
            invitations::issued,
            sign_up::Person,
        },
        time::Zone,
    };

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;
    const KEY: InvitationKey = InvitationKey([7; 32]);
    const INVITATION: InvitationId = InvitationId::from_bytes([4; 16]);

    fn with_an_invited_member() -> (Directory, InvitationToken, Invitation) {
        let mut directory = directory();
        directory.members.push(Member { account: None, email: None, ..member(2, Role::Manager) });
        let organisation = directory.organisation.id;
        let invitation = issued(&KEY, organisation, INVITATION, directory.members[1].id, NOW);
        (directory, InvitationToken::of(&KEY, organisation, INVITATION), invitation)
    }

    fn account(number: u8, address: &str) -> Account {
        let id = AccountId::from_bytes([number; 16]);
        Account {
            id,
            email: email(address),
            password: PasswordHash(String::new()),
            version: 1,
            created_at: NOW,
        }
    }

    fn sign_up(person: &Account) -> SignUp {
        let time_zone = Zone::named("Europe/Vienna").expect("a zone");
        SignUp {
            person: Person::Existing(person.clone()),
            name: name("Ada"),
            time_zone,
            locale: Some(Locale::De),
        }
    }

    fn member_after(changes: &[DirectoryChange]) -> &Member {
        match changes {
            [DirectoryChange::Member(member), DirectoryChange::Invitation(invitation)] => {
                assert_eq!(invitation.after.ended_at, Some(NOW), "an invitation is used once");
                &member.after
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn who_joins_gets_the_role_they_were_invited_in_and_says_the_rest_themselves() {
        let (directory, token, invitation) = with_an_invited_member();
        let ada = account(9, "ada@example.com");
        let (_, changes) =
            joined(&directory, &token, &invitation, &ada, &sign_up(&ada), NOW).expect("a good invitation");
        let after = member_after(&changes);
        assert_eq!((after.role, after.account, after.version), (Role::Manager, Some(ada.id), 2));
        assert_eq!(
            (&after.name, after.time_zone.name(), after.locale),
            (&name("Ada"), "Europe/Vienna", Locale::De)
        );
        assert_eq!(after.email, Some(ada.email));
    }

    #[test]
    fn the_address_of_the_invitation_stays_and_another_members_address_is_not_taken() {
        let (mut directory, token, invitation) = with_an_invited_member();
        let taken = account(9, "member1@example.com");
        let (_, changes) = joined(&directory, &token, &invitation, &taken, &sign_up(&taken), NOW)
            .expect("a good invitation");
        assert_eq!(member_after(&changes).email, None);
        directory.members[1].email = Some(email("invited@example.com"));
        let (_, changes) = joined(&directory, &token, &invitation, &taken, &sign_up(&taken), NOW)
            .expect("a good invitation");
        assert_eq!(member_after(&changes).email, Some(email("invited@example.com")));
    }

    #[test]
    fn nobody_joins_twice_or_with_an_invitation_that_does_not_work() {
        let (directory, token, invitation) = with_an_invited_member();
        let member_already = account(1, "one@example.com");
        let twice = joined(&directory, &token, &invitation, &member_already, &sign_up(&member_already), NOW);
        assert!(matches!(twice, Err(Refusal::NotAllowed(_))));
        let ada = account(9, "ada@example.com");
        let used = Invitation { ended_at: Some(NOW), ..invitation };
        let late = joined(&directory, &token, &used, &ada, &sign_up(&ada), NOW);
        assert_eq!(late, Err(Refusal::NotFound("invitation")));
    }
}
