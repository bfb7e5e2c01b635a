//! Entries of an import on their way into the members' streams.

use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ActionError, Caller, Context, MOST_ENTRIES, Progress};
use crate::{
    CommandId, Entry, EntryId, EntrySource, ImportId, MemberId, Timesheet,
    actions::{
        Command, Refusal, TimesheetDecision, change_timesheet,
        run::{changed, created},
    },
    import::{
        OverlapPolicy, ParsedFile, ParsedRow,
        plan::{ImportPlan, Meanings, MemberPlan, Obstacle, Resolution, Settled, Settler},
    },
    journal::{EntriesChange, Hash, Operation, Revision},
    store::{Answer, TimesheetQuery},
    time::{Instant, LONGEST_ENTRY_SECONDS, Span},
};

/// How many members are written at once.
const MOST_MEMBERS_AT_ONCE: usize = 8;

/// One import on its way.
pub(super) struct Entering<'a> {
    pub(super) context: Context<'a>,
    pub(super) caller: &'a Caller,
    pub(super) file: &'a ParsedFile,
    pub(super) meanings: &'a Meanings,
    pub(super) import: ImportId,
    /// The version of the import that runs.
    pub(super) version: u32,
    pub(super) overlaps: OverlapPolicy,
}

/// What came in.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entered {
    pub(super) entries: u64,
    pub(super) seconds: i64,
}

/// A row that comes in, unless something has come in its way.
struct Incoming<'a> {
    row: &'a ParsedRow,
    id: EntryId,
    restores: bool,
    start: Instant,
    end: Instant,
}

/// What became of a chunk's rows.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Outcome {
    resolutions: Vec<Resolution>,
    /// Entries of the chunk that are in by now, whoever brought them for this import, and their seconds.
    entries: u64,
    seconds: i64,
}

impl Entering<'_> {
    /// Writes what `plan` keeps, and corrects it where somebody was faster. Members are written side by side, so that
    /// they share commits; what came in is told in the members' order, whoever was done first.
    pub(super) async fn enter(
        &self,
        plan: &mut ImportPlan,
        progress: Progress<'_>,
    ) -> Result<Entered, ActionError> {
        let total = plan.members.iter().map(|member| self.pending(member).len() as u64).sum();
        let done = AtomicU64::new(0);
        progress(0, total);
        let members = self.meanings.members.iter().zip(&plan.members);
        let entering: Vec<_> = members
            .map(|(member, plan)| self.enter_member(member.id, plan, &done, (progress, total)))
            .collect();
        let outcomes: Vec<_> = stream::iter(entering).buffered(MOST_MEMBERS_AT_ONCE).try_collect().await?;
        let mut entered = Entered::default();
        for (plan, (came_in, corrections)) in plan.members.iter_mut().zip(outcomes) {
            entered.entries += came_in.entries;
            entered.seconds += came_in.seconds;
            for (place, found) in corrections {
                plan.settled[place].resolution = found;
            }
        }
        Ok(entered)
    }

    /// Writes one member's entries, chunk after chunk: what came in, and where that is not as it was planned.
    async fn enter_member(
        &self,
        member: MemberId,
        plan: &MemberPlan,
        done: &AtomicU64,
        (progress, total): (Progress<'_>, u64),
    ) -> Result<(Entered, Vec<(usize, Resolution)>), ActionError> {
        let (mut entered, mut corrections) = (Entered::default(), Vec::new());
        let pending = self.pending(plan);
        let mut rest = pending.as_slice();
        while !rest.is_empty() {
            let (chunk, after) = rest.split_at(self.chunk_length(plan, rest));
            rest = after;
            let incoming: Vec<Incoming<'_>> =
                chunk.iter().filter_map(|place| self.incoming(&plan.settled[*place])).collect();
            let outcome = self.write(member, &incoming).await?;
            entered.entries += outcome.entries;
            entered.seconds += outcome.seconds;
            // What came in whole came in as it was planned, perhaps trimmed.
            let found = chunk.iter().copied().zip(outcome.resolutions);
            corrections.extend(found.filter(|(_, found)| *found != Resolution::Whole));
            let written = chunk.len() as u64;
            progress(done.fetch_add(written, Ordering::Relaxed) + written, total);
        }
        Ok((entered, corrections))
    }

    fn incoming(&self, settled: &Settled) -> Option<Incoming<'_>> {
        let row = &self.file.rows[settled.row as usize];
        let (start, end) = settled.resolution.kept(row)?;
        Some(Incoming { row, id: settled.id, restores: settled.restores, start, end })
    }

    fn pending(&self, plan: &MemberPlan) -> Vec<usize> {
        let settled = plan.settled.iter().enumerate();
        settled.filter(|(_, settled)| self.incoming(settled).is_some()).map(|(place, _)| place).collect()
    }

    /// How many of `pending` are written at once: no more than fit a record, and within a span that a store reads.
    fn chunk_length(&self, plan: &MemberPlan, pending: &[usize]) -> usize {
        let (mut first, mut last) = (Instant::LATEST, Instant::EARLIEST);
        let fits = |place: &&usize| {
            let Some(incoming) = self.incoming(&plan.settled[**place]) else { return false };
            first = first.min(incoming.start);
            last = last.max(incoming.end);
            last.seconds_since(first) <= LONGEST_ENTRY_SECONDS
        };
        pending.iter().take(MOST_ENTRIES).take_while(fits).count().max(1)
    }

    async fn write(&self, member: MemberId, chunk: &[Incoming<'_>]) -> Result<Outcome, ActionError> {
        let first = chunk.iter().map(|incoming| incoming.start).min().unwrap_or(Instant::EARLIEST);
        let last = chunk.iter().map(|incoming| incoming.end).max().unwrap_or(Instant::EARLIEST);
        let query = TimesheetQuery {
            member,
            overlapping: Span::new(first, Some(last)).ok(),
            entries: chunk.iter().map(|incoming| incoming.id).collect(),
            days: None,
        };
        let now = self.context.time.now();
        let command = command(self.import, Operation::ImportEntries, self.version, member, &query.entries);
        let decide = |timesheet: &Timesheet| self.decide(timesheet, member, chunk, now);
        let answer = change_timesheet(self.context, self.caller, command, now, &query, decide).await?;
        Ok(serde_json::from_slice(&answer.0).expect("the answer that was written a moment ago"))
    }

    /// Decides anew on what is there by now: no overlap comes in, whatever the plan was made on (I2).
    fn decide(
        &self,
        timesheet: &Timesheet,
        member: MemberId,
        chunk: &[Incoming<'_>],
        now: Timestamp,
    ) -> Result<TimesheetDecision, Refusal> {
        let obstacles: Vec<Obstacle> =
            timesheet.overlapping.iter().chain(&timesheet.open).filter_map(Obstacle::of).collect();
        let spans = chunk.iter().map(|incoming| (incoming.start, incoming.end));
        let mut settler = Settler::new(spans, &obstacles, self.overlaps);
        let mut outcome = Outcome::default();
        let mut entries = Vec::new();
        for incoming in chunk {
            let there = timesheet.entry(incoming.id);
            if let Some(entry) = there.filter(|entry| !(entry.deleted && incoming.restores)) {
                if !entry.deleted && entry.import_id == Some(self.import) {
                    outcome.entries += 1;
                    outcome.seconds += entry.seconds().unwrap_or(0);
                }
                outcome.resolutions.push(Resolution::AlreadyImported);
                continue;
            }
            let resolution = settler.settle(incoming.row.line, incoming.start, incoming.end);
            let kept = match &resolution {
                Resolution::Whole => Some((incoming.start, incoming.end)),
                other => other.kept(incoming.row),
            };
            if let Some((start, end)) = kept {
                entries.push(self.revision(member, incoming, there, (start, end), now));
                outcome.entries += 1;
                outcome.seconds += end.seconds_since(start);
            }
            outcome.resolutions.push(resolution);
        }
        Ok(TimesheetDecision {
            operation: Operation::ImportEntries,
            change: EntriesChange { device_time: None, import_id: Some(self.import), entries },
            answer: Answer(serde_json::to_vec(&outcome).expect("an outcome is always JSON")),
        })
    }

    fn revision(
        &self,
        member: MemberId,
        incoming: &Incoming<'_>,
        taken_out: Option<&Entry>,
        (start, end): (Instant, Instant),
        now: Timestamp,
    ) -> Revision<Entry> {
        let draft = self.meanings.draft(incoming.row, start, end);
        let import_id = Some(self.import);
        match taken_out {
            Some(before) => changed(before, Entry { import_id, ..before.revised(draft, now) }),
            None => created(Entry {
                import_id,
                ..Entry::new(incoming.id, member, EntrySource::Import, draft, now)
            }),
        }
    }
}

/// The command that writes these entries of this run; the same for the same ones.
pub(super) fn command(
    import: ImportId,
    operation: Operation,
    version: u32,
    member: MemberId,
    entries: &[EntryId],
) -> Command {
    let version = version.to_be_bytes();
    let mut parts: Vec<&[u8]> =
        vec![import.as_bytes(), operation.as_str().as_bytes(), &version, member.as_bytes()];
    parts.extend(entries.iter().map(|entry| &entry.as_bytes()[..]));
    // Derived entry ids make a repetition harmless, so no answer has to be kept.
    Command {
        id: CommandId::derive("vibesheets import command 1", &parts),
        digest: Hash::of(&parts),
        may_be_repeated: false,
    }
}
