//! One member's clock that does a thing at a time: what the store and the actions must look like.

use std::collections::BTreeMap;

use vibesheets_core::{EntryId, actions::ClockAction};

use super::history::{Operation, Outcome, Pressed, Request};

/// How far ahead of its end an open entry may begin to be closed with no length, in seconds.
const MOST_SECONDS_AHEAD: i64 = 60;

/// A closed entry: id, start and end.
type Closed = (EntryId, i64, i64);

/// One member's clock.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct Clock {
    open: Option<(EntryId, i64)>,
    /// In the order of their ids, so that two ways to one state are one.
    closed: Vec<Closed>,
    /// Applied commands by number: what was asked, as an index of [`ACTIONS`], and what was answered.
    applied: BTreeMap<usize, (usize, Pressed)>,
}

const ACTIONS: [ClockAction; 3] = [ClockAction::In, ClockAction::Out, ClockAction::Switch];

fn number_of(action: ClockAction) -> usize {
    ACTIONS.iter().position(|one| *one == action).unwrap_or_default()
}

impl Clock {
    /// The clock after `operation`; `None` where it would have answered something else.
    pub fn after(&self, operation: &Operation) -> Option<Self> {
        let told = operation.outcome;
        let (action, command) = match operation.request {
            _ if told == Outcome::NotApplied => return Some(self.clone()),
            Request::Status => {
                let open = self.open.map(|(id, _)| id);
                let shown = Outcome::Shown { open, today_seconds: self.today_seconds(operation.now) };
                return (told == shown).then(|| self.clone());
            }
            Request::Press { action, command } => (action, command),
        };
        if let Some((asked, answer)) = self.applied.get(&command) {
            let same = *asked == number_of(action);
            let expected = if same { Outcome::Pressed(*answer) } else { Outcome::CommandReused };
            return (told == expected).then(|| self.clone());
        }
        let Outcome::Pressed(answer) = told else {
            return self.refuses(action, operation.now, told).then(|| self.clone());
        };
        let mut after = self.pressed(action, operation.now, answer.entry)?;
        (after.answer(operation.now, answer.entry) == Some(answer)).then(|| {
            after.applied.insert(command, (number_of(action), answer));
            after
        })
    }

    /// Whether a press at `now` is refused with what the client was told.
    fn refuses(&self, action: ClockAction, now: i64, told: Outcome) -> bool {
        match (action, self.open) {
            (ClockAction::In, Some((id, _))) => told == Outcome::AlreadyClockedIn(id),
            (ClockAction::Out | ClockAction::Switch, None) => told == Outcome::NotClockedIn,
            (ClockAction::Out, Some((_, start))) => {
                told == Outcome::OpenEntryAhead && start - now > MOST_SECONDS_AHEAD
            }
            (ClockAction::Switch, Some((_, start))) if start > now => told == Outcome::OpenEntryAhead,
            (ClockAction::In | ClockAction::Switch, _) => {
                self.obstacles(now).any(|id| told == Outcome::Overlap(id))
            }
        }
    }

    /// The clock after a press that is not refused; a new entry gets the id `entry`.
    fn pressed(&self, action: ClockAction, now: i64, entry: EntryId) -> Option<Self> {
        let mut after = self.clone();
        match (action, self.open) {
            (ClockAction::In, None) => after.begin(entry, now)?,
            (ClockAction::Out, Some((_, start))) if start - now <= MOST_SECONDS_AHEAD => {
                after.close(now.max(start));
            }
            (ClockAction::Switch, Some((_, start))) if start <= now => {
                after.close(now);
                // What a switch closes ends where the next begins, so it is in nobody's way.
                after.begin(entry, now)?;
            }
            _ => return None,
        }
        Some(after)
    }

    fn begin(&mut self, entry: EntryId, now: i64) -> Option<()> {
        let is_new = self.closed.iter().all(|(id, ..)| *id != entry);
        let is_free = self.obstacles(now).next().is_none();
        (is_new && is_free).then(|| self.open = Some((entry, now)))
    }

    fn close(&mut self, end: i64) {
        if let Some((id, start)) = self.open.take() {
            self.closed.push((id, start, end));
            self.closed.sort_unstable();
        }
    }

    /// What a press that has just been done answers about `entry`.
    fn answer(&self, now: i64, entry: EntryId) -> Option<Pressed> {
        let open = self.open.filter(|(id, _)| *id == entry).map(|(_, start)| (start, None));
        let closed = self.closed.iter().find(|(id, ..)| *id == entry);
        let (start, end) = open.or_else(|| closed.map(|(_, start, end)| (*start, Some(*end))))?;
        Some(Pressed { entry, start, end, today_seconds: self.today_seconds(now) })
    }

    /// Closed entries that an open one from `start` on would share a second with.
    fn obstacles(&self, start: i64) -> impl Iterator<Item = EntryId> {
        self.closed.iter().filter(move |(_, from, to)| from < to && *to > start).map(|(id, ..)| *id)
    }

    fn today_seconds(&self, now: i64) -> i64 {
        let closed: i64 = self.closed.iter().map(|(_, start, end)| end - start).sum();
        closed + self.open.map_or(0, |(_, start)| (now - start).max(0))
    }
}
