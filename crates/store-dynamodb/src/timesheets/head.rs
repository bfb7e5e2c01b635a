//! A member's head: the last record, the open entry and the newest days, all of one state.

use vibesheets_core::{
    Entry, MemberId, OrganisationId,
    journal::{Head, Operation, StreamId},
    store::StoreError,
};

use super::{recent::Recent, row};
use crate::{
    item::{Item, Reading},
    journal::{self, Places},
    keys::{OPEN, OPEN_REVISION, RECENT, REVISION, Table, member_partition},
    tables::Tables,
};

/// What one query of a member's partition shows.
#[derive(Debug, Clone)]
pub(super) struct MemberHead {
    pub head: Head,
    /// With the last record the stream ended.
    pub is_closed: bool,
    pub open: Option<Entry>,
    /// The revision of the open entry.
    pub open_revision: Option<String>,
    pub recent: Recent,
    /// Where else the last record's transaction wrote.
    pub places: Places,
}

impl MemberHead {
    /// Waits until all that the last record's transaction wrote is seen.
    pub async fn settle(&self, tables: &Tables, stream: StreamId) -> Result<(), StoreError> {
        journal::settle(tables, stream, self.head.seq, self.places.clone()).await
    }
}

/// One read unit. A query is not isolated from transactions: it may show the open entry of one state and the last record of
/// another. The record says which open entry it left, so that such a pair is known and read again.
pub(super) async fn member_head(
    tables: &Tables,
    organisation: OrganisationId,
    member: MemberId,
) -> Result<MemberHead, StoreError> {
    let partition = member_partition(organisation, member);
    let mut attempts = tables.attempts();
    loop {
        let items = journal::last_records(tables, &partition, OPEN).await?;
        if let Some(head) = of_one_state(&items)? {
            return Ok(head);
        }
        if !attempts.wait().await {
            let stream = StreamId::Member(organisation, member);
            let reason = format!(
                "{stream} shows an open entry that its last record did not leave; if that stays, run `vibesheets verify`"
            );
            return Err(StoreError::Unavailable { reason });
        }
    }
}

/// `None` where the items were read from different states.
fn of_one_state(items: &[Item]) -> Result<Option<MemberHead>, StoreError> {
    let is_open = |item: &&Item| Reading::new("entry", item).find_text("item") == Some(OPEN);
    let open = items.first().filter(is_open);
    let record = items.get(usize::from(open.is_some()));
    let open_revision = match open {
        Some(item) => Some(Reading::new("entry", item).text(REVISION)?.to_owned()),
        None => None,
    };
    let left = record.and_then(|item| Reading::new("record", item).find_text(OPEN_REVISION));
    if left != open_revision.as_deref() {
        return Ok(None);
    }
    let (head, is_closed, recent, places) = match record {
        None => (Head::EMPTY, false, Recent::default(), Places::default()),
        Some(item) => {
            let reading = Reading::new("record", item);
            let recent = Recent::from_bytes(reading.bytes(RECENT)?).ok_or_else(|| reading.damaged(RECENT))?;
            let is_closed = journal::operation_of(item)? == Operation::MemberErase;
            (journal::head_of(item)?, is_closed, recent, Places::of(Table::TimeEntries, item)?)
        }
    };
    let open = open.map(row::entry).transpose()?;
    Ok(Some(MemberHead { head, is_closed, open, open_revision, recent, places }))
}
