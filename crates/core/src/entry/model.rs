//! One span of one member's time.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{EntryDraft, Labels};
use crate::{
    EntryId, ImportId, MemberId, Note, ProjectId,
    time::{Date, Instant, Span, SpanError, Zone},
};

/// Where an entry came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntrySource {
    /// Clocked in.
    Clock,
    /// Typed.
    Manual,
    /// From another tool's file.
    Import,
}

/// One half-open span of one member's time in whole seconds, with a time zone. Punches are stored as made (I7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// Whose time.
    pub member_id: MemberId,
    /// What it was spent on.
    pub project_id: Option<ProjectId>,
    /// The first second.
    pub start: Instant,
    /// The first second no longer in it; `None` while the member is clocked in.
    pub end: Option<Instant>,
    /// Where the member's clock stood.
    pub time_zone: Zone,
    /// The civil date of `start` in `time_zone`, computed when written.
    pub work_date: Date,
    /// What the member wrote about it.
    pub note: Note,
    /// Its labels, sorted, each once.
    pub tags: Labels,
    /// Whether somebody pays for it.
    pub billable: bool,
    /// Where it came from.
    pub source: EntrySource,
    /// The import that brought it.
    pub import_id: Option<ImportId>,
    /// Deleted entries stay, count nothing and can be restored at any time.
    pub deleted: bool,
    /// Counts its changes from 1; its `ETag`.
    pub version: u32,
    /// The record of the member's stream that wrote this version: its history is a walk from one to the one before.
    pub journal_seq: u64,
    /// When it was first written.
    pub created_at: Timestamp,
    /// When it was last written.
    pub updated_at: Timestamp,
}

impl Entry {
    /// A first version of what `draft` says.
    pub fn new(
        id: EntryId,
        member_id: MemberId,
        source: EntrySource,
        draft: EntryDraft,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            member_id,
            project_id: draft.project_id,
            start: draft.start,
            end: draft.end,
            work_date: draft.time_zone.date_at(draft.start),
            time_zone: draft.time_zone,
            note: draft.note,
            tags: draft.tags,
            billable: draft.billable,
            source,
            import_id: None,
            deleted: false,
            version: 1,
            journal_seq: 0,
            created_at: now,
            updated_at: now,
        }
    }

    /// The next version, with what `draft` says in place of what stood there.
    #[must_use]
    pub fn revised(&self, draft: EntryDraft, now: Timestamp) -> Self {
        Self {
            import_id: self.import_id,
            version: self.version + 1,
            created_at: self.created_at,
            ..Self::new(self.id, self.member_id, self.source, draft, now)
        }
    }

    /// The next version, closed at `end`.
    #[must_use]
    pub fn closed_at(&self, end: Instant, now: Timestamp) -> Self {
        Self { end: Some(end), version: self.version + 1, updated_at: now, ..self.clone() }
    }

    /// The next version, deleted or restored.
    #[must_use]
    pub fn with_deleted(&self, deleted: bool, now: Timestamp) -> Self {
        Self { deleted, version: self.version + 1, updated_at: now, ..self.clone() }
    }

    /// Its span.
    ///
    /// # Errors
    /// [`SpanError`] where it ends before it starts or is too long.
    pub fn span(&self) -> Result<Span, SpanError> {
        Span::new(self.start, self.end)
    }

    /// Whether the member is clocked in with it.
    pub const fn is_open(&self) -> bool {
        self.end.is_none() && !self.deleted
    }

    /// Its length; `None` while open (I7).
    pub fn seconds(&self) -> Option<i64> {
        self.end.map(|end| end.seconds_since(self.start))
    }
}
