//! Whose an entry is. The actor's own partition is asked first, then the index, which lags behind: what it shows is a hint, and
//! that it shows nothing means nothing. Only when every member was asked is an entry nobody's.

use std::time::Duration;

use futures_util::future::try_join_all;
use tokio::{sync::Semaphore, time::timeout};
use vibesheets_core::{
    Entry, EntryId, MemberId, OrganisationId,
    journal::Actor,
    store::{Scope, StoreError},
};

use super::{find, row};
use crate::{
    item::{Item, Reading},
    keys::{Key, OPEN, REVISION, SHARDS, Table, organisation_shard, start_id},
    tables::{Query, Range, Tables},
};

/// Members asked about in one request: three places of each, of at most a hundred.
const MEMBERS_AT_ONCE: usize = 33;

/// Walks of this process at a time. Each is six read units a member, sent one request after the other, so that whoever asks for
/// ids that nobody has keeps others who do so waiting and not the tables busy.
const WALKS_AT_ONCE: usize = 1;

/// How long a walk may take, its turn included: an HTTP request has ten seconds.
const LONGEST_WALK: Duration = Duration::from_secs(7);

/// Who may walk.
pub(crate) fn turns() -> Semaphore {
    Semaphore::new(WALKS_AT_ONCE)
}

/// The entry of `whose`, or of anybody.
pub(super) async fn entry(
    tables: &Tables,
    turns: &Semaphore,
    scope: &Scope,
    whose: Option<MemberId>,
    id: EntryId,
) -> Result<Option<Entry>, StoreError> {
    let organisation = scope.organisation;
    let first = match (whose, scope.actor) {
        (Some(member), _) | (None, Actor::Member(member)) => Some(member),
        _ => None,
    };
    if let Some(member) = first
        && let Some(entry) = of(tables, organisation, member, id).await?
    {
        return Ok(Some(entry));
    }
    if whose.is_some() {
        return Ok(None);
    }
    for member in hints(tables, organisation, id).await? {
        if let Some(entry) = of(tables, organisation, member, id).await? {
            return Ok(Some(entry));
        }
    }
    let walked = timeout(LONGEST_WALK, async {
        let _turn = turns.acquire().await.map_err(|error| StoreError::Internal(error.to_string()))?;
        walk(tables, organisation, id).await
    });
    walked.await.unwrap_or_else(|_| {
        let reason = format!("the members of {organisation} could not all be asked for an entry in time");
        Err(StoreError::Unavailable { reason })
    })
}

async fn of(
    tables: &Tables,
    organisation: OrganisationId,
    member: MemberId,
    id: EntryId,
) -> Result<Option<Entry>, StoreError> {
    Ok(find::own(tables, organisation, member, &[id]).await?.pop())
}

/// Whose the index says it is.
async fn hints(
    tables: &Tables,
    organisation: OrganisationId,
    id: EntryId,
) -> Result<Vec<MemberId>, StoreError> {
    let sort = start_id(id.start_when_made_seconds(), id);
    let lookups = (0..SHARDS).map(|shard| {
        let range = Range::Between(sort.clone(), sort.clone());
        let query = Query::by_organisation(organisation_shard(organisation, shard), range);
        async move { tables.query_all(&query).await }
    });
    try_join_all(lookups).await?.iter().flatten().map(owner).collect()
}

/// Whose an item of a member's partition is.
fn owner(item: &Item) -> Result<MemberId, StoreError> {
    let reading = Reading::new("entry", item);
    let member = reading.text("member")?.split_once('/').and_then(|(_, member)| member.parse().ok());
    member.ok_or_else(|| reading.damaged("member"))
}

/// Asks about every member, archived ones too. A transactional read waits for a transaction on its way: an entry that is just
/// being moved would otherwise be in neither place.
async fn walk(
    tables: &Tables,
    organisation: OrganisationId,
    id: EntryId,
) -> Result<Option<Entry>, StoreError> {
    let query = Query::new(Table::Members, organisation.to_string(), Range::All);
    let mut from = None;
    loop {
        let page = tables.query_page(&query, from).await?;
        let members = page.items.iter().map(|item| Reading::new("member", item).parsed("member"));
        let members = members.collect::<Result<Vec<MemberId>, _>>()?;
        for some in members.chunks(MEMBERS_AT_ONCE) {
            let places: Vec<Key> =
                some.iter().flat_map(|member| find::places(organisation, *member, id)).collect();
            let found = tables.get_at_once(places).await?;
            let Some(item) = found.iter().find(|item| tells_of(id, item)) else { continue };
            let entry = of(tables, organisation, owner(item)?, id).await?;
            let reason = || format!("entry {id} was moved or erased while it was looked for");
            return entry.map(Some).ok_or_else(|| StoreError::Unavailable { reason: reason() });
        }
        from = page.next;
        if from.is_none() {
            return Ok(None);
        }
    }
}

/// Whether what stands at one of [`find::places`] is of this entry: each of them names it but the open entry's. Nothing else is
/// read of that, so that damage to somebody else's is nobody's concern here.
fn tells_of(id: EntryId, item: &Item) -> bool {
    let reading = Reading::new("entry", item);
    reading.find_text("item") != Some(OPEN)
        || reading.find_text(REVISION).is_some_and(|text| row::is_of(text, id))
}
