//! Where an account may sign in, and as whom.

use std::sync::Arc;

use crate::{
    AccountId, Member, Membership, OrganisationId,
    actions::{ActionError, Caller, Context},
};

/// Where the account signs in: in the organisation asked for, otherwise in the one that it has belonged to longest.
/// `None` where it is no member there, or an archived one; the edge tells that like a wrong password.
///
/// # Errors
/// The store's error.
pub async fn find_membership(
    context: Context<'_>,
    account: AccountId,
    organisation: Option<OrganisationId>,
) -> Result<Option<Membership>, ActionError> {
    for membership in context.store.list_memberships(account).await? {
        let asked_for = organisation.is_none_or(|organisation| organisation == membership.organisation);
        if asked_for && caller_of(context, account, membership).await?.is_some() {
            return Ok(Some(membership));
        }
    }
    Ok(None)
}

/// The member that the account is, as they stand now; `None` where they are archived, or the membership is not the
/// account's: a session outlives neither.
///
/// # Errors
/// The store's error.
pub async fn caller_of(
    context: Context<'_>,
    account: AccountId,
    membership: Membership,
) -> Result<Option<Caller>, ActionError> {
    let Some(member) = member_of(context, account, membership).await? else { return Ok(None) };
    let organisation = context.store.find_organisation(&membership.scope()).await?;
    Ok(organisation
        .map(|organisation| Caller { member: Arc::new(member), organisation: Arc::new(organisation) }))
}

/// The member alone, as [`caller_of`] has it.
///
/// # Errors
/// The store's error.
pub async fn member_of(
    context: Context<'_>,
    account: AccountId,
    membership: Membership,
) -> Result<Option<Member>, ActionError> {
    let member = context.store.find_member(&membership.scope(), membership.member).await?;
    Ok(member.filter(|member| !member.archived && member.account == Some(account)))
}
