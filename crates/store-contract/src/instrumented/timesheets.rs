//! Entries, through the instrument.

use async_trait::async_trait;
use futures_util::stream;
use vibesheets_core::{
    Entry, EntryId, ImportId, MemberId, Timesheet,
    store::{
        Commit, EntryCursor, EntryQuery, EntryStream, GroupKey, Page, PageRequest, Scope, StoreError,
        TimesheetQuery, TimesheetWrite, Timesheets, TotalRow,
    },
};

use super::{Instrumented, unavailable};

impl Instrumented {
    /// A timesheet whose overlapping entries are from later than its head, where others get turns.
    async fn in_parts(&self, scope: &Scope, query: &TimesheetQuery) -> Result<Timesheet, StoreError> {
        let first = self.store.load_timesheet(scope, query).await?;
        if self.turns.is_none() || query.overlapping.is_none() {
            return Ok(first);
        }
        self.give_turns().await;
        let later = self.store.load_timesheet(scope, query).await?;
        Ok(Timesheet { overlapping: later.overlapping, ..first })
    }
}

#[async_trait]
impl Timesheets for Instrumented {
    async fn load_timesheet(&self, scope: &Scope, query: &TimesheetQuery) -> Result<Timesheet, StoreError> {
        let timesheet = self.read("load_timesheet", self.in_parts(scope, query)).await?;
        Ok(self.timesheet_as_broken(query, timesheet))
    }

    async fn find_entry(
        &self,
        scope: &Scope,
        whose: Option<MemberId>,
        id: EntryId,
    ) -> Result<Option<Entry>, StoreError> {
        self.read("find_entry", self.store.find_entry(scope, whose, id)).await
    }

    async fn list_entries(
        &self,
        scope: &Scope,
        query: &EntryQuery,
        page: &PageRequest,
    ) -> Result<Page, StoreError> {
        self.read("list_entries", self.store.list_entries(scope, query, page)).await
    }

    async fn total(
        &self,
        scope: &Scope,
        query: &EntryQuery,
        keys: &[GroupKey],
    ) -> Result<Vec<TotalRow>, StoreError> {
        self.read("total", self.store.total(scope, query, keys)).await
    }

    fn stream_entries(&self, scope: &Scope, query: &EntryQuery) -> EntryStream {
        match self.log("stream_entries") {
            (None, _) => self.store.stream_entries(scope, query),
            (Some(_), _) => Box::pin(stream::iter([Err(unavailable("stream_entries"))])),
        }
    }

    async fn list_member_entries(
        &self,
        scope: &Scope,
        member: MemberId,
        after: Option<EntryCursor>,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        self.read("list_member_entries", self.store.list_member_entries(scope, member, after, limit)).await
    }

    async fn list_imported(
        &self,
        scope: &Scope,
        import: ImportId,
        member: MemberId,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError> {
        self.read("list_imported", self.store.list_imported(scope, import, member, limit)).await
    }

    async fn write_timesheet(&self, scope: &Scope, write: TimesheetWrite) -> Result<Commit, StoreError> {
        self.write("write_timesheet", self.write_as_broken(scope, write)).await
    }
}
