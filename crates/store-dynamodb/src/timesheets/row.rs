//! An entry as an item.

use vibesheets_core::{Entry, EntryId, MemberId, OrganisationId, store::StoreError};

use crate::{
    item::{Item, NewItem, Reading, noun},
    keys::{Key, ORGANISATION_SHARD, REVISION, START_ID, organisation_shard, shard, start_id},
};

/// Where an entry is whose start is not the one that its id tells.
pub(super) const START: &str = "start";

/// What a write that continues an entry must find.
pub(super) fn revision(entry: &Entry) -> String {
    format!("{}/{}", entry.id, entry.version)
}

/// Whether a revision is of this entry.
pub(super) fn is_of(revision: &str, id: EntryId) -> bool {
    revision.split('/').next() == Some(id.to_string().as_str())
}

/// The entry's item, in its place.
pub(super) fn item(organisation: OrganisationId, entry: &Entry) -> NewItem {
    let start = entry.start.unix_seconds();
    indexed(NewItem::new(Key::entry(organisation, entry)), organisation, entry.member_id, start, entry.id)
        .text(REVISION, revision(entry))
        .body(entry)
}

/// The item that tells where an entry is, by the start that its id tells.
pub(super) fn pointer(organisation: OrganisationId, entry: &Entry) -> NewItem {
    let item = NewItem::new(Key::pointer(organisation, entry.member_id, entry.id));
    let start = entry.id.start_when_made_seconds();
    indexed(item, organisation, entry.member_id, start, entry.id).number(START, entry.start.unix_seconds())
}

/// Whether the entry needs one.
pub(super) fn is_moved(entry: &Entry) -> bool {
    entry.start.unix_seconds() != entry.id.start_when_made_seconds()
}

fn indexed(
    item: NewItem,
    organisation: OrganisationId,
    member: MemberId,
    start: i64,
    id: EntryId,
) -> NewItem {
    item.text(ORGANISATION_SHARD, organisation_shard(organisation, shard(member)))
        .text(START_ID, start_id(start, id))
}

/// The entry of an item.
pub(super) fn entry(item: &Item) -> Result<Entry, StoreError> {
    noun("entry", item)
}

/// The entry of an item of the index, which holds pointers too.
pub(super) fn indexed_entry(item: &Item) -> Result<Option<Entry>, StoreError> {
    let reading = Reading::new("entry", item);
    if reading.has(START) { Ok(None) } else { reading.body().map(Some) }
}
