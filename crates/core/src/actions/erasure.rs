//! Erasing a member: what tells who they are, their sign-in and their time go from the store; the chain of hashes stays and
//! verifies, and an id without a name stays in it.
//!
//! First a record of the organisation's stream says so, then everything is taken out, in steps that can be done again. The record
//! is what a restore goes by: a copy from before holds what was erased since, and it is taken out there too. Then their own
//! stream ends with such a record, so that whatever was decided before it on what the stream held is not written after it.

use super::{
    ActionError, Caller, Command, Context, DirectoryDecision, Refusal, change_directory,
    directory::expect_permitted,
    run::{MOST_ATTEMPTS, Race, changed, directory_write, lost, timesheet_write},
};
use crate::{
    AccountId, CommandId, Member, MemberId, Membership, OrganisationId,
    journal::{
        Actor, DirectoryChange, EntriesChange, Operation, Payload, PayloadBody, RecordDraft, Revision,
        Sealed, StreamId,
    },
    policy::{Action, Target},
    store::{
        Answer, Directory, Erasure, MOST_ERASED_PAYLOADS, Scope, Store, StoreError, StoredRecord, Taken,
        TimesheetQuery,
    },
};

/// Records read at a time.
const CHUNK_RECORDS: usize = 500;

/// Says that an archived member is erased, for ever. Call it within [`super::once`], and then [`finish_erasure`], also where this
/// was done before: whoever asks again after an interruption is told the first answer.
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
    // An erasure that was interrupted ends the open entry by itself.
    let is_erased = context.store.find_member(&caller.scope(), id).await?.is_some_and(|member| member.erased);
    let timesheet = context.store.load_timesheet(&caller.scope(), &head_and_open(id)).await?;
    if timesheet.open.is_some() && !is_erased {
        let what = "this member is still clocked in; give the open entry the end that it had";
        return Err(Refusal::not_allowed("clocked_in", what).into());
    }
    change_directory(context, caller, command, context.time.now(), |directory| {
        expect_permitted(directory, caller, Action::EraseMember, Target::Member(id))?;
        let before = found(directory, id)?;
        if !before.archived {
            return Err(Refusal::not_allowed("not_archived", "only a member who is archived can be erased"));
        }
        let (after, changes) = erased(before);
        Ok(DirectoryDecision { operation: Operation::MemberErase, changes, answer: render(&after) })
    })
    .await
}

/// Takes everything that is a member's own out of the store, once they were said to be erased. Done again, it finishes what was
/// interrupted.
///
/// # Errors
/// The store's: then do it again.
pub async fn finish_erasure(
    context: Context<'_>,
    organisation: OrganisationId,
    id: MemberId,
) -> Result<(), StoreError> {
    let scope = Scope { organisation, actor: Actor::System };
    match context.store.find_member(&scope, id).await? {
        Some(member) if member.erased => take_out(context, organisation, id).await,
        _ => Ok(()),
    }
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
            return take_out(context, organisation, id).await;
        }
        let write = directory_write(context, scope, directory.head, draft(context), changes, None);
        if matches!(lost(context.store.write_directory(&scope, write).await)?, Race::Won) {
            return take_out(context, organisation, id).await;
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

/// A record by the program itself that says that a member is erased.
fn draft(context: Context<'_>) -> RecordDraft {
    let now = context.time.now();
    RecordDraft {
        now,
        actor: Actor::System,
        operation: Operation::MemberErase,
        command: CommandId::generate(now, context.random),
        applied: None,
    }
}

const fn head_and_open(member: MemberId) -> TimesheetQuery {
    TimesheetQuery { member, overlapping: None, entries: Vec::new(), days: None }
}

/// Takes out what is theirs. Their stream is taken out before the names in the organisation's, which tell what sign-in they had.
async fn take_out(
    context: Context<'_>,
    organisation: OrganisationId,
    member: MemberId,
) -> Result<(), StoreError> {
    let store = context.store;
    let scope = Scope { organisation, actor: Actor::System };
    close(context, &scope, member).await?;
    let stream = StreamId::Organisation(organisation);
    let Known { account, erased_by } = known_of(store, stream, member).await?;
    if let Some(account) = account
        && is_nobody_elses(store, account, Membership { organisation, member }).await?
        && store.erase_account(account).await?
    {
        let last = store.head(StreamId::Account(account)).await?.seq;
        take_out_of(store, &scope, StreamId::Account(account), last, whole).await?;
    }
    store.erase_entries(&scope, member).await?;
    let theirs = StreamId::Member(organisation, member);
    take_out_of(store, &scope, theirs, store.head(theirs).await?.seq, whole).await?;
    // What was answered since names nobody who was erased by then.
    take_out_of(store, &scope, stream, erased_by, |stored| person(stored, member)).await?;
    store.empty_log().await
}

/// Ends their stream, and with it the open entry of somebody who is still clocked in.
async fn close(context: Context<'_>, scope: &Scope, member: MemberId) -> Result<(), StoreError> {
    let stream = StreamId::Member(scope.organisation, member);
    for _ in 0..MOST_ATTEMPTS {
        let timesheet = context.store.load_timesheet(scope, &head_and_open(member)).await?;
        if timesheet.is_closed {
            return Ok(());
        }
        let draft = draft(context);
        let ended = timesheet.open.map(|open| changed(&open, open.with_deleted(true, draft.now)));
        let change =
            EntriesChange { device_time: None, import_id: None, entries: ended.into_iter().collect() };
        let write = timesheet_write(context, stream, timesheet.head, draft, change, None);
        if matches!(lost(context.store.write_timesheet(scope, write).await)?, Race::Won) {
            return Ok(());
        }
    }
    Err(StoreError::Conflict { current: None })
}

/// What a store still says of the member who is just erased does not count.
async fn is_nobody_elses(
    store: &dyn Store,
    account: AccountId,
    erased: Membership,
) -> Result<bool, StoreError> {
    Ok(store.list_memberships(account).await?.into_iter().all(|membership| membership == erased))
}

/// What an organisation's stream tells of a member who was erased.
#[derive(Debug, Default)]
struct Known {
    /// The last sign-in that they had.
    account: Option<AccountId>,
    /// The record that erased them.
    erased_by: u64,
}

async fn known_of(store: &dyn Store, stream: StreamId, member: MemberId) -> Result<Known, StoreError> {
    let mut known = Known::default();
    let mut after = 0;
    loop {
        let records = store.read_stream(stream, after, CHUNK_RECORDS).await?;
        for stored in &records {
            after = stored.record.seq;
            let Some(Ok(PayloadBody::Directory(changes))) = stored.payload.as_ref().map(Payload::open) else {
                continue;
            };
            for change in changes {
                if let DirectoryChange::Member(Revision { after: changed, .. }) = change
                    && changed.id == member
                {
                    known.account = changed.account.or(known.account);
                    if changed.erased {
                        known.erased_by = after;
                        return Ok(known);
                    }
                }
            }
        }
        if records.len() < CHUNK_RECORDS {
            return Ok(known);
        }
    }
}

/// What goes of one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Gone {
    taken: Taken,
    answer: bool,
}

fn whole(stored: &StoredRecord) -> Option<Gone> {
    // Of a payload that cannot be read nobody knows.
    let answer = stored.payload.as_ref()?.read().map_or(true, |sealed| sealed.applied.is_some());
    Some(Gone { taken: Taken::Whole, answer })
}

/// What goes of an organisation's record when `member` is erased.
fn person(stored: &StoredRecord, member: MemberId) -> Option<Gone> {
    let sealed = stored.payload.as_ref()?.read().ok()?;
    let is_named = sealed.persons.contains(&member);
    let answer = sealed.applied.is_some() && may_answer_with(stored.record.operation, &sealed, member);
    let taken = Taken::Parts { person: is_named.then_some(member), answer };
    (is_named || answer).then_some(Gone { taken, answer })
}

/// Whether the answer that was kept with an organisation's record may tell `member`'s name or address.
fn may_answer_with(operation: Operation, sealed: &Sealed, member: MemberId) -> bool {
    let of_them = |change: &DirectoryChange| match change {
        DirectoryChange::Member(revision) => revision.after.id == member,
        DirectoryChange::Invitation(revision) => revision.after.member == member,
        _ => false,
    };
    // Who is erased is told by no name.
    if operation == Operation::MemberErase {
        return false;
    }
    let PayloadBody::Directory(changes) = &sealed.changes else { return false };
    // A report names all in the file, and a command that changes nothing is answered with what is there.
    operation.is_of_import()
        || changes.iter().any(of_them)
        || (changes.is_empty() && operation.may_answer_with_member())
}

/// Takes out of each record up to number `last` what `gone` says. The last ones first: whatever interrupts it, what is left of a
/// stream is its beginning, which can be written again.
async fn take_out_of(
    store: &dyn Store,
    scope: &Scope,
    stream: StreamId,
    last: u64,
    gone: impl Fn(&StoredRecord) -> Option<Gone> + Send + Sync,
) -> Result<(), StoreError> {
    let mut end = last;
    while end > 0 {
        let after = end.saturating_sub(CHUNK_RECORDS as u64);
        let records = store.read_stream(stream, after, (end - after) as usize).await?;
        let theirs: Vec<_> =
            records.iter().rev().filter_map(|stored| Some((&stored.record, gone(stored)?))).collect();
        for some in theirs.chunks(MOST_ERASED_PAYLOADS) {
            let payloads = some.iter().map(|(record, gone)| (stream, record.seq, gone.taken));
            let answered = some.iter().filter(|(_, gone)| gone.answer);
            let erasure = Erasure {
                payloads: payloads.collect(),
                answers: answered.map(|(record, _)| (record.actor, record.command)).collect(),
            };
            store.erase(scope, erasure).await?;
        }
        end = after;
    }
    Ok(())
}
