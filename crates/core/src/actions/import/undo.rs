//! Taking an import out again.

use serde::{Deserialize, Serialize};

use super::{
    ActionError, Caller, Context, MOST_CHANGES, Progress, chunks::command, organisation::mark_undone,
};
use crate::{
    Entry, EntryId, Import, ImportId, MemberId, Timesheet,
    actions::{Refusal, TimesheetDecision, change_timesheet, run::changed},
    journal::{EntriesChange, Operation},
    policy::{Action, Target},
    store::{Answer, TimesheetQuery},
};

/// What was taken out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoneImport {
    /// How many entries.
    pub entries: u64,
    /// Their seconds.
    pub seconds: i64,
}

/// Takes all entries of an import out, also those that were edited since: the journal keeps every version, and importing
/// the file again brings them back. Members, projects, clients and tags that it made stay. An undo that was cut short
/// is completed by the same call; done again it takes out nothing.
///
/// # Errors
/// [`Refusal::Forbidden`], [`Refusal::NotFound`], [`Refusal::Busy`], or the store's error.
pub async fn undo(
    context: Context<'_>,
    caller: &Caller,
    id: ImportId,
    progress: Progress<'_>,
) -> Result<UndoneImport, ActionError> {
    caller.authorize(Action::Import, Target::Organisation)?;
    let scope = caller.scope();
    let import = context.store.find_import(&scope, id).await?.ok_or(Refusal::NotFound("import"))?;
    let mut undone = UndoneImport::default();
    for member in &import.members {
        loop {
            let entries = context.store.list_imported(&scope, id, *member, MOST_CHANGES).await?;
            if entries.is_empty() {
                break;
            }
            let taken = take_out(context, caller, &import, *member, &entries).await?;
            undone.entries += taken.entries;
            undone.seconds += taken.seconds;
            progress(undone.entries, import.entries.max(undone.entries));
        }
    }
    mark_undone(context, caller, id).await?;
    Ok(undone)
}

async fn take_out(
    context: Context<'_>,
    caller: &Caller,
    import: &Import,
    member: MemberId,
    entries: &[Entry],
) -> Result<UndoneImport, ActionError> {
    let ids: Vec<EntryId> = entries.iter().map(|entry| entry.id).collect();
    let command = command(import.id, Operation::ImportUndoEntries, import.version, member, &ids);
    let query = TimesheetQuery { member, overlapping: None, entries: ids, days: None };
    let now = context.time.now();
    let decide = |timesheet: &Timesheet| {
        let mut undone = UndoneImport::default();
        let mut entries = Vec::new();
        for entry in
            timesheet.entries.iter().filter(|entry| !entry.deleted && entry.import_id == Some(import.id))
        {
            undone.entries += 1;
            undone.seconds += entry.seconds().unwrap_or(0);
            entries.push(changed(entry, entry.with_deleted(true, now)));
        }
        Ok(TimesheetDecision {
            operation: Operation::ImportUndoEntries,
            change: EntriesChange { device_time: None, import_id: Some(import.id), entries },
            answer: Answer(serde_json::to_vec(&undone).expect("two numbers are always JSON")),
        })
    };
    let answer = change_timesheet(context, caller, command, now, &query, decide).await?;
    Ok(serde_json::from_slice(&answer.0).expect("the answer that was written a moment ago"))
}
