//! Members: who is in the organisation, and as what.

mod read;

pub use read::{find_member, list_members};

use jiff::Timestamp;

use super::{
    ActionError, Caller, Command, Context, DirectoryDecision, Refusal, change_directory,
    directory::{Decided, expect_permitted, expect_version},
    invitations::{InvitationKey, issued},
    run::change_directory_and_invitation,
};
use crate::{
    DurationFormat, Email, Invitation, InvitationId, Member, MemberId, Name, Reason, Role, SignIn,
    journal::{DirectoryChange, Operation, Revision},
    policy::{self, Action, Target},
    store::{Answer, Directory},
    time::Zone,
};

/// Somebody to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMember {
    /// What they are called.
    pub name: Name,
    /// Where they are invited; without one they have no sign-in until they are invited.
    pub email: Option<Email>,
    /// What they may do.
    pub role: Role,
    /// Where their clock runs; the organisation's zone where `None`.
    pub time_zone: Option<Zone>,
}

/// What changes in a member; what is `None` stays. The rest is theirs: [`super::settings`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemberEdit {
    /// What they are called.
    pub name: Option<Name>,
    /// What they may do.
    pub role: Option<Role>,
    /// Whether they are archived. Nothing of theirs ends, an open entry neither; they can do nothing any more.
    pub archived: Option<bool>,
}

/// Adds a member; with an address, an invitation is made too. `render` gets both. The invitation's link is not in
/// the answer: it is told by [`super::invitations::InvitationToken::of`] each time the answer is sent.
///
/// # Errors
/// [`Refusal::Forbidden`], also for a new owner where the caller is none; [`Refusal::Duplicate`] for an address that
/// another member has.
pub async fn create_member(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    key: &InvitationKey,
    request: &NewMember,
    render: impl Fn(&Member, Option<&Invitation>) -> Answer + Send + Sync,
) -> Result<Answer, ActionError> {
    caller.authorize(Action::WriteMembers, Target::Organisation)?;
    let now = context.time.now();
    let ids = (MemberId::generate(now, context.random), InvitationId::generate(now, context.random));
    change_directory(context, caller, command, now, |directory| {
        let actor = expect_permitted(directory, caller, Action::WriteMembers, Target::Organisation)?;
        let Decided { after, mut changes } = created(directory, actor, ids.0, request, now)?;
        let organisation = directory.organisation.id;
        let invitation = after.email.as_ref().map(|_| issued(key, organisation, ids.1, after.id, now));
        changes.extend(
            invitation.clone().map(|after| DirectoryChange::Invitation(Revision { before: None, after })),
        );
        let answer = render(&after, invitation.as_ref());
        Ok(DirectoryDecision { operation: Operation::MemberCreate, changes, answer })
    })
    .await
}

/// Changes a member's name or role, or archives them. `render` is told how far their sign-in has come.
///
/// # Errors
/// [`Refusal::Forbidden`], also where an owner is made or changed by somebody who is none; [`Refusal::NotFound`],
/// [`Refusal::Stale`]; [`Refusal::NotAllowed`] where the organisation would have no owner left who can sign in.
pub async fn edit_member(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    id: MemberId,
    expected_version: u32,
    edit: &MemberEdit,
    render: impl Fn(&Member, SignIn) -> Answer + Send + Sync,
) -> Result<Answer, ActionError> {
    caller.authorize(Action::WriteMembers, Target::Member(id))?;
    let now = context.time.now();
    change_directory_and_invitation(context, caller, command, now, Some(id), |directory, invitation| {
        let actor = expect_permitted(directory, caller, Action::WriteMembers, Target::Member(id))?;
        let Decided { after, changes } = edited(directory, actor, id, expected_version, edit)?;
        let answer = render(&after, SignIn::of(&after, invitation, now));
        Ok(DirectoryDecision { operation: Operation::MemberEdit, changes, answer })
    })
    .await
}

fn created(
    directory: &Directory,
    actor: &Member,
    id: MemberId,
    request: &NewMember,
    now: Timestamp,
) -> Result<Decided<Member>, Refusal> {
    expect_rank(actor, id, &[request.role])?;
    let time_zone = request.time_zone.as_ref().unwrap_or(&directory.organisation.time_zone);
    let member = Member {
        id,
        account: None,
        name: request.name.clone(),
        email: request.email.clone(),
        role: request.role,
        time_zone: time_zone.clone(),
        // Whoever invites them most likely speaks to them in their own language; they choose when they join.
        locale: actor.locale,
        duration_format: DurationFormat::default(),
        archived: false,
        erased: false,
        version: 1,
        created_at: now,
    };
    expect_free_email(directory, &member)?;
    Ok(Decided::created(member, DirectoryChange::Member))
}

fn edited(
    directory: &Directory,
    actor: &Member,
    id: MemberId,
    expected_version: u32,
    edit: &MemberEdit,
) -> Result<Decided<Member>, Refusal> {
    let before = directory.members.iter().find(|member| member.id == id);
    let before = before.ok_or(Refusal::NotFound("member"))?;
    expect_not_erased(before)?;
    let mut after = before.clone();
    after.name = edit.name.clone().unwrap_or(after.name);
    after.role = edit.role.unwrap_or(after.role);
    after.archived = edit.archived.unwrap_or(after.archived);
    expect_rank(actor, id, &[before.role, after.role])?;
    expect_version(before.version, expected_version)?;
    if after == *before {
        return Ok(Decided::unchanged(after));
    }
    expect_owner_left(directory, before, &after)?;
    after.version += 1;
    Ok(Decided::edited(before, after, DirectoryChange::Member))
}

/// Owners are for owners. This also keeps everyone from raising themselves: below the owners only admins change
/// members, and they have no other role above their own.
pub(super) fn expect_rank(actor: &Member, target: MemberId, roles: &[Role]) -> Result<(), Refusal> {
    let touches_owner = roles.contains(&Role::Owner);
    if touches_owner && !policy::permits(actor, Action::WriteOwners, Target::Member(target)) {
        return Err(Refusal::Forbidden);
    }
    Ok(())
}

/// # Errors
/// [`Refusal::NotAllowed`] for somebody of whom nothing is left that could change.
pub(super) fn expect_not_erased(member: &Member) -> Result<(), Refusal> {
    if member.erased {
        return Err(Refusal::not_allowed(
            "erased",
            "this member was erased, and nothing of them can come back",
        ));
    }
    Ok(())
}

fn expect_owner_left(directory: &Directory, before: &Member, after: &Member) -> Result<(), Refusal> {
    // An owner without a sign-in could not make another owner: they do not count.
    let owns = |member: &Member| member.role == Role::Owner && !member.archived && member.account.is_some();
    let another = directory.members.iter().any(|member| member.id != after.id && owns(member));
    if another || !owns(before) || owns(after) {
        return Ok(());
    }
    let detail =
        format!("the last owner who can sign in is {}; make somebody else an owner first", before.name);
    Err(Refusal::NotAllowed(Reason::new("last_owner", detail).with("name", &before.name)))
}

/// # Errors
/// [`Refusal::Duplicate`] where another member, archived or not, has the address.
pub(super) fn expect_free_email(directory: &Directory, after: &Member) -> Result<(), Refusal> {
    let Some(email) = &after.email else { return Ok(()) };
    let same = |other: &&Member| other.id != after.id && other.email.as_ref() == Some(email);
    directory.members.iter().find(same).map_or(Ok(()), |other| {
        let (code, archived) =
            if other.archived { ("address_archived", " (archived)") } else { ("address_taken", "") };
        let detail = format!("the address {email} is that of {}{archived} already", other.name);
        let reason = Reason::new(code, detail).with("email", email).with("name", &other.name);
        Err(Refusal::Duplicate(reason))
    })
}

#[cfg(test)]
mod tests;
