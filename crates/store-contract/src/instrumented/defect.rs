//! Ways to be broken, to see that the checks find them.

use std::collections::HashMap;

use vibesheets_core::{
    Entry, MemberId, Timesheet,
    journal::{Append, Head, PayloadBody, RecordDraft, Revision, StreamId},
    store::{AppliedCommand, Commit, Scope, StoreError, TimesheetQuery, TimesheetWrite},
};

use super::Instrumented;
use crate::support::SeededRandom;

/// One call in so many is broken, where not all are.
const CALLS_FOR_EACH_DEFECT: u64 = 3;

/// A way in which a store may be broken that looks right most of the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Defect {
    /// A timesheet is sometimes an earlier one: what an engine's cheap reads give.
    StaleRead,
    /// A timesheet sometimes has an earlier one's open entry and days beside the present head: a cache that is mended by
    /// half.
    StaleContent,
    /// A write does not look whether its head is still the head, or its entries still what they were.
    HeadIgnored,
    /// An applied command is sometimes not found.
    ForgottenCommand,
    /// A write is sometimes acknowledged and not done.
    LostWrite,
    /// A write is sometimes done and said not to be.
    DeniedWrite,
}

impl Defect {
    /// Every way to be broken.
    pub const ALL: [Self; 6] = [
        Self::StaleRead,
        Self::StaleContent,
        Self::HeadIgnored,
        Self::ForgottenCommand,
        Self::LostWrite,
        Self::DeniedWrite,
    ];
}

/// What a broken store remembers.
pub(super) struct Memory {
    /// Says which calls are broken.
    random: SeededRandom,
    /// The timesheet that each member had before the last.
    timesheets: HashMap<MemberId, Timesheet>,
}

impl Default for Memory {
    fn default() -> Self {
        Self { random: SeededRandom::new(0), timesheets: HashMap::new() }
    }
}

impl Instrumented {
    /// The same, broken in calls that `seed` picks.
    #[must_use]
    pub fn broken(mut self, defect: Defect, seed: u64) -> Self {
        self.defect = Some(defect);
        self.state().memory.random = SeededRandom::new(seed);
        self
    }

    /// Whether this call is one of those that `defect` breaks.
    fn breaks(&self, defect: Defect) -> bool {
        self.defect == Some(defect)
            && self.state().memory.random.next_number().is_multiple_of(CALLS_FOR_EACH_DEFECT)
    }

    pub(super) fn timesheet_as_broken(&self, query: &TimesheetQuery, timesheet: Timesheet) -> Timesheet {
        let (whole, half) = (self.breaks(Defect::StaleRead), self.breaks(Defect::StaleContent));
        let mut state = self.state();
        let earlier = state.memory.timesheets.insert(query.member, timesheet.clone());
        match earlier {
            Some(earlier) if whole => earlier,
            Some(earlier) if half => Timesheet { head: timesheet.head, ..earlier },
            _ => timesheet,
        }
    }

    pub(super) fn applied_as_broken(&self, applied: Option<AppliedCommand>) -> Option<AppliedCommand> {
        applied.filter(|_| !self.breaks(Defect::ForgottenCommand))
    }

    pub(super) async fn write_as_broken(
        &self,
        scope: &Scope,
        write: TimesheetWrite,
    ) -> Result<Commit, StoreError> {
        if self.breaks(Defect::LostWrite) {
            return Ok(Commit { number: None });
        }
        let again = (self.defect == Some(Defect::HeadIgnored)).then(|| write.clone());
        let result = self.store.write_timesheet(scope, write).await;
        match (result, again) {
            (Err(StoreError::Conflict { .. }), Some(write)) => self.write_anyway(scope, write).await,
            (Ok(_), _) if self.breaks(Defect::DeniedWrite) => Err(super::unavailable("write_timesheet")),
            (result, _) => result,
        }
    }

    /// The same write on whatever the head and the entries are by now.
    async fn write_anyway(&self, scope: &Scope, write: TimesheetWrite) -> Result<Commit, StoreError> {
        let record = &write.append.record;
        let head = self.store.head(record.stream).await?;
        let mut change = write.change;
        for Revision { before, after } in &mut change.entries {
            let Some(before) = before else { continue };
            let Some(now) = self.store.find_entry(scope, None, before.id).await? else { continue };
            *after = Entry { version: now.version + 1, journal_seq: head.seq + 1, ..after.clone() };
            *before = now;
        }
        let draft = RecordDraft {
            now: record.time,
            actor: record.actor,
            operation: record.operation,
            command: record.command,
            applied: write.applied.as_ref().map(AppliedCommand::hash),
        };
        let body = PayloadBody::Entries(change.clone());
        let append = append(head, record.stream, draft, &body);
        self.store.write_timesheet(scope, TimesheetWrite { append, change, applied: write.applied }).await
    }
}

fn append(head: Head, stream: StreamId, draft: RecordDraft, body: &PayloadBody) -> Append {
    Append::after(head, stream, draft, body, &SeededRandom::new(head.seq))
}
