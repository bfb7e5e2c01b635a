//! What is there already: one read per member, and one for each 500 of their rows.

use std::collections::{HashMap, HashSet};

use super::{ActionError, Caller, Context, Progress};
use crate::{
    Entry, EntryId, MemberId,
    import::{
        ParsedFile, ParsedRow,
        plan::{Candidate, ExistingTime, Identified, Obstacle},
    },
    journal::{Operation, StreamId},
    store::TimesheetQuery,
    time::{Date, DateRange, Span},
};

/// Rows whose entries are looked for in one read.
const ROWS_A_READ: usize = 500;

/// The time of the members who have rows and are not new. It is for planning: each write looks again.
pub(super) async fn load_existing(
    context: Context<'_>,
    caller: &Caller,
    file: &ParsedFile,
    identified: &Identified,
    progress: Progress<'_>,
) -> Result<HashMap<MemberId, ExistingTime>, ActionError> {
    let gets_on = || progress(0, 0);
    gets_on();
    let mut existing = HashMap::new();
    for (member, candidates) in identified.meanings.members.iter().zip(&identified.candidates) {
        if !member.new && !candidates.is_empty() {
            existing.insert(
                member.id,
                load_member(context, caller, file, (member.id, candidates), &gets_on).await?,
            );
        }
    }
    Ok(existing)
}

async fn load_member(
    context: Context<'_>,
    caller: &Caller,
    file: &ParsedFile,
    (member, candidates): (MemberId, &[Candidate]),
    gets_on: &(dyn Fn() + Send + Sync),
) -> Result<ExistingTime, ActionError> {
    let row = |candidate: &Candidate| &file.rows[candidate.row as usize];
    let mut ids: Vec<EntryId> = candidates.iter().map(|candidate| candidate.id).collect();
    ids.extend(candidates.iter().filter_map(|candidate| row(candidate).entry));
    let mut existing = ExistingTime::default();
    for (read, ids) in ids.chunks(ROWS_A_READ).enumerate() {
        let first = read == 0;
        let query = TimesheetQuery {
            member,
            // Candidates are in the order of their starts, and the store has no span that is longer than an entry.
            overlapping: candidates
                .first()
                .filter(|_| first)
                .map(|candidate| Span::open(row(candidate).start)),
            entries: ids.to_vec(),
            days: dates(candidates.iter().map(row)).filter(|_| first),
        };
        let timesheet = context.store.load_timesheet(&caller.scope(), &query).await?;
        if first {
            existing.obstacles =
                timesheet.overlapping.iter().chain(&timesheet.open).filter_map(Obstacle::of).collect();
            existing.days = timesheet.days;
        }
        existing.entries.extend(timesheet.entries.into_iter().map(|entry| (entry.id, entry)));
        gets_on();
    }
    existing.taken_out = taken_out(context, caller, member, existing.entries.values()).await?;
    Ok(existing)
}

fn dates<'f>(rows: impl Iterator<Item = &'f ParsedRow> + Clone) -> Option<DateRange> {
    let dates = rows.map(|row| row.time_zone.date_at(row.start));
    let first: Date = dates.clone().min()?;
    Some(DateRange { first, last: dates.max()? })
}

/// The deleted entries that an undone import took out, told by the record that deleted them: one record took out
/// many, so records are read once each.
async fn taken_out(
    context: Context<'_>,
    caller: &Caller,
    member: MemberId,
    entries: impl Iterator<Item = &Entry>,
) -> Result<HashSet<EntryId>, ActionError> {
    let stream = StreamId::Member(caller.organisation.id, member);
    let mut by_undo: HashMap<u64, bool> = HashMap::new();
    let mut found = HashSet::new();
    for entry in entries.filter(|entry| entry.deleted && entry.import_id.is_some()) {
        let seq = entry.journal_seq;
        let undone = match by_undo.get(&seq) {
            Some(undone) => *undone,
            None => {
                let record = context.store.find_record(stream, seq).await?;
                record.is_some_and(|stored| stored.record.operation == Operation::ImportUndoEntries)
            }
        };
        by_undo.insert(seq, undone);
        if undone {
            found.insert(entry.id);
        }
    }
    Ok(found)
}
