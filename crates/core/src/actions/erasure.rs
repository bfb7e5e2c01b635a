//! Erasing a member: what tells who they are, their sign-in and their time go from the store; the chain of hashes stays and
//! verifies, and an id without a name stays in it.
//!
//! First a record of the organisation's stream says so, then everything is taken out, in steps that can be done again. The record
//! is what a restore goes by: a copy from before holds what was erased since, and it is taken out there too.

use super::{
    ActionError, Caller, Command, Context, DirectoryDecision, Refusal, change_directory,
    directory::expect_permitted,
    run::{MOST_ATTEMPTS, Race, directory_write, lost},
};
use crate::{
    AccountId, CommandId, Member, MemberId, OrganisationId,
    journal::{Actor, DirectoryChange, Operation, Payload, PayloadBody, RecordDraft, Revision, StreamId},
    policy::{Action, Target},
    store::{
        Answer, Directory, Erasure, MOST_ERASED_PAYLOADS, Scope, Store, StoreError, StoredRecord,
        TimesheetQuery,
    },
};

/// Records read at a time.
const CHUNK_RECORDS: usize = 500;

/// Erases an archived member, for ever. Done again, it finishes what was interrupted.
///
/// # Errors
/// [`Refusal::Forbidden`], also for oneself; [`Refusal::NotFound`]; [`Refusal::NotAllowed`] for somebody who is not archived, or
/// is still clocked in; or the store's error: then do it again.
pub async fn erase_member(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    id: MemberId,
    render: impl Fn(&Member) -> Answer + Send + Sync,
) -> Result<Answer, ActionError> {
    caller.authorize(Action::EraseMember, Target::Member(id))?;
    let organisation = caller.organisation.id;
    let timesheet = TimesheetQuery { member: id, overlapping: None, entries: Vec::new(), days: None };
    if context.store.load_timesheet(&caller.scope(), &timesheet).await?.open.is_some() {
        let what = "this member is still clocked in; give the open entry the end that it had";
        return Err(Refusal::not_allowed("clocked_in", what).into());
    }
    let answer = change_directory(context, caller, command, context.time.now(), |directory| {
        expect_permitted(directory, caller, Action::EraseMember, Target::Member(id))?;
        let before = found(directory, id)?;
        if !before.archived {
            return Err(Refusal::not_allowed("not_archived", "only a member who is archived can be erased"));
        }
        let (after, changes) = erased(before);
        Ok(DirectoryDecision { operation: Operation::MemberErase, changes, answer: render(&after) })
    })
    .await?;
    take_out(context.store, organisation, id).await?;
    Ok(answer)
}

/// Erases a member by the program itself, whether they are archived or not: in what is restored from before they were erased.
///
/// # Errors
/// The store's; [`StoreError::Conflict`] where others were first too often.
pub async fn erase_again(
    context: Context<'_>,
    organisation: OrganisationId,
    id: MemberId,
) -> Result<(), StoreError> {
    let scope = Scope { organisation, actor: Actor::System };
    for _ in 0..MOST_ATTEMPTS {
        // Whoever was not a member yet, or whose organisation was not there, cannot be erased and need not be.
        let Some(directory) = context.store.load_directory(&scope).await? else { return Ok(()) };
        let Ok(before) = found(&directory, id) else { return Ok(()) };
        let (_, changes) = erased(before);
        if changes.is_empty() {
            return take_out(context.store, organisation, id).await;
        }
        let now = context.time.now();
        let draft = RecordDraft {
            now,
            actor: scope.actor,
            operation: Operation::MemberErase,
            command: CommandId::generate(now, context.random),
            applied: None,
        };
        let write = directory_write(context, scope, directory.head, draft, changes, None);
        if matches!(lost(context.store.write_directory(&scope, write).await)?, Race::Won) {
            return take_out(context.store, organisation, id).await;
        }
    }
    Err(StoreError::Conflict { current: None })
}

fn found(directory: &Directory, id: MemberId) -> Result<&Member, Refusal> {
    directory.members.iter().find(|member| member.id == id).ok_or(Refusal::NotFound("member"))
}

/// What is left of them; no change where that is all there is.
fn erased(before: &Member) -> (Member, Vec<DirectoryChange>) {
    if before.erased {
        return (before.clone(), Vec::new());
    }
    let after = before.erased();
    let revision = Revision { before: Some(before.clone()), after: after.clone() };
    (after, vec![DirectoryChange::Member(revision)])
}

/// Takes out what is theirs. Their stream is taken out before the names in the organisation's, which tell what sign-in they had.
async fn take_out(
    store: &dyn Store,
    organisation: OrganisationId,
    member: MemberId,
) -> Result<(), StoreError> {
    let scope = Scope { organisation, actor: Actor::System };
    let stream = StreamId::Organisation(organisation);
    if let Some(account) = sign_in_of(store, stream, member).await?
        && store.list_memberships(account).await?.is_empty()
    {
        store.erase_account(account).await?;
        take_out_of(store, &scope, StreamId::Account(account), |_| Some(None)).await?;
    }
    store.erase_entries(&scope, member).await?;
    take_out_of(store, &scope, StreamId::Member(organisation, member), |_| Some(None)).await?;
    take_out_of(store, &scope, stream, |stored| Some(Some(stored.payload.as_ref()?.without(member)?))).await
}

/// The last sign-in that they had, by the organisation's stream.
async fn sign_in_of(
    store: &dyn Store,
    stream: StreamId,
    member: MemberId,
) -> Result<Option<AccountId>, StoreError> {
    let mut account = None;
    let mut after = 0;
    loop {
        let records = store.read_stream(stream, after, CHUNK_RECORDS).await?;
        for stored in &records {
            after = stored.record.seq;
            let Some(Ok(PayloadBody::Directory(changes))) = stored.payload.as_ref().map(Payload::open) else {
                continue;
            };
            for change in changes {
                if let DirectoryChange::Member(Revision { after, .. }) = change
                    && after.id == member
                {
                    account = after.account.or(account);
                }
            }
        }
        if records.len() < CHUNK_RECORDS {
            return Ok(account);
        }
    }
}

/// Takes out what `left` says of each record that has a payload: `Some` of what is left of that.
async fn take_out_of(
    store: &dyn Store,
    scope: &Scope,
    stream: StreamId,
    left: impl Fn(&StoredRecord) -> Option<Option<Payload>> + Send + Sync,
) -> Result<(), StoreError> {
    let mut after = 0;
    loop {
        let records = store.read_stream(stream, after, CHUNK_RECORDS).await?;
        let theirs: Vec<_> = records
            .iter()
            .filter(|stored| stored.payload.is_some())
            .filter_map(|stored| Some((&stored.record, left(stored)?)))
            .collect();
        for some in theirs.chunks(MOST_ERASED_PAYLOADS) {
            let payloads = some.iter().map(|(record, left)| (stream, record.seq, left.clone())).collect();
            let answers = some.iter().map(|(record, _)| (record.actor, record.command)).collect();
            store.erase(scope, Erasure { payloads, answers }).await?;
        }
        match records.last() {
            Some(last) if records.len() == CHUNK_RECORDS => after = last.record.seq,
            _ => return Ok(()),
        }
    }
}
