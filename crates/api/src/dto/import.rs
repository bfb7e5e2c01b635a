//! What an import does, or would do.

use serde::Serialize;
use utoipa::ToSchema;
use vibesheets_core::{
    Email, EntryId, ImportId, Label, MemberId, Name,
    import::{
        DateOrder, Delimiter, ImportReport, ImportSource, ImportedDay, LocalInstant, MemberReport, NewNouns,
        OverlapReport, RowCounts, RowRefusal,
    },
    time::Date,
};

/// What an import does, or would do: compare its days with what the other tool shows.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportReport)]
pub struct ImportReportDto {
    /// The same for the same file and options.
    #[schema(value_type = String, format = "uuid")]
    import_id: ImportId,
    /// The tool that wrote the file.
    #[schema(value_type = ImportSourceDto)]
    source: ImportSource,
    /// Whether nothing was written.
    dry_run: bool,
    /// Where the clocks of the file's local times stood (IANA).
    #[schema(example = "Europe/Vienna")]
    time_zone: String,
    /// The order of day, month and year.
    #[schema(value_type = DateOrderDto)]
    date_order: DateOrder,
    /// What stands between the cells: a comma, a semicolon or a tab.
    #[schema(value_type = String, example = ",")]
    delimiter: Delimiter,
    rows: ImportRowsDto,
    /// The members whom rows belong to.
    members: Vec<ImportMemberDto>,
    new: ImportNewDto,
    /// Rows that share time with something, by line: the first 10,000.
    overlaps: Vec<ImportOverlapDto>,
    /// Rows that cannot be read, by line: the first 10,000.
    refused: Vec<ImportRefusalDto>,
    /// The seconds that come in.
    total_seconds: i64,
}

/// Which tool wrote a file.
#[derive(ToSchema)]
#[schema(as = ImportSource, rename_all = "snake_case")]
pub enum ImportSourceDto {
    /// Toggl Track's detailed CSV.
    Toggl,
    /// Clockify's detailed CSV.
    Clockify,
    /// Our own CSV export.
    Vibesheets,
}

/// The order of day, month and year in a date.
#[derive(ToSchema)]
#[schema(as = DateOrder, rename_all = "snake_case")]
pub enum DateOrderDto {
    /// `2024-12-31`
    Ymd,
    /// `12/31/2024`
    Mdy,
    /// `31/12/2024`
    Dmy,
}

/// Each row counts as one of these; `total` is their sum.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportRows)]
pub struct ImportRowsDto {
    /// All rows.
    total: u64,
    /// Come in whole.
    ready: u64,
    /// Are there, or were deleted by hand.
    already_imported: u64,
    /// Cannot be read, or overlap and are refused for that.
    refused: u64,
    /// Overlap and are left out, also where trimming leaves nothing.
    skipped: u64,
    /// Come in shortened.
    trimmed: u64,
}

/// One member's part.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportMember)]
pub struct ImportMemberDto {
    /// Null where the import would make them.
    #[schema(value_type = Option<String>, format = "uuid", required)]
    member_id: Option<MemberId>,
    /// What they are called.
    #[schema(value_type = String)]
    name: Name,
    /// Their address.
    #[schema(value_type = Option<String>, format = Email, required)]
    email: Option<Email>,
    /// Whether the import makes them.
    new: bool,
    /// The seconds that come in.
    seconds: i64,
    /// The work dates that the file has for them.
    days: Vec<ImportDayDto>,
}

/// One work date of one member.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportDay)]
pub struct ImportDayDto {
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// The seconds that come in.
    seconds: i64,
    /// The seconds that were there before.
    existing_seconds: i64,
}

/// The names of what the import makes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportNew)]
pub struct ImportNewDto {
    /// Without a sign-in, until they are invited.
    #[schema(value_type = Vec<String>)]
    members: Vec<Name>,
    #[schema(value_type = Vec<String>)]
    projects: Vec<Name>,
    #[schema(value_type = Vec<String>)]
    clients: Vec<Name>,
    #[schema(value_type = Vec<String>)]
    tags: Vec<Label>,
}

/// A row that shares time with something; the first thing in its way is named.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportOverlap)]
pub struct ImportOverlapDto {
    /// The physical line that the row begins on, from 1.
    line: u64,
    /// The member's name.
    #[schema(value_type = String)]
    member: Name,
    #[schema(value_type = String, format = DateTime)]
    start: LocalInstant,
    #[schema(value_type = String, format = DateTime)]
    end: LocalInstant,
    /// The line of the other row, where it is one.
    #[schema(required)]
    other_line: Option<u64>,
    /// The other entry, where it is there already.
    #[schema(value_type = Option<String>, format = "uuid", required)]
    other_entry_id: Option<EntryId>,
    #[schema(value_type = String, format = DateTime)]
    other_start: LocalInstant,
    /// Null for the open entry.
    #[schema(value_type = Option<String>, format = DateTime, required)]
    other_end: Option<LocalInstant>,
    /// `refused`, `skipped` or `trimmed`.
    #[schema(example = "refused")]
    resolution: &'static str,
    /// The row's seconds that do not come in.
    lost_seconds: i64,
    /// The work date that loses them.
    #[schema(value_type = String, format = Date)]
    date: Date,
}

/// A row that cannot be read.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ImportRefusal)]
pub struct ImportRefusalDto {
    /// The physical line that the row begins on, from 1.
    line: u64,
    /// The column, as the header calls it.
    #[schema(required)]
    column: Option<String>,
    /// What is wrong, for programs.
    #[schema(example = "impossible_date")]
    code: &'static str,
    /// What was found and what to do.
    detail: String,
    /// What stood there; cut where it is long.
    #[schema(required)]
    value: Option<String>,
}

impl From<ImportReport> for ImportReportDto {
    fn from(report: ImportReport) -> Self {
        Self {
            import_id: report.import_id,
            source: report.source,
            dry_run: report.dry_run,
            time_zone: report.time_zone.name().to_owned(),
            date_order: report.date_order,
            delimiter: report.delimiter,
            rows: report.rows.into(),
            members: report.members.into_iter().map(Into::into).collect(),
            new: report.new.into(),
            overlaps: report.overlaps.into_iter().map(Into::into).collect(),
            refused: report.refused.into_iter().map(Into::into).collect(),
            total_seconds: report.total_seconds,
        }
    }
}

impl From<RowCounts> for ImportRowsDto {
    fn from(rows: RowCounts) -> Self {
        let RowCounts { total, ready, already_imported, refused, skipped, trimmed } = rows;
        Self { total, ready, already_imported, refused, skipped, trimmed }
    }
}

impl From<MemberReport> for ImportMemberDto {
    fn from(member: MemberReport) -> Self {
        let MemberReport { member_id, name, email, new, seconds, days } = member;
        Self { member_id, name, email, new, seconds, days: days.into_iter().map(Into::into).collect() }
    }
}

impl From<ImportedDay> for ImportDayDto {
    fn from(day: ImportedDay) -> Self {
        let ImportedDay { date, seconds, existing_seconds } = day;
        Self { date, seconds, existing_seconds }
    }
}

impl From<NewNouns> for ImportNewDto {
    fn from(new: NewNouns) -> Self {
        let NewNouns { members, projects, clients, tags } = new;
        Self { members, projects, clients, tags }
    }
}

impl From<OverlapReport> for ImportOverlapDto {
    fn from(overlap: OverlapReport) -> Self {
        Self {
            line: overlap.line,
            member: overlap.member,
            start: overlap.start,
            end: overlap.end,
            other_line: overlap.other_line,
            other_entry_id: overlap.other_entry_id,
            other_start: overlap.other_start,
            other_end: overlap.other_end,
            resolution: overlap.resolution,
            lost_seconds: overlap.lost_seconds,
            date: overlap.date,
        }
    }
}

impl From<RowRefusal> for ImportRefusalDto {
    fn from(refusal: RowRefusal) -> Self {
        let RowRefusal { line, column, code, detail, value } = refusal;
        Self { line, column, code: code.as_str(), detail, value }
    }
}
