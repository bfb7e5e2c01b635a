//! Load, decide, write; and again where somebody else was first.

use super::{ActionError, Caller, Command, Context, Refusal};
use crate::{
    Entry, MemberId, Timesheet,
    journal::{
        Append, DirectoryChange, EntriesChange, Operation, PayloadBody, RecordDraft, Revision, StreamId,
    },
    store::{
        Answer, AppliedCommand, Commit, Directory, DirectoryWrite, StoreError, TimesheetQuery, TimesheetWrite,
    },
};

use jiff::Timestamp;

/// Lost races after which a command is given up: each loss is somebody else's success.
const MOST_ATTEMPTS: usize = 100;

/// What a command does to one member's entries.
#[derive(Debug, Clone)]
pub struct TimesheetDecision {
    /// What it is called in the journal.
    pub operation: Operation,
    /// The device's own time of a punch and the import, where there are any, and the changed entries.
    pub change: EntriesChange,
    /// What the caller is told.
    pub answer: Answer,
}

/// What a command does to an organisation's nouns.
#[derive(Debug, Clone)]
pub struct DirectoryDecision {
    /// What it is called in the journal.
    pub operation: Operation,
    /// The changed nouns.
    pub changes: Vec<DirectoryChange>,
    /// What the caller is told.
    pub answer: Answer,
}

/// Applies a command to one member's entries, once: a repeated command gets its first answer again (I4).
///
/// # Errors
/// What `decide` refuses, [`Refusal::CommandReused`], [`Refusal::Busy`], or the store's error.
pub async fn change_timesheet(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    now: Timestamp,
    query: &TimesheetQuery,
    decide: impl Fn(&Timesheet) -> Result<TimesheetDecision, Refusal> + Send + Sync,
) -> Result<Answer, ActionError> {
    let scope = caller.scope();
    for attempt in 0..MOST_ATTEMPTS {
        if let Some(answer) = first_answer(context, caller, command, attempt).await? {
            return Ok(answer);
        }
        let timesheet = context.store.load_timesheet(&scope, query).await?;
        let TimesheetDecision { operation, change, answer } = decide(&timesheet)?;
        let change = stamped(change, timesheet.head.seq + 1);
        let stream = StreamId::Member(scope.organisation, query.member);
        let draft = RecordDraft { now, actor: scope.actor, operation, command: command.id };
        let body = PayloadBody::Entries(change);
        let append = Append::after(timesheet.head, stream, draft, &body, context.random);
        let PayloadBody::Entries(change) = body else { unreachable!("built three lines above") };
        let applied = applied(command, &answer);
        match lost(context.store.write_timesheet(&scope, TimesheetWrite { append, change, applied }).await)? {
            Race::Won => return Ok(answer),
            Race::Lost => {}
        }
    }
    Err(Refusal::Busy.into())
}

/// Applies a command to an organisation's nouns, once: a repeated command gets its first answer again (I4).
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
    let scope = caller.scope();
    for attempt in 0..MOST_ATTEMPTS {
        if let Some(answer) = first_answer(context, caller, command, attempt).await? {
            return Ok(answer);
        }
        let directory =
            context.store.load_directory(&scope).await?.ok_or(Refusal::NotFound("organisation"))?;
        let DirectoryDecision { operation, changes, answer } = decide(&directory)?;
        let stream = StreamId::Organisation(scope.organisation);
        let draft = RecordDraft { now, actor: scope.actor, operation, command: command.id };
        let body = PayloadBody::Directory(changes);
        let append = Append::after(directory.head, stream, draft, &body, context.random);
        let PayloadBody::Directory(changes) = body else { unreachable!("built three lines above") };
        let applied = applied(command, &answer);
        match lost(context.store.write_directory(&scope, DirectoryWrite { append, changes, applied }).await)?
        {
            Race::Won => return Ok(answer),
            Race::Lost => {}
        }
    }
    Err(Refusal::Busy.into())
}

/// The answer that the command got when it was applied. A command id that the server has just made is looked up
/// only after a lost race, which may have been with itself.
async fn first_answer(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    attempt: usize,
) -> Result<Option<Answer>, ActionError> {
    if !command.may_be_repeated && attempt == 0 {
        return Ok(None);
    }
    match context.store.find_applied(&caller.scope(), command.id).await? {
        Some(applied) if applied.digest == command.digest => Ok(Some(applied.answer)),
        Some(_) => Err(Refusal::CommandReused.into()),
        None => Ok(None),
    }
}

/// Only an id that the client chose can come again.
fn applied(command: Command, answer: &Answer) -> Option<AppliedCommand> {
    command.may_be_repeated.then(|| AppliedCommand {
        id: command.id,
        digest: command.digest,
        answer: answer.clone(),
    })
}

enum Race {
    Won,
    Lost,
}

fn lost(result: Result<Commit, StoreError>) -> Result<Race, StoreError> {
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

/// What a decision needs where no other entry matters.
pub(super) const fn only_head(member: MemberId) -> TimesheetQuery {
    TimesheetQuery { member, overlapping: None, entries: Vec::new(), days: None }
}
