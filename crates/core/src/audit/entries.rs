//! A member's entries against their stream, and the rules between them.

use std::collections::BTreeMap;

use super::{
    Audit, Finding, Place, Source,
    expected::Expected,
    half_erased,
    walk::{Walked, walk},
};
use crate::{
    Entry, EntryId, MemberId, OrganisationId,
    journal::{Actor, PayloadBody, Revision, StreamId},
    store::{EntryCursor, Scope, StoreError},
};

/// Entries read at a time.
const CHUNK_ENTRIES: usize = 1000;

pub(super) async fn audit(
    store: &(impl Source + ?Sized),
    stream: StreamId,
    (organisation, member): (OrganisationId, MemberId),
    is_erased: bool,
    expected: Expected,
    audit: &mut Audit,
    findings: &mut Vec<Finding>,
) -> Result<(), StoreError> {
    let mut folded: BTreeMap<EntryId, Entry> = BTreeMap::new();
    let walked =
        walk(store, stream, expected, audit, findings, |place, _, sealed, findings| match sealed.changes {
            PayloadBody::Entries(change) => {
                change.entries.into_iter().for_each(|revision| fold(&mut folded, place, revision, findings));
            }
            _ => findings.push(Finding::new(place, "holds something other than entries")),
        })
        .await?;
    let scope = Scope { organisation, actor: Actor::System };
    let walked = if is_erased { walked } else { walked.without_erasures(stream, findings) };
    match walked {
        Walked::InPart => return Ok(()),
        Walked::Whole(whole) if is_erased => {
            let left = store.list_member_entries(&scope, member, None, 1).await?;
            if !whole.is_erased() || !whole.is_closed || !left.is_empty() {
                findings.push(Finding::new(Place::stream(stream), half_erased(member)));
            }
            return Ok(());
        }
        Walked::Whole(whole) if whole.is_closed => {
            findings.push(Finding::new(Place::stream(stream), "has ended, and its member was not erased"));
        }
        Walked::Whole(_) => {}
    }
    let mut after = None;
    let mut live = Vec::new();
    loop {
        let entries = store.list_member_entries(&scope, member, after, CHUNK_ENTRIES).await?;
        after = entries.last().map(EntryCursor::of);
        let last = entries.len() < CHUNK_ENTRIES;
        for entry in entries {
            audit.entries += 1;
            compare(&entry, folded.remove(&entry.id), stream, findings);
            if !entry.deleted {
                live.push(entry);
            }
        }
        if last {
            break;
        }
    }
    for id in folded.into_keys() {
        findings.push(Finding::new(
            Place::stream(stream),
            format!("entry {id} is in the journal but is missing"),
        ));
    }
    rules(live, stream, findings);
    Ok(())
}

pub(super) fn fold(
    folded: &mut BTreeMap<EntryId, Entry>,
    place: Place,
    revision: Revision<Entry>,
    findings: &mut Vec<Finding>,
) {
    let id = revision.after.id;
    let before = folded.insert(id, revision.after);
    if before != revision.before {
        findings.push(Finding::new(place, format!("entry {id} does not continue its version before")));
    }
}

fn compare(stored: &Entry, folded: Option<Entry>, stream: StreamId, findings: &mut Vec<Finding>) {
    let what = match folded {
        Some(entry) if entry == *stored => return,
        Some(_) => format!("entry {} is not what the journal says: it was changed outside of it", stored.id),
        None => format!("entry {} is not in the journal", stored.id),
    };
    findings.push(Finding::new(Place::stream(stream), what));
}

/// I1 and I2, on entries in any order.
pub(super) fn rules(mut live: Vec<Entry>, stream: StreamId, findings: &mut Vec<Finding>) {
    live.retain(|entry| entry.end != Some(entry.start));
    live.sort_by_key(|entry| entry.start);
    if live.iter().filter(|entry| entry.is_open()).count() > 1 {
        findings.push(Finding::new(Place::stream(stream), "more than one entry is open"));
    }
    for pair in live.windows(2) {
        if pair[0].end.is_none_or(|end| end > pair[1].start) {
            let what = format!("entries {} and {} overlap", pair[0].id, pair[1].id);
            findings.push(Finding::new(Place::stream(stream), what));
        }
    }
}
