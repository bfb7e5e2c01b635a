//! Editing an entry: the whole of it is replaced.

use jiff::Timestamp;

use super::{
    create::EntryRequest,
    load::{current, expect_free, expect_version, permitted_entry, query},
};
use crate::{
    Entry, EntryId, Project, Reason,
    actions::{
        ActionError, Caller, Command, Context, Refusal, TimesheetDecision, change_timesheet,
        clock::MOST_SECONDS_AHEAD, projects::active_project, run::changed,
    },
    journal::{EntriesChange, Operation},
    policy::Action,
    store::Answer,
    time::{Instant, LONGEST_ENTRY_SECONDS, Span},
};

/// Replaces what the entry says. The open entry may get its end this way; a closed one stays closed.
///
/// # Errors
/// [`Refusal::Stale`], [`Refusal::Overlap`], [`Refusal::Invalid`], [`Refusal::NotFound`]; [`Refusal::NotAllowed`]
/// for a deleted entry.
pub async fn edit_entry(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    id: EntryId,
    expected_version: u32,
    request: &EntryRequest,
    render: impl Fn(&Entry) -> Answer + Send + Sync,
) -> Result<Answer, ActionError> {
    let entry = permitted_entry(context, caller, id, Action::WriteTime).await?;
    let span = request.span()?;
    // An entry stays on an archived project; it only cannot be moved to one.
    let project = if request.project_id == entry.project_id { None } else { request.project_id };
    let project = active_project(context, caller, project, "/project_id").await?;
    let now = context.time.now();
    expect_open_start(span, now)?;
    change_timesheet(context, caller, command, now, &query(&entry, Some(span)), |timesheet| {
        let before = current(timesheet, id)?;
        expect_version(before, expected_version)?;
        if before.project_id != entry.project_id {
            return Err(Refusal::Stale { current: before.version });
        }
        let after = before.revised(revision(before, request, span, project.as_ref())?, now);
        expect_free(timesheet, span, Some(id))?;
        let change = EntriesChange {
            device_time: None,
            import_id: None,
            entries: vec![changed(before, after.clone())],
        };
        Ok(TimesheetDecision { operation: Operation::EntryEdit, change, answer: render(&after) })
    })
    .await
}

fn revision(
    before: &Entry,
    request: &EntryRequest,
    span: Span,
    project: Option<&Project>,
) -> Result<crate::EntryDraft, Refusal> {
    if before.deleted {
        return Err(Refusal::not_allowed(
            "entry_deleted",
            "the entry is deleted; restore it before you edit it",
        ));
    }
    if span.end().is_none() && before.end.is_some() {
        return Err(Refusal::invalid(
            "/end",
            Reason::new("reopened", "is missing: a closed entry cannot be opened again; clock in instead"),
        ));
    }
    let mut draft = request.draft(&before.time_zone, project, before.billable);
    draft.project_id = request.project_id;
    Ok(draft)
}

/// An open entry has begun, and not longer ago than entries are long: else nobody could clock out of it.
fn expect_open_start(span: Span, now: Timestamp) -> Result<(), Refusal> {
    let now = Instant::from_timestamp(now).map_err(|error| Refusal::invalid("/start", error))?;
    match (span.end(), now.seconds_since(span.start())) {
        (None, elapsed) if elapsed < -MOST_SECONDS_AHEAD => Err(Refusal::invalid(
            "/start",
            Reason::new("open_entry_ahead", "lies ahead, and the entry is open: nobody works in the future"),
        )),
        (None, elapsed) if elapsed > LONGEST_ENTRY_SECONDS => Err(Refusal::invalid(
            "/start",
            Reason::new(
                "open_entry_too_long",
                "lies more than 31 days back, and the entry is open: give it its end too",
            ),
        )),
        _ => Ok(()),
    }
}
