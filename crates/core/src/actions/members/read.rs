//! Members as they are shown: with how far their sign-in has come.

use std::collections::HashMap;

use crate::{
    Invitation, Member, MemberId, SignIn,
    actions::{ActionError, Caller, Context, Refusal, directory::read_directory},
    policy::{Action, Target},
};

/// The members that the caller may see: all by name, or only themselves.
///
/// # Errors
/// [`Refusal::Forbidden`], or the store's error.
pub async fn list_members(
    context: Context<'_>,
    caller: &Caller,
) -> Result<Vec<(Member, SignIn)>, ActionError> {
    let mut members = read_directory(context, caller).await?.members;
    members.retain(|member| caller.authorize(Action::ReadMembers, Target::Member(member.id)).is_ok());
    let open = context.store.list_open_invitations(&caller.scope()).await?;
    let open: HashMap<MemberId, Invitation> =
        open.into_iter().map(|invitation| (invitation.member, invitation)).collect();
    let now = context.time.now();
    let shown = members.into_iter().map(|member| {
        let sign_in = SignIn::of(&member, open.get(&member.id), now);
        (member, sign_in)
    });
    Ok(shown.collect())
}

/// One member.
///
/// # Errors
/// [`Refusal::NotFound`] for an unknown or foreign id, and for one that the caller may not see (I8).
pub async fn find_member(
    context: Context<'_>,
    caller: &Caller,
    id: MemberId,
) -> Result<(Member, SignIn), ActionError> {
    let unknown = Refusal::NotFound("member");
    caller.authorize(Action::ReadMembers, Target::Member(id)).map_err(|_| unknown.clone())?;
    let member = context.store.find_member(&caller.scope(), id).await?.ok_or(unknown)?;
    let invitation = context.store.find_open_invitation(&caller.scope(), id).await?;
    let sign_in = SignIn::of(&member, invitation.as_ref(), context.time.now());
    Ok((member, sign_in))
}
