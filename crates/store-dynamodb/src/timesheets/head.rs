//! A member's head: the last record, the open entry and the newest days, all of one state.

use vibesheets_core::{
    Entry, MemberId, OrganisationId,
    journal::{Head, StreamId},
    store::StoreError,
};

use super::{recent::Recent, row};
use crate::{
    item::{Item, Reading},
    journal,
    keys::{OPEN, OPEN_REVISION, RECENT, REVISION, member_partition},
    tables::Tables,
};

/// Looks at a timesheet that goes on changing, after which it is damage: each look that fails saw another's write.
const MOST_LOOKS: usize = 100;

/// What one query of a member's partition shows.
#[derive(Debug, Clone)]
pub(super) struct MemberHead {
    pub head: Head,
    pub open: Option<Entry>,
    /// The revision of the open entry.
    pub open_revision: Option<String>,
    pub recent: Recent,
}

/// One read unit. A query is not isolated from transactions: it may show the open entry of one state and the last record of
/// another. The record says which open entry it left, so that such a pair is known and read again.
pub(super) async fn member_head(
    tables: &Tables,
    organisation: OrganisationId,
    member: MemberId,
) -> Result<MemberHead, StoreError> {
    let partition = member_partition(organisation, member);
    for _ in 0..MOST_LOOKS {
        let items = journal::last_records(tables, &partition, OPEN).await?;
        if let Some(head) = of_one_state(&items)? {
            return Ok(head);
        }
        tokio::task::yield_now().await;
    }
    Err(StoreError::Corrupt {
        what: "the open entry of stream",
        key: StreamId::Member(organisation, member).to_string(),
    })
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
    let (head, recent) = match record {
        None => (Head::EMPTY, Recent::default()),
        Some(item) => {
            let reading = Reading::new("record", item);
            let recent = Recent::from_bytes(reading.bytes(RECENT)?).ok_or_else(|| reading.damaged(RECENT))?;
            (journal::head_of(item)?, recent)
        }
    };
    let open = open.map(row::entry).transpose()?;
    Ok(Some(MemberHead { head, open, open_revision, recent }))
}
