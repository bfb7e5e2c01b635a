//! A new organisation and its first owner.

use super::person::{Newcomer, SignUp, SignedUp, refused};
use crate::{
    CommandId, DurationFormat, Member, MemberId, Name, Organisation, OrganisationId, Role,
    actions::{ActionError, Context, run::directory_write},
    journal::{Actor, DirectoryChange, Head, Operation, RecordDraft, Revision},
    store::{Scope, SignUpWrite},
    time::FirstDayOfWeek,
};

/// What a member is expected to work in a week until the organisation says otherwise, in seconds: 40 hours.
pub const FIRST_WEEK_TARGET_SECONDS: u32 = 40 * 3600;

/// Makes the store's first organisation with its first owner. Of several at once, one wins.
///
/// # Errors
/// [`crate::actions::Refusal::NotAllowed`] where somebody signed up before, or the store's error.
pub async fn set_up(
    context: Context<'_>,
    command: CommandId,
    sign_up: &SignUp,
    organisation: &Name,
) -> Result<SignedUp, ActionError> {
    found(context, command, sign_up, organisation, true).await
}

/// Makes another organisation, with its owner.
///
/// # Errors
/// [`crate::actions::Refusal::Duplicate`] where the address has an account, or the store's error.
pub async fn open_organisation(
    context: Context<'_>,
    command: CommandId,
    sign_up: &SignUp,
    organisation: &Name,
) -> Result<SignedUp, ActionError> {
    found(context, command, sign_up, organisation, false).await
}

async fn found(
    context: Context<'_>,
    command: CommandId,
    sign_up: &SignUp,
    organisation: &Name,
    only_if_store_is_empty: bool,
) -> Result<SignedUp, ActionError> {
    let now = context.time.now();
    let newcomer = Newcomer::new(context, command, &sign_up.person, now);
    let organisation = Organisation {
        id: OrganisationId::generate(now, context.random),
        name: organisation.clone(),
        time_zone: sign_up.time_zone.clone(),
        first_day_of_week: FirstDayOfWeek::MONDAY,
        week_target_seconds: FIRST_WEEK_TARGET_SECONDS,
        version: 1,
        created_at: now,
    };
    let owner = Member {
        id: MemberId::generate(now, context.random),
        account: Some(newcomer.account.id),
        name: sign_up.name.clone(),
        email: Some(newcomer.account.email.clone()),
        role: Role::Owner,
        time_zone: sign_up.time_zone.clone(),
        locale: sign_up.locale.unwrap_or_default(),
        duration_format: DurationFormat::default(),
        archived: false,
        erased: false,
        version: 1,
        created_at: now,
    };
    let signed_up = newcomer.signed_up(organisation.id, owner.id);
    let scope = Scope { organisation: organisation.id, actor: Actor::Account(newcomer.account.id) };
    let changes = vec![
        DirectoryChange::Organisation(Revision { before: None, after: organisation }),
        DirectoryChange::Member(Revision { before: None, after: owner }),
    ];
    let draft = RecordDraft {
        now,
        actor: scope.actor,
        operation: Operation::OrganisationCreate,
        command,
        applied: None,
    };
    let directory = directory_write(context, scope, Head::EMPTY, draft, changes, None);
    let write = SignUpWrite { account: newcomer.write, directory, only_if_store_is_empty };
    match context.store.sign_up(&scope, write).await {
        Ok(_) => Ok(signed_up),
        Err(error) => Err(refused(error, &signed_up.account)),
    }
}
