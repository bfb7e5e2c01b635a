//! Deleting an entry; it can be restored at any time.

use super::load::{current, expect_version, permitted_entry, query};
use crate::{
    Entry, EntryId,
    actions::{
        ActionError, Caller, Command, Context, Refusal, TimesheetDecision, change_timesheet, run::changed,
    },
    journal::{EntriesChange, Operation},
    policy::Action,
    store::Answer,
};

/// Deletes the entry; deleting the open one clocks the member out without keeping the time.
///
/// # Errors
/// [`Refusal::Stale`], [`Refusal::NotFound`] also for an entry that is deleted already.
pub async fn delete_entry(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    id: EntryId,
    expected_version: u32,
    render: impl Fn(&Entry) -> Answer + Send + Sync,
) -> Result<Answer, ActionError> {
    let entry = permitted_entry(context, caller, id, Action::WriteTime).await?;
    let now = context.time.now();
    change_timesheet(context, caller, command, now, &query(&entry, None), |timesheet| {
        let before = current(timesheet, id)?;
        if before.deleted {
            return Err(Refusal::NotFound("entry"));
        }
        expect_version(before, expected_version)?;
        let after = before.with_deleted(true, now);
        let change = EntriesChange {
            device_time: None,
            import_id: None,
            entries: vec![changed(before, after.clone())],
        };
        Ok(TimesheetDecision { operation: Operation::EntryDelete, change, answer: render(&after) })
    })
    .await
}
