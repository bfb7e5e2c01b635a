//! Taking an import out again.

use serde::{Deserialize, Serialize};

use super::{
    ActionError, Caller, Command, Context, MOST_ENTRIES, Progress, chunks, organisation::mark_undone,
};
use crate::{
    Entry, EntryId, Import, ImportId, MemberId, Timesheet,
    actions::{
        Refusal, TimesheetDecision, change_timesheet,
        run::{changed, first_answer},
    },
    journal::{EntriesChange, Operation, StreamId},
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
/// is completed by the same call; done again it takes out nothing. Call it within [`once`](crate::actions::once).
///
/// # Errors
/// [`Refusal::Forbidden`], [`Refusal::NotFound`], [`Refusal::Busy`], or the store's error.
pub async fn undo(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    id: ImportId,
    render: impl Fn(UndoneImport) -> Answer,
    progress: Progress<'_>,
) -> Result<Answer, ActionError> {
    caller.authorize(Action::Import, Target::Organisation)?;
    let scope = caller.scope();
    let import = context.store.find_import(&scope, id).await?.ok_or(Refusal::NotFound("import"))?;
    let mut undone = UndoneImport::default();
    for member in &import.members {
        let stream = StreamId::Member(scope.organisation, *member);
        loop {
            let head = context.store.head(stream).await?;
            let entries = context.store.list_imported(&scope, id, *member, MOST_ENTRIES).await?;
            if entries.is_empty() {
                // One that was moved while the others were listed may have been in neither place.
                if context.store.is_last(stream, head).await? {
                    break;
                }
                continue;
            }
            // A copy of this command may have come to its end by now, and the file may have come in again: these entries
            // are not its to take out. Looked up after they are read, see [`take_out`].
            if let Some(answer) = first_answer(context, caller, command).await? {
                return Ok(answer);
            }
            let taken = take_out(context, caller, &import, *member, &entries).await?;
            undone.entries += taken.entries;
            undone.seconds += taken.seconds;
            progress(undone.entries, import.entries.max(undone.entries));
        }
    }
    mark_undone(context, caller, command, id, render(undone)).await
}

/// Takes out those of `entries` that are as they were read; the others are read again.
async fn take_out(
    context: Context<'_>,
    caller: &Caller,
    import: &Import,
    member: MemberId,
    entries: &[Entry],
) -> Result<UndoneImport, ActionError> {
    let ids: Vec<EntryId> = entries.iter().map(|entry| entry.id).collect();
    let command = chunks::command(import.id, Operation::ImportUndoEntries, import.version, member, &ids);
    let query = TimesheetQuery { member, overlapping: None, entries: ids, days: None };
    let now = context.time.now();
    let decide = |timesheet: &Timesheet| {
        let mut undone = UndoneImport::default();
        let mut revisions = Vec::new();
        let as_it_was =
            |entry: &&Entry| entries.iter().any(|read| (read.id, read.version) == (entry.id, entry.version));
        for entry in timesheet.entries.iter().filter(as_it_was) {
            undone.entries += 1;
            undone.seconds += entry.seconds().unwrap_or(0);
            revisions.push(changed(entry, entry.with_deleted(true, now)));
        }
        Ok(TimesheetDecision {
            operation: Operation::ImportUndoEntries,
            change: EntriesChange { device_time: None, import_id: Some(import.id), entries: revisions },
            answer: Answer(serde_json::to_vec(&undone).expect("two numbers are always JSON")),
        })
    };
    let answer = change_timesheet(context, caller, command, now, &query, decide).await?;
    Ok(serde_json::from_slice(&answer.0).expect("the answer that was written a moment ago"))
}
