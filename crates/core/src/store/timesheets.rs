//! Members' entries: reading them for decisions and for people, and writing them.

use async_trait::async_trait;
use futures_util::stream::BoxStream;

use super::{AppliedCommand, Commit, Scope, StoreError};
use crate::{
    Entry, EntryId, ImportId, Label, MemberId, ProjectId, Timesheet,
    journal::{Append, EntriesChange},
    time::{Date, DateRange, Instant, Span},
};

/// What a decision needs to know about one member's time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimesheetQuery {
    /// Whose time.
    pub member: MemberId,
    /// Closed entries that share a second with it; `None` for none.
    pub overlapping: Option<Span>,
    /// Entries by id, deleted ones too.
    pub entries: Vec<EntryId>,
    /// Work dates to sum; `None` for none.
    pub days: Option<DateRange>,
}

/// One atomic change of one member's entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimesheetWrite {
    /// The record of the member's stream that the change is; continues the head that was decided on.
    pub append: Append,
    /// What changes: what the record's payload says.
    pub change: EntriesChange,
    /// The command that asked for it, with its answer.
    pub applied: Option<AppliedCommand>,
}

/// Which entries to list, sum or export. Deleted ones are in none of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryQuery {
    /// Work dates.
    pub range: DateRange,
    /// One member's only.
    pub member: Option<MemberId>,
    /// Those on one of these projects only.
    pub projects: Option<Vec<ProjectId>>,
}

/// Where a page begins: after this entry in the order of start and id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryCursor {
    /// The last entry's start.
    pub start: Instant,
    /// The last entry's id.
    pub id: EntryId,
}

impl EntryCursor {
    /// Where a page begins whose first entry follows `entry`.
    pub const fn of(entry: &Entry) -> Self {
        Self { start: entry.start, id: entry.id }
    }
}

/// Which page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRequest {
    /// The most entries it holds, from 1.
    pub limit: usize,
    /// Where it begins; `None` for the first.
    pub after: Option<EntryCursor>,
}

/// Some of the entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// By start, then id.
    pub entries: Vec<Entry>,
    /// Where the next page begins; `None` after the last.
    pub next: Option<EntryCursor>,
}

/// What totals are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GroupKey {
    /// The work date.
    Date,
    /// The member.
    Member,
    /// The project, or none.
    Project,
    /// The whole set of labels, so that each entry is counted once.
    Tags,
}

/// The closed seconds of one group; keys that were not asked for are `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalRow {
    /// The work date.
    pub date: Option<Date>,
    /// The member.
    pub member: Option<MemberId>,
    /// The project; also `None` for entries without one.
    pub project: Option<ProjectId>,
    /// The labels, sorted; also empty for entries without any.
    pub tags: Vec<Label>,
    /// The sum.
    pub seconds: i64,
}

/// Entries in chunks, as they are read, by start and id, all as of one moment where the engine can do that.
pub type EntryStream = BoxStream<'static, Result<Vec<Entry>, StoreError>>;

/// Members' entries.
#[async_trait]
pub trait Timesheets {
    /// What a decision needs: head, open entry and days of one state, the rest as of that head or later; a write on the head
    /// then fails.
    async fn load_timesheet(&self, scope: &Scope, query: &TimesheetQuery) -> Result<Timesheet, StoreError>;

    /// The entry with this id in the scope's organisation, deleted or not: `whose` alone, or anybody's. That there is none is
    /// certain; on what it says, decide with [`Self::load_timesheet`]. An engine may have to ask about each member.
    async fn find_entry(
        &self,
        scope: &Scope,
        whose: Option<MemberId>,
        id: EntryId,
    ) -> Result<Option<Entry>, StoreError>;

    /// A page of entries by start and id.
    async fn list_entries(
        &self,
        scope: &Scope,
        query: &EntryQuery,
        page: &PageRequest,
    ) -> Result<Page, StoreError>;

    /// The closed seconds of the entries, grouped by `keys` and ordered by them; no row sums to nothing but
    /// zero-length entries.
    async fn total(
        &self,
        scope: &Scope,
        query: &EntryQuery,
        keys: &[GroupKey],
    ) -> Result<Vec<TotalRow>, StoreError>;

    /// All the entries, streamed.
    fn stream_entries(&self, scope: &Scope, query: &EntryQuery) -> EntryStream;

    /// Up to `limit` of the member's entries after `after`, deleted ones too, by start and id: for verification and
    /// moves.
    async fn list_member_entries(
        &self,
        scope: &Scope,
        member: MemberId,
        after: Option<EntryCursor>,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError>;

    /// Up to `limit` of the member's entries that an import brought and that are not deleted.
    async fn list_imported(
        &self,
        scope: &Scope,
        import: ImportId,
        member: MemberId,
        limit: usize,
    ) -> Result<Vec<Entry>, StoreError>;

    /// Appends the record, applies the change and keeps the answer, all or nothing.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where the head moved; [`StoreError::AlreadyExists`] where the command was applied.
    async fn write_timesheet(&self, scope: &Scope, write: TimesheetWrite) -> Result<Commit, StoreError>;
}
