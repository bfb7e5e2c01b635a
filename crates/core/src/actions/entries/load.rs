//! Finding an entry that the caller may see, and what a decision about it needs.

use crate::{
    Entry, EntryId, Timesheet,
    actions::{ActionError, Caller, Context, Refusal},
    policy::{Action, Target},
    store::TimesheetQuery,
    time::{Span, SpanError},
};

/// An entry that the caller may read, deleted or not.
///
/// # Errors
/// [`Refusal::NotFound`] for an unknown or foreign id, and for one that the caller may not see (I8).
pub async fn find_entry(context: Context<'_>, caller: &Caller, id: EntryId) -> Result<Entry, ActionError> {
    permitted_entry(context, caller, id, Action::ReadTime).await
}

/// An entry that the caller may do `action` to.
pub(super) async fn permitted_entry(
    context: Context<'_>,
    caller: &Caller,
    id: EntryId,
    action: Action,
) -> Result<Entry, ActionError> {
    let unknown = Refusal::NotFound("entry");
    // Finding out whose it is may cost a read of every member's time, so who may touch their own alone never asks for that.
    let whose = caller.authorize(action, Target::Organisation).is_err().then_some(caller.member.id);
    let found = context.store.find_entry(&caller.scope(), whose, id).await?;
    let entry = found.ok_or_else(|| unknown.clone())?;
    caller.authorize(action, Target::Member(entry.member_id)).map_err(|_| unknown)?;
    Ok(entry)
}

/// What a decision about `entry` needs, where its span will be `span`.
pub(super) fn query(entry: &Entry, span: Option<Span>) -> TimesheetQuery {
    TimesheetQuery { member: entry.member_id, overlapping: span, entries: vec![entry.id], days: None }
}

/// The entry as it stands at the head that the decision is made on.
pub(super) fn current(timesheet: &Timesheet, id: EntryId) -> Result<&Entry, Refusal> {
    timesheet.entry(id).ok_or(Refusal::NotFound("entry"))
}

/// # Errors
/// [`Refusal::Stale`] where the entry is no longer the version that the caller read.
pub(super) fn expect_version(entry: &Entry, expected: u32) -> Result<(), Refusal> {
    if entry.version == expected { Ok(()) } else { Err(Refusal::Stale { current: entry.version }) }
}

/// # Errors
/// [`Refusal::Overlap`] where another entry shares time with `span` (I2).
pub(super) fn expect_free(timesheet: &Timesheet, span: Span, except: Option<EntryId>) -> Result<(), Refusal> {
    match timesheet.obstacle(span, except) {
        Some(obstacle) => Err(Refusal::Overlap(Box::new(obstacle.clone()))),
        None => Ok(()),
    }
}

/// A span that was typed is wrong at its end.
pub(super) fn span_refusal(error: SpanError) -> Refusal {
    Refusal::invalid("/end", error)
}
