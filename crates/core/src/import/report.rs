//! What an import does, or would do: people compare it with what the other tool shows.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::{
    DateOrder, Delimiter, ImportSource, MOST_LISTED, ParsedFile, RowRefusal,
    plan::{Identified, ImportPlan, MemberPlan, Obstacle, PlannedMember, Resolution},
};
use crate::{
    Email, EntryId, ImportId, Label, MemberId, Name,
    journal::DirectoryChange,
    time::{Date, Instant, Zone},
};

/// What an import does, or would do. Serialises as `POST /import` answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImportReport {
    /// The same for the same file and options.
    pub import_id: ImportId,
    /// The tool that wrote the file.
    pub source: ImportSource,
    /// Whether nothing was written.
    pub dry_run: bool,
    /// Where the clocks of the file's local times stood.
    pub time_zone: Zone,
    /// The order of day, month and year.
    pub date_order: DateOrder,
    /// What stands between the cells.
    pub delimiter: Delimiter,
    /// How many rows there are of each kind.
    pub rows: RowCounts,
    /// The members whom rows belong to.
    pub members: Vec<MemberReport>,
    /// What the import makes.
    pub new: NewNouns,
    /// Rows that share time with something, by line: the first 10,000.
    pub overlaps: Vec<OverlapReport>,
    /// Rows that cannot be read, by line: the first 10,000.
    pub refused: Vec<RowRefusal>,
    /// The seconds that come in.
    pub total_seconds: i64,
}

/// Each row counts as one of these; `total` is their sum.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct RowCounts {
    /// All rows.
    pub total: u64,
    /// Come in whole.
    pub ready: u64,
    /// Are there, or were deleted by hand.
    pub already_imported: u64,
    /// Cannot be read, or are in the way and refused for that.
    pub refused: u64,
    /// Are in the way and left out, also where trimming leaves nothing.
    pub skipped: u64,
    /// Come in shortened.
    pub trimmed: u64,
}

/// One member's part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MemberReport {
    /// The member; `None` where the import would make them.
    pub member_id: Option<MemberId>,
    /// What they are called.
    pub name: Name,
    /// Their address.
    pub email: Option<Email>,
    /// Whether the import makes them.
    pub new: bool,
    /// The seconds that come in.
    pub seconds: i64,
    /// The work dates that the file has for them.
    pub days: Vec<ImportedDay>,
}

/// One work date of one member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ImportedDay {
    /// The work date.
    pub date: Date,
    /// The seconds that come in.
    pub seconds: i64,
    /// The seconds that were there before.
    pub existing_seconds: i64,
}

/// The names of what an import makes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NewNouns {
    /// Members without a sign-in.
    pub members: Vec<Name>,
    /// Projects.
    pub projects: Vec<Name>,
    /// Clients.
    pub clients: Vec<Name>,
    /// Tags.
    pub tags: Vec<Label>,
}

/// A row that shares time with something; the first thing in its way is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OverlapReport {
    /// The row's line.
    pub line: u64,
    /// The member's name.
    pub member: Name,
    /// The row's start.
    pub start: LocalInstant,
    /// The row's end.
    pub end: LocalInstant,
    /// The line of the other row.
    pub other_line: Option<u64>,
    /// The other entry.
    pub other_entry_id: Option<EntryId>,
    /// Where the other starts.
    pub other_start: LocalInstant,
    /// Where the other ends; `None` for the open entry.
    pub other_end: Option<LocalInstant>,
    /// `refused`, `skipped` or `trimmed`.
    pub resolution: &'static str,
    /// The row's seconds that do not come in.
    pub lost_seconds: i64,
    /// The work date that loses them.
    pub date: Date,
}

/// An instant as a wall clock shows it; written as RFC 3339 with the zone's offset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalInstant {
    /// The instant.
    pub instant: Instant,
    /// The clock's zone.
    pub zone: Zone,
}

impl Serialize for LocalInstant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.instant.rfc_3339(&self.zone))
    }
}

impl ImportReport {
    /// What `plan` does; `made` are the nouns it makes.
    pub fn new(
        import_id: ImportId,
        dry_run: bool,
        file: &ParsedFile,
        identified: &Identified,
        plan: &ImportPlan,
        made: &[DirectoryChange],
    ) -> Self {
        let mut refused = file.refused.listed.clone();
        refused.extend(identified.refused.listed.iter().cloned());
        refused.sort_by_key(|refusal| refusal.line);
        refused.truncate(MOST_LISTED);
        let mut report = Self {
            import_id,
            source: file.source,
            dry_run,
            time_zone: file.time_zone.clone(),
            date_order: file.date_order,
            delimiter: file.delimiter,
            rows: RowCounts {
                refused: file.refused.count + identified.refused.count,
                ..RowCounts::default()
            },
            members: Vec::new(),
            new: NewNouns::of(made),
            overlaps: Vec::new(),
            refused,
            total_seconds: 0,
        };
        for (member, plan) in
            identified.meanings.members.iter().zip(&plan.members).filter(|(_, plan)| !plan.settled.is_empty())
        {
            report.add(file, member, plan);
        }
        let RowCounts { ready, already_imported, refused, skipped, trimmed, .. } = report.rows;
        report.rows.total = ready + already_imported + refused + skipped + trimmed;
        report.shorten_overlaps();
        report
    }

    fn add(&mut self, file: &ParsedFile, member: &PlannedMember, plan: &MemberPlan) {
        let mut days: BTreeMap<Date, (i64, i64)> = BTreeMap::new();
        for settled in &plan.settled {
            let row = &file.rows[settled.row as usize];
            let whole = row.end.seconds_since(row.start);
            let date = row.time_zone.date_at(row.start);
            let kept = settled.resolution.kept(row);
            let seconds = kept.map_or(0, |(start, end)| end.seconds_since(start));
            days.entry(date).or_default();
            if let Some((start, _)) = kept {
                days.entry(row.time_zone.date_at(start)).or_default().0 += seconds;
            }
            let (count, obstacle, resolution) = match &settled.resolution {
                Resolution::AlreadyImported => (&mut self.rows.already_imported, None, ""),
                Resolution::Whole => (&mut self.rows.ready, None, ""),
                Resolution::Trimmed(_, _, obstacle) => (&mut self.rows.trimmed, Some(obstacle), "trimmed"),
                Resolution::Refused(obstacle) => (&mut self.rows.refused, Some(obstacle), "refused"),
                Resolution::Skipped(obstacle) => (&mut self.rows.skipped, Some(obstacle), "skipped"),
            };
            *count += 1;
            if let Some(obstacle) = obstacle {
                let at = |instant| LocalInstant { instant, zone: row.time_zone.clone() };
                let Obstacle { line, entry_id, start, end } = **obstacle;
                self.overlaps.push(OverlapReport {
                    line: row.line,
                    member: member.name.clone(),
                    start: at(row.start),
                    end: at(row.end),
                    other_line: line,
                    other_entry_id: entry_id,
                    other_start: at(start),
                    other_end: end.map(at),
                    resolution,
                    lost_seconds: whole - seconds,
                    date,
                });
                if self.overlaps.len() == 2 * MOST_LISTED {
                    self.shorten_overlaps();
                }
            }
        }
        for existing in &plan.existing_days {
            if let Some(day) = days.get_mut(&existing.date) {
                day.1 += existing.seconds;
            }
        }
        let days: Vec<ImportedDay> = days
            .into_iter()
            .map(|(date, (seconds, existing_seconds))| ImportedDay { date, seconds, existing_seconds })
            .collect();
        let seconds = days.iter().map(|day| day.seconds).sum();
        self.total_seconds += seconds;
        self.members.push(MemberReport {
            member_id: (!(member.new && self.dry_run)).then_some(member.id),
            name: member.name.clone(),
            email: member.email.clone(),
            new: member.new,
            seconds,
            days,
        });
    }
}

impl ImportReport {
    /// Keeps the first by line.
    fn shorten_overlaps(&mut self) {
        self.overlaps.sort_by_key(|overlap| overlap.line);
        self.overlaps.truncate(MOST_LISTED);
    }
}

impl NewNouns {
    fn of(made: &[DirectoryChange]) -> Self {
        let mut new = Self::default();
        for change in made {
            match change {
                DirectoryChange::Member(revision) => new.members.push(revision.after.name.clone()),
                DirectoryChange::Project(revision) => new.projects.push(revision.after.name.clone()),
                DirectoryChange::Client(revision) => new.clients.push(revision.after.name.clone()),
                DirectoryChange::Tag(revision) => new.tags.push(revision.after.name.clone()),
                _ => {}
            }
        }
        new
    }
}
