//! Doing what a person did, each deed at its own time, through the actions that the API calls.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use vibesheets_core::{
    CommandId, Label, Labels, Note, ProjectId, TimeSource,
    actions::{
        ActionError, Caller, ClockAction, ClockRequest, Command, Context, clock,
        entries::{EntryRequest, edit_entry},
        status,
    },
    journal::Hash,
    store::{Answer, Store},
    time::Instant,
};

use super::events::{Deed, Event};
use crate::system::SystemRandom;

/// A clock that shows what it was set to.
#[derive(Debug)]
pub struct SetTime(AtomicI64);

impl SetTime {
    /// Showing `instant`.
    pub fn at(instant: Instant) -> Self {
        Self(AtomicI64::new(instant.unix_seconds()))
    }

    /// Shows `instant` from now on.
    pub fn set(&self, instant: Instant) {
        self.0.store(instant.unix_seconds(), Ordering::Relaxed);
    }
}

impl TimeSource for SetTime {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::Relaxed)).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

/// A command that nobody sends twice.
pub fn command(time: &SetTime) -> Command {
    let id = CommandId::generate(time.now(), &SystemRandom);
    Command { id, digest: Hash::of(&[id.as_bytes()]), may_be_repeated: false }
}

/// Does `events`, which are `caller`'s, in their order; `projects` are in the order of the cast's.
///
/// # Errors
/// What an action refuses: the demo's own defect, or the store's error.
pub async fn play(
    store: &dyn Store,
    caller: &Caller,
    projects: &[ProjectId],
    events: &[Event],
) -> Result<(), ActionError> {
    let time = SetTime::at(Instant::EARLIEST);
    let context = Context { store, time: &time, random: &SystemRandom };
    for event in events {
        time.set(event.at);
        match event.deed {
            Deed::Mend { end } => mend(context, caller, command(&time), end).await?,
            deed => punch(context, caller, command(&time), deed, projects).await?,
        }
    }
    Ok(())
}

async fn punch(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    deed: Deed,
    projects: &[ProjectId],
) -> Result<(), ActionError> {
    let mut request = ClockRequest {
        action: ClockAction::Out,
        project_id: None,
        note: None,
        tags: None,
        billable: None,
        at: None,
    };
    match deed {
        Deed::In { project, note, tag } => {
            request.action = ClockAction::In;
            request.project_id = Some(projects[project]);
            request.note = Note::new(note).ok();
            request.tags = Labels::new(tag.and_then(|tag| Label::new(tag).ok()).into_iter().collect()).ok();
        }
        Deed::Switch { project } => {
            request.action = ClockAction::Switch;
            request.project_id = Some(projects[project]);
        }
        Deed::Out | Deed::Mend { .. } => {}
    }
    clock(context, caller, command, &request, |_, _| Answer(Vec::new())).await.map(drop)
}

/// Gives the open entry the end it really had.
async fn mend(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    end: Instant,
) -> Result<(), ActionError> {
    let Some(open) = status(context, caller).await?.entry else { return Ok(()) };
    let request = EntryRequest {
        start: open.start,
        end: Some(end),
        time_zone: Some(open.time_zone.clone()),
        project_id: open.project_id,
        note: open.note.clone(),
        tags: open.tags.clone(),
        billable: Some(open.billable),
    };
    edit_entry(context, caller, command, open.id, open.version, &request, |_| Answer(Vec::new()))
        .await
        .map(drop)
}
