//! Which rows come in, whole or in part, so that no two entries of one member overlap (I2).

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use super::{Candidate, Identified, occupancy::Occupancy};
use crate::{
    DayTotal, Entry, EntryId, MemberId,
    import::{OverlapPolicy, ParsedFile, ParsedRow},
    time::Instant,
};

/// One member's time as it is before the import.
#[derive(Debug, Clone, Default)]
pub struct ExistingTime {
    /// The entries that rows could overlap with, the open one too.
    pub obstacles: Vec<Obstacle>,
    /// The entries that have the id of a row, deleted ones too.
    pub entries: HashMap<EntryId, Entry>,
    /// Those of `entries` that an undone import took out; other deleted ones were deleted by hand.
    pub taken_out: HashSet<EntryId>,
    /// The closed seconds of the work dates that the file has.
    pub days: Vec<DayTotal>,
}

/// What a row would share time with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obstacle {
    /// The line of the other row.
    pub line: Option<u64>,
    /// The other entry.
    pub entry_id: Option<EntryId>,
    /// Its first second.
    pub start: Instant,
    /// The first second no longer in it; `None` for the open entry.
    pub end: Option<Instant>,
}

impl Obstacle {
    /// An entry that is there; `None` where it takes no time.
    pub fn of(entry: &Entry) -> Option<Self> {
        let takes_time = !entry.deleted && entry.end != Some(entry.start);
        takes_time.then_some(Self {
            line: None,
            entry_id: Some(entry.id),
            start: entry.start,
            end: entry.end,
        })
    }
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Resolution {
    /// Its entry is there, or was deleted by hand.
    AlreadyImported,
    /// It comes in as it is.
    Whole,
    /// It comes in from one instant to another.
    Trimmed(Instant, Instant, Box<Obstacle>),
    /// It is in the way of something.
    Refused(Box<Obstacle>),
    /// It is in the way of something, and the importer wants to leave such rows out.
    Skipped(Box<Obstacle>),
}

impl Resolution {
    /// What comes in of `row`.
    pub const fn kept(&self, row: &ParsedRow) -> Option<(Instant, Instant)> {
        match self {
            Self::Whole => Some((row.start, row.end)),
            Self::Trimmed(start, end, _) => Some((*start, *end)),
            Self::AlreadyImported | Self::Refused(_) | Self::Skipped(_) => None,
        }
    }
}

/// Gives spans their time one after the other; what is given stays given.
#[derive(Debug)]
pub struct Settler {
    occupancy: Occupancy,
    obstacles: Vec<Obstacle>,
    overlaps: OverlapPolicy,
}

impl Settler {
    /// For `spans`, where `obstacles` have their time already.
    pub fn new(
        spans: impl Iterator<Item = (Instant, Instant)> + Clone,
        obstacles: &[Obstacle],
        overlaps: OverlapPolicy,
    ) -> Self {
        let first = spans.clone().map(|span| span.0).min().unwrap_or(Instant::EARLIEST);
        let last = spans.clone().map(|span| span.1).max().unwrap_or(Instant::EARLIEST);
        let within = |obstacle: &Obstacle| {
            let (start, end) = (obstacle.start.max(first), obstacle.end.unwrap_or(Instant::LATEST).min(last));
            (start < end).then_some((*obstacle, start, end))
        };
        let taken: Vec<_> = obstacles.iter().filter_map(within).collect();
        let edges = spans.flat_map(|(start, end)| [start, end]);
        let mut settler = Self {
            occupancy: Occupancy::new(edges.chain(taken.iter().flat_map(|(_, start, end)| [*start, *end]))),
            obstacles: Vec::new(),
            overlaps,
        };
        for (obstacle, start, end) in taken {
            settler.take(obstacle, start, end);
        }
        settler
    }

    /// What comes in of the span from `start` to `end` that `line` asks for.
    pub fn settle(&mut self, line: u64, start: Instant, end: Instant) -> Resolution {
        if start == end {
            return Resolution::Whole;
        }
        let free = self.occupancy.longest_free(start, end);
        let owner = self.occupancy.first_owner(start, end);
        let Some(obstacle) = owner.map(|owner| Box::new(self.obstacles[owner as usize])) else {
            self.take(Obstacle { line: Some(line), entry_id: None, start, end: Some(end) }, start, end);
            return Resolution::Whole;
        };
        match (self.overlaps, free) {
            (OverlapPolicy::Refuse, _) => Resolution::Refused(obstacle),
            (OverlapPolicy::Skip, _) | (OverlapPolicy::Trim, None) => Resolution::Skipped(obstacle),
            (OverlapPolicy::Trim, Some((start, end))) => {
                self.take(Obstacle { line: Some(line), entry_id: None, start, end: Some(end) }, start, end);
                Resolution::Trimmed(start, end, obstacle)
            }
        }
    }

    fn take(&mut self, obstacle: Obstacle, start: Instant, end: Instant) {
        let owner = u32::try_from(self.obstacles.len()).unwrap_or(u32::MAX);
        self.obstacles.push(obstacle);
        self.occupancy.take(start, end, owner);
    }
}

/// What becomes of each row.
#[derive(Debug, Clone)]
pub struct ImportPlan {
    /// In the order of [`super::Meanings::members`].
    pub members: Vec<MemberPlan>,
}

/// What becomes of each of one member's rows, by start, then line.
#[derive(Debug, Clone)]
pub struct MemberPlan {
    /// The rows.
    pub settled: Vec<Settled>,
    /// The member's closed seconds per work date before the import.
    pub existing_days: Vec<DayTotal>,
}

/// What becomes of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Its place in the file's rows.
    pub row: u32,
    /// Its entry.
    pub id: EntryId,
    /// Whether its entry is there, taken out by an undone import, and comes back.
    pub restores: bool,
    /// What becomes of it.
    pub resolution: Resolution,
}

impl ImportPlan {
    /// Decides about every row. `existing` has the members who have entries.
    pub fn new(
        file: &ParsedFile,
        identified: &Identified,
        existing: &HashMap<MemberId, ExistingTime>,
        overlaps: OverlapPolicy,
    ) -> Self {
        let none = ExistingTime::default();
        let members =
            identified.meanings.members.iter().zip(&identified.candidates).map(|(member, candidates)| {
                let existing = existing.get(&member.id).unwrap_or(&none);
                MemberPlan {
                    settled: settle_member(file, candidates, existing, overlaps),
                    existing_days: existing.days.clone(),
                }
            });
        Self { members: members.collect() }
    }
}

fn settle_member(
    file: &ParsedFile,
    candidates: &[Candidate],
    existing: &ExistingTime,
    overlaps: OverlapPolicy,
) -> Vec<Settled> {
    let row = |candidate: &Candidate| &file.rows[candidate.row as usize];
    let spans = candidates.iter().map(|candidate| (row(candidate).start, row(candidate).end));
    let mut settler = Settler::new(spans, &existing.obstacles, overlaps);
    let mut restored = HashSet::new();
    let settle = |candidate: &Candidate| {
        let row = row(candidate);
        // Our own export names its entries: in the organisation that they came from they are there.
        let id = row.entry.filter(|id| existing.entries.contains_key(id)).unwrap_or(candidate.id);
        // Of two rows that name one entry, the first brings it back.
        let restores = existing.taken_out.contains(&id) && restored.insert(id);
        let resolution = if existing.entries.contains_key(&id) && !restores {
            Resolution::AlreadyImported
        } else {
            settler.settle(row.line, row.start, row.end)
        };
        Settled { row: candidate.row, id, restores, resolution }
    };
    candidates.iter().map(settle).collect()
}
