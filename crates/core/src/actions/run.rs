//! Load, decide, write; and again where somebody else was first. A command takes effect once (I4).

use super::{ActionError, Caller, Command, Context, Refusal};
use crate::{
    Entry, Invitation, MemberId, Timesheet,
    journal::{
        Append, DirectoryChange, EntriesChange, Head, Operation, PayloadBody, RecordDraft, Revision, StreamId,
    },
    store::{
        Answer, AppliedCommand, Commit, Directory, DirectoryWrite, Scope, StoreError, TimesheetQuery,
        TimesheetWrite,
    },
};

use jiff::Timestamp;

/// Lost races after which a command is given up: each loss is somebody else's success.
pub(super) const MOST_ATTEMPTS: usize = 100;

/// What a command does to one member's entries.
#[derive(Debug, Clone)]
pub struct TimesheetDecision {
    /// What it is called in the journal.
    pub operation: Operation,
    /// The device's own time of a punch and the import, where there are any, and the changed entries. With no entry
    /// nothing changes: see [`change_timesheet`].
    pub change: EntriesChange,
    /// What the caller is told.
    pub answer: Answer,
}

/// What a command does to an organisation's nouns.
#[derive(Debug, Clone)]
pub struct DirectoryDecision {
    /// What it is called in the journal.
    pub operation: Operation,
    /// The changed nouns. With none nothing changes: see [`change_directory`].
    pub changes: Vec<DirectoryChange>,
    /// What the caller is told.
    pub answer: Answer,
}

/// Does `action` unless `command` was applied before; then it gives the first answer again (I4), whatever has become
/// of what the action would check. A refusal is looked at twice: the same command may have been applied meanwhile by
/// a copy of itself, and be refused for what that copy did.
///
/// # Errors
/// What `action` refuses, [`Refusal::CommandReused`], or the store's error.
pub async fn once(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    action: impl Future<Output = Result<Answer, ActionError>>,
) -> Result<Answer, ActionError> {
    if let Some(answer) = first_answer(context, caller, command).await? {
        return Ok(answer);
    }
    match action.await {
        Err(ActionError::Refused(refusal)) if command.may_be_repeated => {
            let applied = context.store.find_applied_for_certain(&caller.scope(), command.id).await?;
            told(command, applied)?.ok_or(ActionError::Refused(refusal))
        }
        outcome => outcome,
    }
}

/// Applies a command to one member's entries. Call it within [`once`]. A decision that changes nothing leaves no record
/// unless the command may come again: then an empty record carries the answer, or a late copy would take effect after
/// all, on what is there by that time.
///
/// # Errors
/// What `decide` refuses, [`Refusal::NotFound`] for a member who was erased, [`Refusal::CommandReused`], [`Refusal::Busy`], or
/// the store's error.
pub async fn change_timesheet(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    now: Timestamp,
    query: &TimesheetQuery,
    decide: impl Fn(&Timesheet) -> Result<TimesheetDecision, Refusal> + Send + Sync,
) -> Result<Answer, ActionError> {
    let scope = caller.scope();
    let stream = StreamId::Member(scope.organisation, query.member);
    for attempt in 0..MOST_ATTEMPTS {
        // A lost race may have been lost to a copy of this very command.
        if attempt > 0
            && let Some(answer) = first_answer(context, caller, command).await?
        {
            return Ok(answer);
        }
        let timesheet = context.store.load_timesheet(&scope, query).await?;
        let decision =
            if timesheet.is_closed { Err(Refusal::NotFound("member")) } else { decide(&timesheet) };
        let TimesheetDecision { operation, change, answer } = match decision {
            Ok(decision) => decision,
            // A store may show a head and, beside it, what is there since a later one; a write on such a head fails, and so a
            // refusal for what was seen there is not to be believed either.
            Err(refusal) if context.store.is_last(stream, timesheet.head).await? => {
                return Err(refusal.into());
            }
            Err(_) => continue,
        };
        if change.entries.is_empty() && !command.may_be_repeated {
            return Ok(answer);
        }
        let applied = applied(command, &answer);
        let draft = draft(&scope, now, operation, command, applied.as_ref());
        let write = timesheet_write(context, stream, timesheet.head, draft, change, applied);
        match lost(context.store.write_timesheet(&scope, write).await)? {
            Race::Won => return Ok(answer),
            Race::Lost => {}
        }
    }
    Err(Refusal::Busy.into())
}

/// The write of `change` on what was read at `head`.
pub(super) fn timesheet_write(
    context: Context<'_>,
    stream: StreamId,
    head: Head,
    draft: RecordDraft,
    change: EntriesChange,
    applied: Option<AppliedCommand>,
) -> TimesheetWrite {
    let body = PayloadBody::Entries(stamped(change, head.seq + 1));
    let append = Append::after(head, stream, draft, &body, context.random);
    let PayloadBody::Entries(change) = body else { unreachable!("built two lines above") };
    TimesheetWrite { append, change, applied }
}

/// Applies a command to an organisation's nouns. Call it within [`once`]. What a decision that changes nothing leaves is
/// as in [`change_timesheet`].
///
/// # Errors
/// What `decide` refuses, [`Refusal::CommandReused`], [`Refusal::Busy`], or the store's error.
pub async fn change_directory(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    now: Timestamp,
    decide: impl Fn(&Directory) -> Result<DirectoryDecision, Refusal> + Send + Sync,
) -> Result<Answer, ActionError> {
    change_directory_and_invitation(context, caller, command, now, None, |directory, _| decide(directory))
        .await
}

/// [`change_directory`] for a decision that also needs the open invitation of member `invited`. It is read after the
/// head that the decision is made on, and invitations are written in the same stream: if another took its place, the
/// write fails and everything is read again.
pub(super) async fn change_directory_and_invitation(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    now: Timestamp,
    invited: Option<MemberId>,
    decide: impl Fn(&Directory, Option<&Invitation>) -> Result<DirectoryDecision, Refusal> + Send + Sync,
) -> Result<Answer, ActionError> {
    let scope = caller.scope();
    for attempt in 0..MOST_ATTEMPTS {
        // A lost race may have been lost to a copy of this very command.
        if attempt > 0
            && let Some(answer) = first_answer(context, caller, command).await?
        {
            return Ok(answer);
        }
        let directory =
            context.store.load_directory(&scope).await?.ok_or(Refusal::NotFound("organisation"))?;
        let invitation = match invited {
            Some(member) => context.store.find_open_invitation(&scope, member).await?,
            None => None,
        };
        let DirectoryDecision { operation, changes, answer } = decide(&directory, invitation.as_ref())?;
        if changes.is_empty() && !command.may_be_repeated {
            return Ok(answer);
        }
        let applied = applied(command, &answer);
        let draft = draft(&scope, now, operation, command, applied.as_ref());
        let write = directory_write(context, scope, directory.head, draft, changes, applied);
        match lost(context.store.write_directory(&scope, write).await)? {
            Race::Won => return Ok(answer),
            Race::Lost => {}
        }
    }
    Err(Refusal::Busy.into())
}

/// The write of `changes` on what was read at `head`.
pub(super) fn directory_write(
    context: Context<'_>,
    scope: Scope,
    head: Head,
    draft: RecordDraft,
    changes: Vec<DirectoryChange>,
    applied: Option<AppliedCommand>,
) -> DirectoryWrite {
    let body = PayloadBody::Directory(changes);
    let stream = StreamId::Organisation(scope.organisation);
    let append = Append::after(head, stream, draft, &body, context.random);
    let PayloadBody::Directory(changes) = body else { unreachable!("built three lines above") };
    DirectoryWrite { append, changes, applied }
}

/// The answer that the command got when it was applied; an id that the server has just made was never applied.
pub(super) async fn first_answer(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
) -> Result<Option<Answer>, ActionError> {
    if !command.may_be_repeated {
        return Ok(None);
    }
    told(command, context.store.find_applied(&caller.scope(), command.id).await?)
}

/// The answer of the command that was applied, if it is this one.
fn told(command: Command, applied: Option<AppliedCommand>) -> Result<Option<Answer>, ActionError> {
    match applied {
        Some(applied) if applied.is_erased() => {
            let what = "this was done before, and whom it was about has been erased since";
            Err(Refusal::not_allowed("answer_erased", what).into())
        }
        Some(applied) if applied.digest == command.digest => Ok(Some(applied.answer)),
        Some(_) => Err(Refusal::CommandReused.into()),
        None => Ok(None),
    }
}

pub(super) fn draft(
    scope: &Scope,
    now: Timestamp,
    operation: Operation,
    command: Command,
    applied: Option<&AppliedCommand>,
) -> RecordDraft {
    let applied = applied.map(AppliedCommand::hash);
    RecordDraft { now, actor: scope.actor, operation, command: command.id, applied }
}

/// Only an id that the client chose can come again.
pub(super) fn applied(command: Command, answer: &Answer) -> Option<AppliedCommand> {
    command.may_be_repeated.then(|| AppliedCommand {
        id: command.id,
        digest: command.digest,
        answer: answer.clone(),
    })
}

pub(super) enum Race {
    Won,
    Lost,
}

pub(super) fn lost(result: Result<Commit, StoreError>) -> Result<Race, StoreError> {
    match result {
        Ok(_) => Ok(Race::Won),
        Err(StoreError::Conflict { .. } | StoreError::AlreadyExists { .. }) => Ok(Race::Lost),
        Err(error) => Err(error),
    }
}

fn stamped(mut change: EntriesChange, seq: u64) -> EntriesChange {
    for revision in &mut change.entries {
        revision.after.journal_seq = seq;
    }
    change
}

/// A new entry, as a revision.
pub(super) fn created(after: Entry) -> Revision<Entry> {
    Revision { before: None, after }
}

/// A changed entry, as a revision.
pub(super) fn changed(before: &Entry, after: Entry) -> Revision<Entry> {
    Revision { before: Some(before.clone()), after }
}
