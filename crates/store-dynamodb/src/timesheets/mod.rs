//! Members' entries.

mod bounds;
mod erase;
mod find;
mod head;
mod load;
mod merge;
mod reader;
mod recent;
mod row;
mod total;
mod whose;
mod write;

pub(crate) use erase::{entry_ranges, without_time};
pub(crate) use whose::Walks;

use async_trait::async_trait;
use vibesheets_core::{
    Entry, EntryId, ImportId, MemberId, Timesheet,
    journal::StreamId,
    store::{
        Commit, EntryCursor, EntryQuery, EntryStream, GroupKey, Page, PageRequest, Scope, StoreError,
        TimesheetQuery, TimesheetWrite, Timesheets, TotalRow,
    },
};

use crate::{
    DynamoDbStore,
    keys::{LAST, start_id},
};
use reader::Reader;

#[async_trait]
impl Timesheets for DynamoDbStore {
    async fn load_timesheet(&self, scope: &Scope, query: &TimesheetQuery) -> Result<Timesheet, StoreError> {
        load::timesheet(&self.tables, scope.organisation, query).await
    }

    async fn find_entry(
        &self,
        scope: &Scope,
        whose: Option<MemberId>,
        id: EntryId,
    ) -> Result<Option<Entry>, StoreError> {
        whose::entry(&self.tables, &self.walks, scope, whose, id).await
    }

    async fn list_entries(
        &self,
        scope: &Scope,
        query: &EntryQuery,
        page: &PageRequest,
    ) -> Result<Page, StoreError> {
        reader::page(self.reader(scope, query).page(page), page).await
    }

    async fn total(
        &self,
        scope: &Scope,
        query: &EntryQuery,
        keys: &[GroupKey],
    ) -> Result<Vec<TotalRow>, StoreError> {
        total::rows(self.reader(scope, query), keys).await
    }

    fn stream_entries(&self, scope: &Scope, query: &EntryQuery) -> EntryStream {
        reader::stream(self.reader(scope, query))
    }

    async fn list_member_entries(
        &self,
        scope: &Scope,
        member: MemberId,
        after: Option<EntryCursor>,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        let first = after.map_or(String::new(), |after| start_id(after.start.unix_seconds(), after.id));
        let bounds = (first, LAST.to_owned());
        let page_items = Some(limit.saturating_add(2));
        let mut merge =
            reader::member_entries(&self.tables, scope.organisation, member, bounds, page_items).await?;
        let mut entries = Vec::new();
        while entries.len() < limit {
            let read = merge.next().await?;
            if read.is_empty() {
                break;
            }
            let is_after =
                |entry: &Entry| after.is_none_or(|after| (entry.start, entry.id) > (after.start, after.id));
            entries.extend(read.into_iter().filter(is_after));
        }
        entries.truncate(limit);
        Ok(entries)
    }

    async fn list_imported(
        &self,
        scope: &Scope,
        import: ImportId,
        member: MemberId,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        // An undo takes out what is listed, and ends where nothing is.
        let head = head::member_head(&self.tables, scope.organisation, member).await?;
        head.settle(&self.tables, StreamId::Member(scope.organisation, member)).await?;
        let bounds = (String::new(), LAST.to_owned());
        let mut merge =
            reader::member_entries(&self.tables, scope.organisation, member, bounds, None).await?;
        let mut entries = Vec::new();
        while entries.len() < limit {
            let read = merge.next().await?;
            if read.is_empty() {
                break;
            }
            entries
                .extend(read.into_iter().filter(|entry| entry.import_id == Some(import) && !entry.deleted));
        }
        entries.truncate(limit);
        Ok(entries)
    }

    async fn write_timesheet(&self, scope: &Scope, write: TimesheetWrite) -> Result<Commit, StoreError> {
        write::timesheet(&self.tables, scope, &write).await
    }
}

impl DynamoDbStore {
    fn reader(&self, scope: &Scope, query: &EntryQuery) -> Reader {
        Reader::new(&self.tables, scope.organisation, query.clone())
    }
}
