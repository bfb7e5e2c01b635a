//! An entry.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use utoipa::ToSchema;
use vibesheets_core::{Entry, EntryId, EntrySource, Labels, MemberId, Note, ProjectId};

/// One half-open span `[start, end)` of one member's time.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Entry)]
pub struct EntryDto {
    /// Its id.
    #[schema(value_type = String, format = "uuid")]
    pub id: EntryId,
    /// Whose time.
    #[schema(value_type = String, format = "uuid")]
    pub member_id: MemberId,
    /// What it was spent on.
    #[schema(value_type = Option<String>, format = "uuid", required)]
    pub project_id: Option<ProjectId>,
    /// The first second, with the offset of the entry's own zone.
    #[schema(format = DateTime, example = "2026-03-28T22:00:00+01:00")]
    pub start: String,
    /// The first second no longer in it; null while clocked in.
    #[schema(format = DateTime, example = "2026-03-29T06:00:00+02:00", required)]
    pub end: Option<String>,
    /// Where the member's clock stood (IANA).
    #[schema(example = "Europe/Vienna")]
    pub time_zone: String,
    /// The civil date of `start` in `time_zone`.
    #[schema(value_type = String, format = Date, example = "2026-03-28")]
    pub work_date: Date,
    /// Its length; null while clocked in.
    #[schema(example = 25200, required)]
    pub seconds: Option<i64>,
    /// What the member wrote about it.
    #[schema(value_type = String)]
    pub note: Note,
    /// Its labels, sorted.
    #[schema(value_type = Vec<String>)]
    pub tags: Labels,
    /// Whether somebody pays for it.
    pub billable: bool,
    /// Where it came from.
    #[schema(value_type = EntrySourceDto)]
    pub source: EntrySource,
    /// Deleted entries count nothing and can be restored.
    pub deleted: bool,
    /// Counts its changes from 1; its `ETag`.
    pub version: u32,
    /// When it was first written.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// When it was last written.
    #[schema(value_type = String, format = DateTime)]
    pub updated_at: Timestamp,
}

/// Where an entry came from.
#[derive(ToSchema)]
#[schema(as = EntrySource, rename_all = "snake_case")]
#[expect(dead_code, reason = "documents core's type, which knows no OpenAPI")]
enum EntrySourceDto {
    /// Clocked in.
    Clock,
    /// Typed.
    Manual,
    /// From another tool's file.
    Import,
}

impl From<&Entry> for EntryDto {
    fn from(entry: &Entry) -> Self {
        Self {
            id: entry.id,
            member_id: entry.member_id,
            project_id: entry.project_id,
            start: entry.start.rfc_3339(&entry.time_zone),
            end: entry.end.map(|end| end.rfc_3339(&entry.time_zone)),
            time_zone: entry.time_zone.name().to_owned(),
            work_date: entry.work_date,
            seconds: entry.seconds(),
            note: entry.note.clone(),
            tags: entry.tags.clone(),
            billable: entry.billable,
            source: entry.source,
            deleted: entry.deleted,
            version: entry.version,
            created_at: entry.created_at,
            updated_at: entry.updated_at,
        }
    }
}
