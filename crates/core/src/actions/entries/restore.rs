//! Taking a deletion back.

use jiff::Timestamp;

use super::load::{current, expect_free, permitted_entry, query, span_refusal};
use crate::{
    Entry, EntryId, Timesheet,
    actions::{
        ActionError, Caller, Command, Context, Refusal, TimesheetDecision, change_timesheet,
        run::{MOST_ATTEMPTS, changed},
    },
    journal::{EntriesChange, Operation},
    policy::Action,
    store::Answer,
    time::Span,
};

/// Restores a deleted entry as it was. One that was open opens again.
///
/// # Errors
/// [`Refusal::Overlap`] names what stands in its place by now, [`Refusal::AlreadyClockedIn`] where it would be a
/// second open entry, [`Refusal::NotAllowed`] where it is not deleted, [`Refusal::NotFound`].
pub async fn restore_entry(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    id: EntryId,
    render: impl Fn(&Entry) -> Answer + Send + Sync,
) -> Result<Answer, ActionError> {
    for _ in 0..MOST_ATTEMPTS {
        match restore_where_it_was(context, caller, command, id, &render).await {
            // It was moved between the look and the load, so what could stand in its place is not known.
            Err(ActionError::Refused(Refusal::Stale { .. })) => {}
            outcome => return outcome,
        }
    }
    Err(Refusal::Busy.into())
}

async fn restore_where_it_was(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    id: EntryId,
    render: &(impl Fn(&Entry) -> Answer + Send + Sync),
) -> Result<Answer, ActionError> {
    let entry = permitted_entry(context, caller, id, Action::WriteTime).await?;
    let span = Span::new(entry.start, entry.end).map_err(span_refusal)?;
    let now = context.time.now();
    change_timesheet(context, caller, command, now, &query(&entry, Some(span)), |timesheet| {
        let before = current(timesheet, id)?;
        if (before.start, before.end) != (entry.start, entry.end) {
            return Err(Refusal::Stale { current: before.version });
        }
        let after = restored(before, timesheet, span, now)?;
        let change = EntriesChange {
            device_time: None,
            import_id: None,
            entries: vec![changed(before, after.clone())],
        };
        Ok(TimesheetDecision { operation: Operation::EntryRestore, change, answer: render(&after) })
    })
    .await
}

fn restored(before: &Entry, timesheet: &Timesheet, span: Span, now: Timestamp) -> Result<Entry, Refusal> {
    if !before.deleted {
        return Err(Refusal::not_allowed("entry_not_deleted", "the entry is not deleted"));
    }
    if before.end.is_none()
        && let Some(open) = &timesheet.open
    {
        return Err(Refusal::AlreadyClockedIn(Box::new(open.clone())));
    }
    expect_free(timesheet, span, Some(before.id))?;
    Ok(before.with_deleted(false, now))
}
