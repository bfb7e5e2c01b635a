//! What of a member's partition goes when they are erased, besides the records' payloads.

use super::recent::Recent;
use crate::{
    item::NewItem,
    keys::{ENTRY, LAST, OPEN, OPEN_REVISION, PLACES, RECENT},
    tables::Range,
};

/// Where pointers, entries and the open one are.
pub(crate) fn entry_ranges() -> [Range; 3] {
    let open = Range::Between(OPEN.to_owned(), OPEN.to_owned());
    [Range::Prefix("AT#".to_owned()), Range::Between(ENTRY.to_owned(), format!("{ENTRY}{LAST}")), open]
}

/// A record's item that tells of no days, of no open entry, and of no places where there is something still.
pub(crate) fn without_time(mut item: NewItem) -> NewItem {
    item.attributes.remove(OPEN_REVISION);
    item.attributes.remove(PLACES);
    item.bytes(RECENT, Recent::default().to_bytes())
}
