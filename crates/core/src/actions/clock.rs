//! The clock: in, out, switch, and what it shows.

use jiff::Timestamp;

use super::{
    ActionError, Caller, Command, Context, Refusal, TimesheetDecision, change_timesheet,
    run::{changed, created},
};
use crate::{
    Entry, EntryDraft, EntryId, EntrySource, Labels, Note, Project, ProjectId, Reason, Timesheet,
    journal::{EntriesChange, Operation, Revision},
    policy::{Action, Target},
    store::{Answer, TimesheetQuery},
    time::{Date, DateRange, FirstDayOfWeek, Instant, Span, SpanError},
};

/// How far ahead of the server a device's clock may be, in seconds.
pub const MOST_SECONDS_AHEAD: i64 = 60;
/// How far back a punch may be dated, in seconds: seven days.
pub const MOST_SECONDS_BACK: i64 = 7 * 86_400;

/// What the button does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockAction {
    /// Begin an open entry.
    In,
    /// Close the open entry.
    Out,
    /// Close the open entry and begin another at the same instant.
    Switch,
}

/// A press of the button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockRequest {
    /// What it does.
    pub action: ClockAction,
    /// What the time is spent on; on the way out, `Some` replaces what the entry says.
    pub project_id: Option<ProjectId>,
    /// A note; on the way out, `Some` replaces what the entry says.
    pub note: Option<Note>,
    /// Labels; on the way out, `Some` replaces what the entry says.
    pub tags: Option<Labels>,
    /// Whether somebody pays; the project's habit where `None`.
    pub billable: Option<bool>,
    /// The device's own time; the server's where `None`.
    pub at: Option<Timestamp>,
}

/// What the clock shows: the only place where the open entry counts (I7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockState {
    /// The open entry.
    pub entry: Option<Entry>,
    /// How long it has been open, in seconds; 0 while clocked out.
    pub elapsed_seconds: i64,
    /// The open entry's work date, or the date now in the member's zone.
    pub today: Date,
    /// The first work date of the week that today lies in.
    pub week_start: Date,
    /// Today's seconds, the running ones included.
    pub today_seconds: i64,
    /// The week's seconds, the running ones included.
    pub week_seconds: i64,
    /// The server's time.
    pub server_time: Timestamp,
}

impl ClockState {
    fn new(
        timesheet: &Timesheet,
        open: Option<&Entry>,
        today: Date,
        week: FirstDayOfWeek,
        now: Timestamp,
    ) -> Self {
        let elapsed_seconds = match (open, Instant::from_timestamp(now)) {
            (Some(entry), Ok(now)) => now.seconds_since(entry.start).max(0),
            _ => 0,
        };
        let range = week.week_of(today);
        Self {
            entry: open.cloned(),
            elapsed_seconds,
            today,
            week_start: range.first,
            today_seconds: timesheet.seconds_in(DateRange::day(today)) + elapsed_seconds,
            week_seconds: timesheet.seconds_in(range) + elapsed_seconds,
            server_time: now,
        }
    }
}

/// What the caller's clock shows.
///
/// # Errors
/// The store's error.
pub async fn status(context: Context<'_>, caller: &Caller) -> Result<ClockState, ActionError> {
    let now = context.time.now();
    let instant = Instant::from_timestamp(now).map_err(|error| Refusal::invalid("/at", error))?;
    let mut query = clock_query(caller, instant, instant, None);
    let mut timesheet = context.store.load_timesheet(&caller.scope(), &query).await?;
    let week = caller.organisation.first_day_of_week;
    let shown = week.week_of(today(caller, timesheet.open.as_ref(), instant));
    // Only an entry that was forgotten for a week lies outside of the days that were loaded, or one of another zone.
    if query.days.is_some_and(|loaded| shown.first < loaded.first || shown.last > loaded.last) {
        query.days = Some(shown);
        timesheet = context.store.load_timesheet(&caller.scope(), &query).await?;
    }
    let today = today(caller, timesheet.open.as_ref(), instant);
    Ok(ClockState::new(&timesheet, timesheet.open.as_ref(), today, week, now))
}

/// Presses the button. Whether the project is active is read from the organisation's stream just before: a
/// project archived in the same moment may get one more entry, which its history shows.
///
/// # Errors
/// [`Refusal::AlreadyClockedIn`], [`Refusal::NotClockedIn`], [`Refusal::Overlap`], [`Refusal::Invalid`] for a time
/// out of bounds or an unknown or archived project.
pub async fn clock(
    context: Context<'_>,
    caller: &Caller,
    command: Command,
    request: &ClockRequest,
    render: impl Fn(&Entry, &ClockState) -> Answer + Send + Sync,
) -> Result<Answer, ActionError> {
    caller.authorize(Action::Clock, Target::Member(caller.member.id))?;
    let now = context.time.now();
    let at = punch_time(request.at, now)?;
    let project = super::projects::active_project(context, caller, request.project_id, "/project_id").await?;
    let punch = Punch { request, caller, at, now, project: project.as_ref() };
    let id = EntryId::starting_at(at, context.random);
    let instant = Instant::from_timestamp(now).map_err(|error| Refusal::invalid("/at", error))?;
    let overlapping = (request.action != ClockAction::Out).then_some(Span::open(at));
    let query = clock_query(caller, at, instant, overlapping);
    change_timesheet(context, caller, command, now, &query, |timesheet| {
        let (operation, entries) = match request.action {
            ClockAction::In => (Operation::ClockIn, punch.clock_in(timesheet, id)?),
            ClockAction::Out => (Operation::ClockOut, punch.clock_out(timesheet)?),
            ClockAction::Switch => (Operation::ClockSwitch, punch.switch(timesheet, id)?),
        };
        let entry = entries.last().map(|revision| revision.after.clone()).ok_or(Refusal::NotClockedIn)?;
        let state = punch.state_after(timesheet, &entries);
        let change = EntriesChange { device_time: request.at, import_id: None, entries };
        Ok(TimesheetDecision { operation, change, answer: render(&entry, &state) })
    })
    .await
}

struct Punch<'a> {
    request: &'a ClockRequest,
    caller: &'a Caller,
    at: Instant,
    now: Timestamp,
    project: Option<&'a Project>,
}

impl Punch<'_> {
    fn clock_in(&self, timesheet: &Timesheet, id: EntryId) -> Result<Vec<Revision<Entry>>, Refusal> {
        if let Some(open) = &timesheet.open {
            return Err(Refusal::AlreadyClockedIn(Box::new(open.clone())));
        }
        Ok(vec![created(self.opened(timesheet, id)?)])
    }

    fn clock_out(&self, timesheet: &Timesheet) -> Result<Vec<Revision<Entry>>, Refusal> {
        let open = timesheet.open.as_ref().ok_or(Refusal::NotClockedIn)?;
        let draft = EntryDraft {
            start: open.start,
            end: Some(self.end_of(open).or_else(|refusal| self.end_of_a_fast_clock(open).ok_or(refusal))?),
            time_zone: open.time_zone.clone(),
            project_id: self.project.map(|project| project.id).or(open.project_id),
            note: self.request.note.clone().unwrap_or_else(|| open.note.clone()),
            tags: self.request.tags.clone().unwrap_or_else(|| open.tags.clone()),
            billable: self.request.billable.unwrap_or(open.billable),
        };
        Ok(vec![changed(open, open.revised(draft, self.now))])
    }

    fn switch(&self, timesheet: &Timesheet, id: EntryId) -> Result<Vec<Revision<Entry>>, Refusal> {
        let open = timesheet.open.as_ref().ok_or(Refusal::NotClockedIn)?;
        let closed = open.closed_at(self.end_of(open)?, self.now);
        let next = self.opened(timesheet, id)?;
        Ok(vec![changed(open, closed), created(next)])
    }

    /// A new open entry. The one that a switch closes ends where this starts, so only closed ones can be in its way.
    fn opened(&self, timesheet: &Timesheet, id: EntryId) -> Result<Entry, Refusal> {
        let except = timesheet.open.as_ref().map(|open| open.id);
        if let Some(obstacle) = timesheet.obstacle(Span::open(self.at), except) {
            return Err(Refusal::Overlap(Box::new(obstacle.clone())));
        }
        let draft = EntryDraft {
            start: self.at,
            end: None,
            time_zone: self.caller.member.time_zone.clone(),
            project_id: self.project.map(|project| project.id),
            note: self.request.note.clone().unwrap_or_default(),
            tags: self.request.tags.clone().unwrap_or_default(),
            billable: self.request.billable.unwrap_or(self.project.is_some_and(|project| project.billable)),
        };
        Ok(Entry::new(id, self.caller.member.id, EntrySource::Clock, draft, self.now))
    }

    fn end_of(&self, open: &Entry) -> Result<Instant, Refusal> {
        match Span::new(open.start, Some(self.at)) {
            Ok(_) => Ok(self.at),
            Err(SpanError::EndBeforeStart) if self.request.at.is_some() => Err(Refusal::invalid(
                "/at",
                Reason::new("before_clock_in", "lies before the time of clocking in"),
            )),
            Err(SpanError::EndBeforeStart) => Err(Refusal::not_allowed(
                "open_entry_ahead",
                "the open entry begins in the future; edit its start, or wait",
            )),
            Err(SpanError::TooLong) => Err(Refusal::not_allowed(
                "open_entry_too_long",
                "the open entry is more than 31 days long; edit it and give it the end it really had",
            )),
        }
    }

    /// Clocked in by a device whose clock was ahead, clocked out by the server's a moment later: no time has passed.
    fn end_of_a_fast_clock(&self, open: &Entry) -> Option<Instant> {
        let ahead = open.start.seconds_since(self.at);
        (self.request.at.is_none() && (1..=MOST_SECONDS_AHEAD).contains(&ahead)).then_some(open.start)
    }

    fn state_after(&self, timesheet: &Timesheet, entries: &[Revision<Entry>]) -> ClockState {
        let after = timesheet.with(entries);
        let open = after.open.as_ref();
        let now = Instant::from_timestamp(self.now).unwrap_or(self.at);
        let today = today(self.caller, open, now);
        ClockState::new(&after, open, today, self.caller.organisation.first_day_of_week, self.now)
    }
}

fn today(caller: &Caller, open: Option<&Entry>, now: Instant) -> Date {
    open.map_or_else(|| caller.member.time_zone.date_at(now), |entry| entry.work_date)
}

/// The open entry, and the days of the weeks of `at` and `now` and of the week before, where an open entry may have
/// begun: the same query for a whole week.
fn clock_query(caller: &Caller, at: Instant, now: Instant, overlapping: Option<Span>) -> TimesheetQuery {
    let week_of = |instant| {
        let date = caller.member.time_zone.date_at(instant);
        caller.organisation.first_day_of_week.week_of(date)
    };
    let days = DateRange {
        first: week_of(at.min(now).saturating_add_seconds(-7 * 86_400)).first,
        last: week_of(at.max(now)).last,
    };
    TimesheetQuery { member: caller.member.id, overlapping, entries: Vec::new(), days: Some(days) }
}

fn punch_time(at: Option<Timestamp>, now: Timestamp) -> Result<Instant, Refusal> {
    let server = Instant::from_timestamp(now).map_err(|error| Refusal::invalid("/at", error))?;
    let Some(at) = at else { return Ok(server) };
    let at = Instant::from_timestamp(at).map_err(|error| Refusal::invalid("/at", error))?;
    match at.seconds_since(server) {
        ahead if ahead > MOST_SECONDS_AHEAD => Err(Refusal::invalid(
            "/at",
            Reason::new(
                "ahead_of_server",
                "lies more than 60 seconds ahead of the server; set the device's clock",
            ),
        )),
        back if back < -MOST_SECONDS_BACK => Err(Refusal::invalid(
            "/at",
            Reason::new("too_long_ago", "lies more than 7 days back; add the entry by hand instead"),
        )),
        _ => Ok(at),
    }
}
