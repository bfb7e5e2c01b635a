//! Sums by groups; rows sum to their total (I7).

use std::collections::BTreeMap;

use vibesheets_core::{
    Entry, Label, Labels, MemberId, ProjectId,
    store::{EntryQuery, GroupKey, Store, TotalRow},
    time::Date,
};

use super::entry_lists::{add_projects, dates, everything};
use crate::support::{Lab, TestOrganisation};

type Key = (Option<Date>, Option<MemberId>, Option<ProjectId>, Vec<Label>);

fn key(row: &TotalRow) -> Key {
    (row.date, row.member, row.project, row.tags.clone())
}

fn labels(texts: &[&str]) -> Labels {
    Labels::new(texts.iter().map(|text| Label::new(text).unwrap()).collect()).unwrap()
}

async fn varied(lab: &Lab, store: &dyn Store, team: &TestOrganisation) -> Vec<Entry> {
    let projects = add_projects(lab, store, team, 2).await;
    let tags = [labels(&[]), labels(&["a b"]), labels(&["a", "z"]), labels(&["a"])];
    let mut entries = Vec::new();
    for number in 0..48_usize {
        let day = 2 + number % 5;
        let start = format!("2026-03-{day:02}T{:02}:00:00Z", 6 + number % 11);
        let end = format!("2026-03-{day:02}T{:02}:00:{:02}Z", 7 + number % 11, number);
        entries.push(Entry {
            project_id: projects.get(number % 3).copied(),
            tags: tags[number % 4].clone(),
            deleted: number % 7 == 0,
            ..lab.entry(team.member(number % 2), &start, Some(&end))
        });
    }
    entries.push(lab.entry(team.member(0), "2026-03-02T20:00:00Z", None));
    lab.add(store, &team.scope(), &entries).await
}

fn expected(entries: &[Entry], query: &EntryQuery, keys: &[GroupKey]) -> BTreeMap<Key, i64> {
    let mut sums = BTreeMap::new();
    for entry in entries {
        let Some(seconds) = entry.seconds().filter(|_| !entry.deleted) else { continue };
        let on_project = query
            .projects
            .as_ref()
            .is_none_or(|projects| entry.project_id.is_some_and(|id| projects.contains(&id)));
        if !query.range.contains(entry.work_date)
            || query.member.is_some_and(|member| member != entry.member_id)
            || !on_project
        {
            continue;
        }
        let asked = |key| keys.contains(&key);
        let key = (
            asked(GroupKey::Date).then_some(entry.work_date),
            asked(GroupKey::Member).then_some(entry.member_id),
            entry.project_id.filter(|_| asked(GroupKey::Project)),
            if asked(GroupKey::Tags) { entry.tags.as_slice().to_vec() } else { Vec::new() },
        );
        *sums.entry(key).or_default() += seconds;
    }
    sums
}

pub async fn totals_by_any_keys_equal_the_sums_of_the_entries(store: &dyn Store) {
    use GroupKey::{Date, Member, Project, Tags};
    let lab = Lab::default();
    let team = lab.found(store, 2).await;
    let entries = varied(&lab, store, &team).await;
    let project = entries.iter().find_map(|entry| entry.project_id).unwrap();
    let queries = [
        everything(),
        EntryQuery { range: dates("2026-03-03", "2026-03-04"), ..everything() },
        EntryQuery { member: Some(team.member(1)), ..everything() },
        EntryQuery { projects: Some(vec![project]), ..everything() },
        EntryQuery { member: Some(team.member(0)), projects: Some(vec![project]), ..everything() },
        EntryQuery { projects: Some(vec![]), ..everything() },
    ];
    let groupings: [&[GroupKey]; 9] = [
        &[],
        &[Date],
        &[Member],
        &[Project],
        &[Tags],
        &[Member, Project],
        &[Project, Date],
        &[Tags, Member],
        &[Date, Member, Project, Tags],
    ];
    for query in &queries {
        for keys in groupings {
            let rows = store.total(&team.scope(), query, keys).await.unwrap();
            let sums: BTreeMap<Key, i64> = rows.iter().map(|row| (key(row), row.seconds)).collect();
            assert_eq!(sums, expected(&entries, query, keys), "{keys:?} of {query:?}");
            assert_eq!(sums.len(), rows.len(), "a group has one row");
        }
    }
}

pub async fn totals_are_ordered_by_their_keys_and_no_project_comes_first(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 2).await;
    varied(&lab, store, &team).await;
    let rows = store.total(&team.scope(), &everything(), &[GroupKey::Project, GroupKey::Date]).await.unwrap();
    assert!(rows.is_sorted_by_key(|row| (row.project, row.date)));
    assert_eq!(rows[0].project, None);
    let rows = store.total(&team.scope(), &everything(), &[GroupKey::Tags, GroupKey::Member]).await.unwrap();
    assert!(rows.is_sorted_by_key(|row| (row.tags.clone(), row.member)));
    let rows = store.total(&team.scope(), &everything(), &[GroupKey::Member, GroupKey::Tags]).await.unwrap();
    assert!(rows.is_sorted_by_key(|row| (row.member, row.tags.clone())));
}

pub async fn open_and_deleted_entries_count_nothing_and_one_of_no_length_counts_zero(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    let open = lab.entry(team.member(0), "2026-03-02T20:00:00Z", None);
    let deleted = lab.entry(team.member(0), "2026-03-03T08:00:00Z", Some("2026-03-03T09:00:00Z"));
    lab.add(store, &team.scope(), &[open, Entry { deleted: true, ..deleted }]).await;
    for keys in [&[][..], &[GroupKey::Date]] {
        assert_eq!(store.total(&team.scope(), &everything(), keys).await.unwrap(), [], "{keys:?}");
    }
    let empty = lab.entry(team.member(0), "2026-03-04T08:00:00Z", Some("2026-03-04T08:00:00Z"));
    lab.add(store, &team.scope(), &[empty]).await;
    let rows = store.total(&team.scope(), &everything(), &[GroupKey::Date]).await.unwrap();
    let shown: Vec<_> = rows.iter().map(|row| (row.date, row.seconds)).collect();
    assert_eq!(shown, [("2026-03-04".parse().ok(), 0)]);
}
