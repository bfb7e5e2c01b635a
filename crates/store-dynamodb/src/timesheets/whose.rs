//! Whose an entry is. The actor's own partition is asked first, then the index, which lags behind: what it shows is a hint, and
//! that it shows nothing means nothing. Only when every member was asked is an entry nobody's.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::Duration,
};

use futures_util::future::try_join_all;
use tokio::{
    sync::{AcquireError, Semaphore},
    time::timeout,
};
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

/// Walks of this process at a time, and one for an organisation. Each is six read units a member, sent one request after the other,
/// so that whoever asks for ids that nobody has keeps those of their own organisation waiting who do so too, and not the tables busy.
const WALKS_AT_ONCE: usize = 4;

/// How long a walk may take, its turn included: an HTTP request has ten seconds.
const LONGEST_WALK: Duration = Duration::from_secs(7);

/// Who may walk.
pub(crate) struct Walks {
    all: Semaphore,
    own: Mutex<HashMap<OrganisationId, Weak<Semaphore>>>,
}

impl Walks {
    /// Nobody walks yet.
    pub(crate) fn none() -> Self {
        Self { all: Semaphore::new(WALKS_AT_ONCE), own: Mutex::default() }
    }

    /// Waits for an organisation's turn, and then for one of all: its own queue takes nobody else's.
    async fn turn(&self, organisation: OrganisationId) -> Result<impl Sized + '_, AcquireError> {
        let own = self.of(organisation);
        let own = own.acquire_owned().await?;
        Ok((own, self.all.acquire().await?))
    }

    fn of(&self, organisation: OrganisationId) -> Arc<Semaphore> {
        let mut known = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, turns| turns.strong_count() > 0);
        if let Some(turns) = known.get(&organisation).and_then(Weak::upgrade) {
            return turns;
        }
        let turns = Arc::new(Semaphore::new(1));
        known.insert(organisation, Arc::downgrade(&turns));
        turns
    }
}

/// The entry of `whose`, or of anybody.
pub(super) async fn entry(
    tables: &Tables,
    walks: &Walks,
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
        let _turn =
            walks.turn(organisation).await.map_err(|error| StoreError::Internal(error.to_string()))?;
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

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[tokio::test]
    async fn an_organisation_that_waits_for_its_turn_takes_nobody_elses() {
        let walks = Walks::none();
        let [one, other] = ["1", "2"]
            .map(|last| format!("00000000-0000-8000-8000-00000000000{last}").parse().expect("an id"));
        let walking = walks.turn(one).await.expect("a turn");
        let waiting: Vec<_> = (0..100).map(|_| Box::pin(walks.turn(one)).now_or_never()).collect();
        assert!(waiting.iter().all(Option::is_none));
        assert!(walks.turn(other).now_or_never().is_some());
        drop(walking);
        assert!(walks.turn(one).now_or_never().is_some());
    }
}
