//! Sums of the seconds that count, by groups.

use std::{cmp::Ordering, collections::HashMap};

use vibesheets_core::{
    Entry, Label, MemberId, ProjectId,
    store::{GroupKey, StoreError, TotalRow},
    time::Date,
};

use super::reader::Reader;

/// What a group has in common; what was not asked for stays empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Group {
    date: Option<Date>,
    member: Option<MemberId>,
    project: Option<ProjectId>,
    tags: Vec<Label>,
}

impl Group {
    fn of(entry: &Entry, keys: &[GroupKey]) -> Self {
        let asked = |key| keys.contains(&key);
        Self {
            date: asked(GroupKey::Date).then_some(entry.work_date),
            member: asked(GroupKey::Member).then_some(entry.member_id),
            project: entry.project_id.filter(|_| asked(GroupKey::Project)),
            tags: if asked(GroupKey::Tags) { entry.tags.as_slice().to_vec() } else { Vec::new() },
        }
    }
}

/// One row for each group that has a closed entry, ordered by the keys. Without keys one row, if there is any entry.
pub(super) async fn rows(mut reader: Reader, keys: &[GroupKey]) -> Result<Vec<TotalRow>, StoreError> {
    let mut sums: HashMap<Group, i64> = HashMap::new();
    while let Some(entries) = reader.next().await? {
        for entry in &entries {
            if let Some(seconds) = entry.seconds() {
                *sums.entry(Group::of(entry, keys)).or_default() += seconds;
            }
        }
    }
    let row =
        |(Group { date, member, project, tags }, seconds)| TotalRow { date, member, project, tags, seconds };
    let mut rows: Vec<TotalRow> = sums.into_iter().map(row).collect();
    rows.sort_unstable_by(|one, other| by_keys(one, other, keys));
    Ok(rows)
}

fn by_keys(one: &TotalRow, other: &TotalRow, keys: &[GroupKey]) -> Ordering {
    keys.iter().fold(Ordering::Equal, |order, key| {
        order.then_with(|| match key {
            GroupKey::Date => one.date.cmp(&other.date),
            GroupKey::Member => one.member.cmp(&other.member),
            GroupKey::Project => one.project.cmp(&other.project),
            GroupKey::Tags => one.tags.cmp(&other.tags),
        })
    })
}
