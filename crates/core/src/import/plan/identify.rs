//! What a file's rows are in an organisation: whose, and under which ids.

use std::collections::HashMap;

use super::{Meanings, ids};
use crate::{
    EntryId, OrganisationId,
    import::{ParsedFile, ParsedRow, RefusalCode, Refusals, RowRefusal},
    store::Directory,
};

/// A row that could become an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Its place in the file's rows.
    pub row: u32,
    /// The entry that it becomes.
    pub id: EntryId,
}

/// A file's rows as they stand in an organisation.
#[derive(Debug, Clone)]
pub struct Identified {
    /// What the names mean.
    pub meanings: Meanings,
    /// Each member's rows by start, then line; in the order of [`Meanings::members`].
    pub candidates: Vec<Vec<Candidate>>,
    /// Rows that name nobody for certain.
    pub refused: Refusals,
}

impl Identified {
    /// Finds whom and what the names mean, and every row's id.
    pub fn new(file: &ParsedFile, organisation: OrganisationId, directory: &Directory) -> Self {
        let meanings = Meanings::new(file, organisation, directory);
        let mut identified = Self {
            candidates: vec![Vec::new(); meanings.members.len()],
            meanings,
            refused: Refusals::default(),
        };
        let mut occurrences: HashMap<EntryId, u32> = HashMap::new();
        for (place, row) in (0..).zip(&file.rows) {
            let Some(member) = identified.meanings.places[row.person as usize] else {
                identified.refused.push(ambiguous_member(file, row));
                continue;
            };
            let id = |occurrence| {
                let member = identified.meanings.members[member as usize].id;
                ids::entry_id(organisation, member, file, row, occurrence)
            };
            let first = id(0);
            let occurrence = occurrences.entry(first).and_modify(|count| *count += 1).or_insert(0);
            let id = if *occurrence == 0 { first } else { id(*occurrence) };
            identified.candidates[member as usize].push(Candidate { row: place, id });
        }
        for candidates in &mut identified.candidates {
            candidates.sort_by_key(|candidate| {
                let row = &file.rows[candidate.row as usize];
                (row.start, row.line)
            });
        }
        identified
    }
}

fn ambiguous_member(file: &ParsedFile, row: &ParsedRow) -> RowRefusal {
    let name = &file.people[row.person as usize].name;
    RowRefusal {
        line: row.line,
        column: None,
        code: RefusalCode::AmbiguousMember,
        detail:
            "several people have this name, and the row has no e-mail address to tell them apart; add one"
                .to_owned(),
        value: Some(RowRefusal::shortened(name)),
    }
}
