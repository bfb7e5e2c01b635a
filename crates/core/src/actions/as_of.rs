//! One member's time as it stood at a moment, folded from their journal stream.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    ActionError, Caller, Context, Refusal,
    reports::{TimeFilter, TimesheetPage, Whose, permitted_query},
};
use crate::{
    DayTotal, Entry, EntryId, MemberId, Reason,
    journal::{ChainVerifier, PayloadBody, StreamId},
    store::{EntryCursor, EntryQuery, Page, PageRequest, StoreError, StoredRecord},
    time::{Date, DateRange},
};

/// Records read at a time.
const CHUNK_RECORDS: usize = 500;

/// A page of one member's entries as they stood at `as_of`, with the sums of all that the filter names. Reads the member's
/// stream from its first record to that moment and verifies it on the way.
///
/// # Errors
/// As [`super::reports::timesheet`]; [`Refusal::Invalid`] for a moment that is still to come or for everyone's time;
/// [`Refusal::NotAllowed`] where payloads were erased; [`StoreError::Corrupt`] where the chain does not verify.
pub async fn timesheet_as_of(
    context: Context<'_>,
    caller: &Caller,
    filter: &TimeFilter,
    page: &PageRequest,
    as_of: Timestamp,
) -> Result<TimesheetPage, ActionError> {
    if as_of > context.time.now() {
        let reason = Reason::new("in_the_future", "must not lie in the future");
        return Err(Refusal::invalid("/as_of", reason).into());
    }
    if filter.whose == Whose::Everyone {
        let reason = Reason::new("one_member_only", "must name one member: each has a past of their own");
        return Err(Refusal::invalid("/member_id", reason).into());
    }
    let query = permitted_query(context, caller, filter).await?;
    let member = query.member.unwrap_or(caller.member.id);
    let mut entries = fold(context, caller, member, as_of).await?;
    entries.retain(|entry| is_wanted(entry, &query));
    entries.sort_by_key(|entry| (entry.start, entry.id));
    let days = days(&entries, filter.range);
    let total_seconds = days.iter().map(|day| day.seconds).sum();
    Ok(TimesheetPage { page: cut(entries, page), days, total_seconds })
}

/// The member's entries after the last record at `as_of` or before: record time never runs backwards in a stream.
async fn fold(
    context: Context<'_>,
    caller: &Caller,
    member: MemberId,
    as_of: Timestamp,
) -> Result<Vec<Entry>, ActionError> {
    let stream = StreamId::Member(caller.organisation.id, member);
    let mut verifier = ChainVerifier::default();
    let mut entries: BTreeMap<EntryId, Entry> = BTreeMap::new();
    loop {
        let records = context.store.read_stream(stream, verifier.head().seq, CHUNK_RECORDS).await?;
        for stored in &records {
            if stored.record.time > as_of {
                return Ok(entries.into_values().collect());
            }
            let key = || format!("{} of {stream}", stored.record.seq);
            let damaged = || StoreError::Corrupt { what: "record", key: key() };
            verifier.check(&stored.record, stored.payload.as_ref()).map_err(|_| damaged())?;
            for entry in entries_after(stored).ok_or_else(damaged)?? {
                entries.insert(entry.id, entry);
            }
        }
        if records.len() < CHUNK_RECORDS {
            return Ok(entries.into_values().collect());
        }
    }
}

/// What a record made of the entries that it changed; `None` for a payload that is none.
fn entries_after(stored: &StoredRecord) -> Option<Result<impl Iterator<Item = Entry> + use<>, Refusal>> {
    let Some(payload) = &stored.payload else {
        let what = "what was recorded by then was erased, so the past cannot be shown";
        return Some(Err(Refusal::not_allowed("payload_erased", what)));
    };
    match payload.open() {
        Ok(PayloadBody::Entries(change)) => {
            Some(Ok(change.entries.into_iter().map(|revision| revision.after)))
        }
        _ => None,
    }
}

fn is_wanted(entry: &Entry, query: &EntryQuery) -> bool {
    let on_project = |wanted: &Vec<_>| entry.project_id.is_some_and(|project| wanted.contains(&project));
    !entry.deleted && query.range.contains(entry.work_date) && query.projects.as_ref().is_none_or(on_project)
}

fn days(entries: &[Entry], range: DateRange) -> Vec<DayTotal> {
    let mut by_date: BTreeMap<Date, i64> = BTreeMap::new();
    for entry in entries {
        *by_date.entry(entry.work_date).or_default() += entry.seconds().unwrap_or(0);
    }
    let day = |date| DayTotal { date, seconds: by_date.get(&date).copied().unwrap_or(0) };
    range.dates().map(day).collect()
}

fn cut(entries: Vec<Entry>, page: &PageRequest) -> Page {
    let follows =
        |entry: &Entry| page.after.is_none_or(|after| (entry.start, entry.id) > (after.start, after.id));
    let mut rest = entries.into_iter().filter(follows);
    let entries: Vec<Entry> = rest.by_ref().take(page.limit).collect();
    let next = rest.next().and(entries.last()).map(EntryCursor::of);
    Page { entries, next }
}
