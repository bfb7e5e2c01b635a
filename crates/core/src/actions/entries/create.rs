//! Typing an entry.

use jiff::Timestamp;

use super::load::{expect_free, span_refusal};
use crate::{
    Entry, EntryDraft, EntryId, EntrySource, Labels, Member, MemberId, Note, Project, ProjectId, Reason,
    actions::{
        ActionError, Caller, Command, Context, Refusal, TimesheetDecision, change_timesheet,
        projects::active_project, run::created,
    },
    journal::{EntriesChange, Operation},
    policy::{Action, Target},
    store::{Answer, TimesheetQuery},
    time::{Instant, Span, Zone},
};

/// What somebody typed; where a field is `None` the member's, the project's or the entry's own value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRequest {
    /// The first second.
    pub start: Instant,
    /// The first second no longer in it; `None` only for an entry that is open and stays so.
    pub end: Option<Instant>,
    /// Where the member's clock stood.
    pub time_zone: Option<Zone>,
    /// What it was spent on.
    pub project_id: Option<ProjectId>,
    /// What the member wrote about it.
    pub note: Note,
    /// Its labels.
    pub tags: Labels,
    /// Whether somebody pays for it.
    pub billable: Option<bool>,
}

impl EntryRequest {
    pub(super) fn span(&self) -> Result<Span, Refusal> {
        Span::new(self.start, self.end).map_err(span_refusal)
    }

    pub(super) fn draft(&self, time_zone: &Zone, project: Option<&Project>, billable: bool) -> EntryDraft {
        EntryDraft {
            start: self.start,
            end: self.end,
            time_zone: self.time_zone.clone().unwrap_or_else(|| time_zone.clone()),
            project_id: project.map(|project| project.id),
            note: self.note.clone(),
            tags: self.tags.clone(),
            billable: self.billable.unwrap_or(billable),
        }
    }
}

/// Writes an entry of `member_id` (the caller where `None`).
///
/// # Errors
/// [`Refusal::Overlap`], [`Refusal::Invalid`] for a wrong span, project or member, [`Refusal::NotFound`] for a
/// member that the caller may not write for.
pub async fn create_entry(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    member_id: Option<MemberId>,
    request: &EntryRequest,
    render: impl Fn(&Entry) -> Answer + Send + Sync,
) -> Result<Answer, ActionError> {
    let member = whose(context, caller, member_id).await?;
    if request.end.is_none() {
        return Err(Refusal::invalid(
            "/end",
            Reason::new("missing_end", "is missing; to begin an open entry, clock in"),
        )
        .into());
    }
    let span = request.span()?;
    let project = active_project(context, caller, request.project_id, "/project_id").await?;
    let now = context.time.now();
    let entry = new_entry(context, &member, request, project.as_ref(), now);
    let query =
        TimesheetQuery { member: member.id, overlapping: Some(span), entries: Vec::new(), days: None };
    change_timesheet(context, caller, command, now, &query, |timesheet| {
        expect_free(timesheet, span, None)?;
        let change =
            EntriesChange { device_time: None, import_id: None, entries: vec![created(entry.clone())] };
        Ok(TimesheetDecision { operation: Operation::EntryCreate, change, answer: render(&entry) })
    })
    .await
}

/// The member whose time is written. That they are one is read from the organisation's stream just before: who is
/// archived in the same moment may get one more entry, which its history shows.
async fn whose(context: Context<'_>, caller: &Caller, id: Option<MemberId>) -> Result<Member, ActionError> {
    let id = id.unwrap_or(caller.member.id);
    caller.authorize(Action::WriteTime, Target::Member(id)).map_err(|_| Refusal::NotFound("member"))?;
    if id == caller.member.id {
        return Ok(caller.member.as_ref().clone());
    }
    match context.store.find_member(&caller.scope(), id).await? {
        Some(member) if !member.archived => Ok(member),
        Some(_) => Err(Refusal::invalid(
            "/member_id",
            Reason::new("archived_member", "this member is archived and takes no new entries"),
        )
        .into()),
        None => Err(Refusal::NotFound("member").into()),
    }
}

fn new_entry(
    context: Context<'_>,
    member: &Member,
    request: &EntryRequest,
    project: Option<&Project>,
    now: Timestamp,
) -> Entry {
    let billable = project.is_some_and(|project| project.billable);
    let draft = request.draft(&member.time_zone, project, billable);
    Entry::new(EntryId::starting_at(draft.start, context.random), member.id, EntrySource::Manual, draft, now)
}
