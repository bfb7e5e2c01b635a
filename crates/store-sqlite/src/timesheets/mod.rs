//! Members' entries.

mod filter;
mod list;
mod load;
#[cfg(test)]
mod plans;
mod recent;
mod row;
mod stream;
mod total;
mod write;

pub(crate) use list::member_entries;
pub(crate) use row::{COLUMNS as ENTRY_COLUMNS, entry, source_text};
pub(crate) use write::{counted, timesheet as write_timesheet};

use async_trait::async_trait;
use vibesheets_core::{
    Entry, EntryId, ImportId, MemberId, Timesheet,
    journal::StreamId,
    store::{
        Commit, EntryCursor, EntryQuery, EntryStream, GroupKey, Page, PageRequest, Scope, StoreError,
        TimesheetQuery, TimesheetWrite, Timesheets, TotalRow,
    },
};

use crate::{SqliteStore, readers::snapshot};

pub(crate) use recent::{Committed, RecentTimesheets};

#[async_trait]
impl Timesheets for SqliteStore {
    async fn load_timesheet(&self, scope: &Scope, query: &TimesheetQuery) -> Result<Timesheet, StoreError> {
        let (organisation, member) = (scope.organisation, query.member);
        let read = |query: &TimesheetQuery| {
            self.readers.read(|connection| {
                snapshot(connection, |connection| load::timesheet(connection, organisation, query))
            })
        };
        let Some(range) = query.days.filter(|_| query.entries.is_empty()) else { return read(query) };
        let days_alone = || read(&TimesheetQuery { overlapping: None, ..query.clone() });
        let mut timesheet = self.recent.timesheet(organisation, member, range, days_alone)?;
        if let Some(span) = query.overlapping {
            // Of the same head or a later one; in the latter case a write on this head fails.
            timesheet.overlapping =
                self.readers.read(|connection| load::overlapping(connection, organisation, member, span))?;
        }
        Ok(timesheet)
    }

    async fn find_entry(
        &self,
        scope: &Scope,
        whose: Option<MemberId>,
        id: EntryId,
    ) -> Result<Option<Entry>, StoreError> {
        let found = self.readers.read(|connection| load::entry(connection, scope.organisation, id))?;
        Ok(found.filter(|entry| whose.is_none_or(|member| entry.member_id == member)))
    }

    async fn list_entries(
        &self,
        scope: &Scope,
        query: &EntryQuery,
        page: &PageRequest,
    ) -> Result<Page, StoreError> {
        let (organisation, query, page) = (scope.organisation, query.clone(), *page);
        self.readers.read_long(move |connection| list::page(connection, organisation, &query, page)).await
    }

    async fn total(
        &self,
        scope: &Scope,
        query: &EntryQuery,
        keys: &[GroupKey],
    ) -> Result<Vec<TotalRow>, StoreError> {
        let (organisation, query, keys) = (scope.organisation, query.clone(), keys.to_vec());
        self.readers.read_long(move |connection| total::rows(connection, organisation, &query, &keys)).await
    }

    fn stream_entries(&self, scope: &Scope, query: &EntryQuery) -> EntryStream {
        stream::entries(self.readers.clone(), scope.organisation, query.clone())
    }

    async fn list_member_entries(
        &self,
        scope: &Scope,
        member: MemberId,
        after: Option<EntryCursor>,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        let organisation = scope.organisation;
        self.readers
            .read_long(move |connection| member_entries(connection, organisation, member, after, limit))
            .await
    }

    async fn list_imported(
        &self,
        scope: &Scope,
        import: ImportId,
        member: MemberId,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        let organisation = scope.organisation;
        self.readers
            .read_long(move |connection| list::imported(connection, organisation, import, member, limit))
            .await
    }

    async fn write_timesheet(&self, scope: &Scope, write: TimesheetWrite) -> Result<Commit, StoreError> {
        let scope = *scope;
        let stream = write.append.record.stream;
        let outcome = self.writer.write(move |job| write::timesheet(job, &scope, write)).await;
        // Decided again on what the file says, should that ever be another thing than what is remembered.
        if let (Err(StoreError::Conflict { .. }), StreamId::Member(organisation, member)) = (&outcome, stream)
        {
            self.recent.forget(organisation, member);
        }
        outcome
    }
}
