//! What a decision needs: the head first, then what stands beside it, once all that the head's transaction wrote is seen. So it
//! is of that head or of a later one, on which a write on this head fails.

use std::collections::BTreeMap;

use vibesheets_core::{
    DayTotal, Entry, MemberId, OrganisationId, Timesheet,
    journal::StreamId,
    store::{StoreError, TimesheetQuery},
    time::{DateRange, Instant, LONGEST_ENTRY_SECONDS, Span},
};

use super::{
    bounds::start_bounds,
    find,
    head::{MemberHead, member_head},
    row,
};
use crate::{
    item::Item,
    journal,
    keys::{ENTRY, LAST, Table, member_partition},
    tables::{Query, Range, Tables},
};

/// Entries read at a time on the way back to the one that may reach into a span.
const PAGE_ITEMS: usize = 4;

/// Looks at time that goes on changing, after which the reader is told to come again.
const MOST_LOOKS: usize = 10;

pub(super) async fn timesheet(
    tables: &Tables,
    organisation: OrganisationId,
    query: &TimesheetQuery,
) -> Result<Timesheet, StoreError> {
    let member = query.member;
    let (head, days) = head_and_days(tables, organisation, member, query.days).await?;
    let overlapping = match query.overlapping {
        Some(span) => settled_overlapping(tables, organisation, member, &head, span).await?,
        None => Vec::new(),
    };
    if query.overlapping.is_none() && !query.entries.is_empty() {
        head.settle(tables, StreamId::Member(organisation, member)).await?;
    }
    let entries = find::own(tables, organisation, member, &query.entries).await?;
    Ok(Timesheet { head: head.head, is_closed: head.is_closed, open: head.open, overlapping, entries, days })
}

/// Head, open entry and days of one state, since a clock shows them without a write that would tell otherwise. Days that are too
/// old to stand beside the head are read while it is the last.
async fn head_and_days(
    tables: &Tables,
    organisation: OrganisationId,
    member: MemberId,
    range: Option<DateRange>,
) -> Result<(MemberHead, Vec<DayTotal>), StoreError> {
    let mut head = member_head(tables, organisation, member).await?;
    let Some(range) = range else { return Ok((head, Vec::new())) };
    for _ in 0..MOST_LOOKS {
        if let Some(days) = head.recent.days(range) {
            return Ok((head, days));
        }
        let stream = StreamId::Member(organisation, member);
        head.settle(tables, stream).await?;
        let days = days(tables, organisation, member, range).await?;
        if journal::is_last(tables, stream, head.head).await? {
            return Ok((head, days));
        }
        head = member_head(tables, organisation, member).await?;
    }
    Err(StoreError::Unavailable {
        reason: format!("member {member}'s time goes on changing while it is read"),
    })
}

/// As of the head or later. What the head's transaction wrote is mostly among what the query shows; where it is not, it is
/// waited for and the query is made again.
async fn settled_overlapping(
    tables: &Tables,
    organisation: OrganisationId,
    member: MemberId,
    head: &MemberHead,
    span: Span,
) -> Result<Vec<Entry>, StoreError> {
    let mut unseen = head.places.clone();
    let seen = |items: &[Item]| unseen.strike_out(Table::TimeEntries, head.head.seq, items);
    let found = overlapping(tables, organisation, member, span, seen).await?;
    if unseen.is_empty() {
        return Ok(found);
    }
    journal::settle(tables, StreamId::Member(organisation, member), head.head.seq, unseen).await?;
    overlapping(tables, organisation, member, span, |_| ()).await
}

/// A member's entries never overlap (I2), so only the last one that starts before the span can reach into it. `seen` is told all
/// items that are read.
async fn overlapping(
    tables: &Tables,
    organisation: OrganisationId,
    member: MemberId,
    span: Span,
    mut seen: impl FnMut(&[Item]),
) -> Result<Vec<Entry>, StoreError> {
    let start = span.start().unix_seconds();
    let earliest = start - LONGEST_ENTRY_SECONDS;
    let last = span.end().map_or(LAST.to_owned(), |end| format!("{:010}", end.unix_seconds()));
    let range = Range::Between(format!("{ENTRY}{earliest:010}"), format!("{ENTRY}{last}"));
    let partition = member_partition(organisation, member);
    let query = Query::new(Table::TimeEntries, partition, range).backward().page_items(PAGE_ITEMS);
    let mut found = Vec::new();
    let mut from = None;
    loop {
        let page = tables.query_page(&query, from).await?;
        seen(&page.items);
        for item in &page.items {
            let entry = row::entry(item)?;
            if entry.deleted || entry.seconds() == Some(0) {
                continue;
            }
            let begins_before = entry.start < span.start();
            if entry.span().is_ok_and(|other| other.overlaps(span)) {
                found.push(entry);
            }
            if begins_before {
                found.reverse();
                return Ok(found);
            }
        }
        from = page.next;
        if from.is_none() {
            found.reverse();
            return Ok(found);
        }
    }
}

/// The sums of days that are too old to stand beside the head.
async fn days(
    tables: &Tables,
    organisation: OrganisationId,
    member: MemberId,
    range: DateRange,
) -> Result<Vec<DayTotal>, StoreError> {
    let (earliest, latest) = start_bounds(range);
    let keys = Range::Between(format!("{ENTRY}{earliest:010}"), format!("{ENTRY}{latest:010}{LAST}"));
    let query = Query::new(Table::TimeEntries, member_partition(organisation, member), keys);
    let items: Vec<Item> = tables.query_all(&query).await?;
    let mut seconds_by_day = BTreeMap::new();
    for item in &items {
        let entry = row::entry(item)?;
        if !entry.deleted && range.contains(entry.work_date) {
            *seconds_by_day.entry(entry.work_date).or_insert(0) += entry.seconds().unwrap_or(0);
        }
    }
    // Zero-length entries count nothing.
    seconds_by_day.retain(|_, seconds| *seconds != 0);
    Ok(seconds_by_day.into_iter().map(|(date, seconds)| DayTotal { date, seconds }).collect())
}

/// Instants are written with ten digits, also in ranges that reach beyond the years of entries.
const _: () = assert!(Instant::LATEST.unix_seconds() < 10_000_000_000);
