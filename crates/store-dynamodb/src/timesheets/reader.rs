//! Entries in order, in chunks: one member's from their partition, an organisation's from the index.

use futures_util::{StreamExt, stream};
use vibesheets_core::{
    Entry, MemberId, OrganisationId,
    store::{EntryCursor, EntryQuery, EntryStream, Page, PageRequest, StoreError},
};

use super::{bounds::start_bounds, merge::Merge, row};
use crate::{
    keys::{ENTRY, Key, LAST, SHARDS, Table, member_partition, organisation_shard, start_id},
    tables::{Query, Range, Tables},
};

/// Entries that pass a query, by start and id.
pub(super) struct Reader {
    tables: Tables,
    organisation: OrganisationId,
    query: EntryQuery,
    after: Option<EntryCursor>,
    page_items: Option<usize>,
    state: State,
}

enum State {
    /// Nothing is read yet.
    Begun,
    /// There may be more.
    Reading(Merge),
    /// Everything is read.
    Ended,
}

impl Reader {
    pub fn new(tables: &Tables, organisation: OrganisationId, query: EntryQuery) -> Self {
        let tables = tables.clone();
        Self { tables, organisation, query, after: None, page_items: None, state: State::Begun }
    }

    /// Begins after an entry, and reads about as many as a page holds.
    #[must_use]
    pub fn page(mut self, page: &PageRequest) -> Self {
        self.after = page.after;
        self.page_items = Some(page.limit.saturating_add(2));
        self
    }

    /// The next entries; `None` after the last.
    pub async fn next(&mut self) -> Result<Option<Vec<Entry>>, StoreError> {
        loop {
            let read = match &mut self.state {
                State::Begun => {
                    self.state = self.begin().await?;
                    continue;
                }
                State::Ended => return Ok(None),
                State::Reading(merge) => merge.next().await?,
            };
            if read.is_empty() {
                self.state = State::Ended;
                continue;
            }
            let passed: Vec<Entry> = read.into_iter().filter(|entry| self.passes(entry)).collect();
            if !passed.is_empty() {
                return Ok(Some(passed));
            }
        }
    }

    async fn begin(&self) -> Result<State, StoreError> {
        let (earliest, latest) = start_bounds(self.query.range);
        let bounds = (self.first_sort(earliest), format!("{latest:010}{LAST}"));
        // The engine refuses a query that ends before it begins: of such dates, or after a cursor that lies beyond them.
        if bounds.0 > bounds.1 {
            return Ok(State::Ended);
        }
        Ok(State::Reading(match self.query.member {
            Some(member) => {
                member_entries(&self.tables, self.organisation, member, bounds, self.page_items).await?
            }
            None => self.organisations_entries(bounds),
        }))
    }

    fn organisations_entries(&self, (first, last): (String, String)) -> Merge {
        let queries = (0..SHARDS).map(|shard| {
            let range = Range::Between(first.clone(), last.clone());
            let query = Query::by_organisation(organisation_shard(self.organisation, shard), range);
            self.page_items.map_or(query.clone(), |items| query.page_items(items))
        });
        Merge::new(&self.tables, queries.collect())
    }

    fn first_sort(&self, earliest: i64) -> String {
        match self.after {
            Some(after) if after.start.unix_seconds() >= earliest => {
                start_id(after.start.unix_seconds(), after.id)
            }
            _ => format!("{earliest:010}"),
        }
    }

    fn passes(&self, entry: &Entry) -> bool {
        !entry.deleted
            && self.query.range.contains(entry.work_date)
            && self.after.is_none_or(|after| (entry.start, entry.id) > (after.start, after.id))
            && self
                .query
                .projects
                .as_ref()
                .is_none_or(|projects| entry.project_id.is_some_and(|project| projects.contains(&project)))
    }
}

/// One member's entries whose place in the order of start and id lies within `bounds`, deleted ones too. The open entry is
/// read first: one that is closed meanwhile is then read twice instead of never.
pub(super) async fn member_entries(
    tables: &Tables,
    organisation: OrganisationId,
    member: MemberId,
    (first, last): (String, String),
    page_items: Option<usize>,
) -> Result<Merge, StoreError> {
    let open = tables.get(&Key::open(organisation, member)).await?;
    let open = open.map(|item| row::entry(&item)).transpose()?.filter(|open| {
        let place = start_id(open.start.unix_seconds(), open.id);
        (first.as_str()..=last.as_str()).contains(&place.as_str())
    });
    let range = Range::Between(format!("{ENTRY}{first}"), format!("{ENTRY}{last}"));
    let query = Query::new(Table::TimeEntries, member_partition(organisation, member), range);
    let query = page_items.map_or(query.clone(), |items| query.page_items(items));
    Ok(Merge::new(tables, vec![query]).and(open))
}

/// A page, and whether another follows.
pub(super) async fn page(mut reader: Reader, page: &PageRequest) -> Result<Page, StoreError> {
    let mut entries = Vec::new();
    // One more than asked for tells whether another page follows.
    while entries.len() <= page.limit
        && let Some(read) = reader.next().await?
    {
        entries.extend(read);
    }
    let more = entries.len() > page.limit;
    entries.truncate(page.limit);
    let next = entries.last().filter(|_| more).map(EntryCursor::of);
    Ok(Page { entries, next })
}

/// Everything, as it is read.
pub(super) fn stream(reader: Reader) -> EntryStream {
    stream::try_unfold(reader, |mut reader| async move {
        Ok(reader.next().await?.map(|entries| (entries, reader)))
    })
    .boxed()
}
