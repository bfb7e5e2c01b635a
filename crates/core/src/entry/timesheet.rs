//! What a decision about one member's time is made on.

use super::Entry;
use crate::{
    EntryId,
    journal::{Head, Revision},
    time::{Date, DateRange, Span},
};

/// One member's time as it stood at journal head `head`. A decision made on it is written on condition that
/// the head still stands (I2), so whatever it does not show cannot have changed either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timesheet {
    /// The last journal record of the member's stream.
    pub head: Head,
    /// The member was erased, and with that record their stream has ended: nothing is written after it.
    pub is_closed: bool,
    /// The open entry: the member is clocked in (I1).
    pub open: Option<Entry>,
    /// The entries that share a second with the span asked for, by start; without the deleted and the open one.
    pub overlapping: Vec<Entry>,
    /// The entries asked for by id, deleted ones too.
    pub entries: Vec<Entry>,
    /// The seconds of closed entries per work date of the range asked for, by date; dates without any are left out.
    pub days: Vec<DayTotal>,
}

/// The closed seconds of one work date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayTotal {
    /// The work date.
    pub date: Date,
    /// Seconds of the closed entries that belong to it.
    pub seconds: i64,
}

impl Timesheet {
    /// An entry other than `except` that shares a second with `span` (I2): the open one reaches to infinity.
    pub fn obstacle(&self, span: Span, except: Option<EntryId>) -> Option<&Entry> {
        self.overlapping
            .iter()
            .chain(&self.open)
            .filter(|entry| Some(entry.id) != except && !entry.deleted)
            .find(|entry| entry.span().is_ok_and(|other| other.overlaps(span)))
    }

    /// The entry with this id, of those asked for.
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// What it shows once `revisions` are applied: the open entry and the days.
    #[must_use]
    pub fn with(&self, revisions: &[Revision<Entry>]) -> Self {
        let mut after = self.clone();
        for Revision { before, after: entry } in revisions {
            if before.as_ref().is_some_and(Entry::is_open) {
                after.open = None;
            }
            if entry.is_open() {
                after.open = Some(entry.clone());
            }
            for (changed, sign) in [(before.as_ref(), -1), (Some(entry), 1)] {
                if let Some((date, seconds)) = changed.and_then(counted) {
                    after.add(date, sign * seconds);
                }
            }
        }
        after
    }

    fn add(&mut self, date: Date, seconds: i64) {
        match self.days.binary_search_by_key(&date, |day| day.date) {
            Ok(index) => self.days[index].seconds += seconds,
            Err(index) => self.days.insert(index, DayTotal { date, seconds }),
        }
    }

    /// The closed seconds of the work dates in `range`.
    pub fn seconds_in(&self, range: DateRange) -> i64 {
        self.days.iter().filter(|day| range.contains(day.date)).map(|day| day.seconds).sum()
    }
}

/// The work date and seconds that an entry counts with; `None` while it is open or deleted.
fn counted(entry: &Entry) -> Option<(Date, i64)> {
    if entry.deleted { None } else { entry.seconds().map(|seconds| (entry.work_date, seconds)) }
}
