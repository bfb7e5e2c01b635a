//! Pages of entries.

use vibesheets_core::{
    Entry, ImportId, MemberId, ProjectId,
    journal::DirectoryChange,
    store::{EntryCursor, EntryQuery, Page, PageRequest, Scope, Store},
    time::{Date, DateRange},
};

use crate::support::{Lab, TestOrganisation, new};

pub(super) fn dates(first: &str, last: &str) -> DateRange {
    let date = |text: &str| text.parse::<Date>().unwrap();
    DateRange { first: date(first), last: date(last) }
}

pub(super) fn everything() -> EntryQuery {
    EntryQuery { range: dates("2026-01-01", "2026-12-31"), member: None, projects: None }
}

/// Each page after the one before, until there is no next; every page but the last is full.
async fn all_pages(store: &dyn Store, scope: &Scope, query: &EntryQuery, limit: usize) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut after = None;
    loop {
        let page = store.list_entries(scope, query, &PageRequest { limit, after }).await.unwrap();
        assert!(page.entries.len() <= limit, "a page of {} where {limit} were asked for", page.entries.len());
        assert!(page.next.is_none() || page.entries.len() == limit, "a short page that is not the last");
        let last = page.entries.last().map(EntryCursor::of);
        assert!(page.next.is_none() || page.next == last, "the next page does not begin after this one");
        assert!(last.is_none() || last != after, "a page repeats the one before");
        after = page.next;
        entries.extend(page.entries);
        if after.is_none() {
            return entries;
        }
    }
}

/// Two members; several entries start in the same second, some are deleted, some open.
pub(super) async fn busy_days(lab: &Lab, store: &dyn Store, team: &TestOrganisation) -> Vec<Entry> {
    let mut entries = Vec::new();
    for day in 2..9 {
        for index in 0..2 {
            let start = format!("2026-03-{day:02}T08:00:00Z");
            let noon = format!("2026-03-{day:02}T12:00:00Z");
            let member = team.member(index);
            entries.push(lab.entry(member, &start, Some(&noon)));
            entries.push(lab.entry(member, &start, Some(&start)));
            entries.push(Entry { deleted: true, ..lab.entry(member, &noon, Some(&noon)) });
        }
    }
    entries.push(lab.entry(team.member(0), "2026-03-09T08:00:00Z", None));
    let mut kept = lab.add(store, &team.scope(), &entries).await;
    kept.retain(|entry| !entry.deleted);
    kept.sort_by_key(|entry| (entry.start, entry.id));
    kept
}

pub async fn pages_join_to_the_whole_list_by_start_and_id_without_the_deleted(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 2).await;
    let expected = busy_days(&lab, store, &team).await;
    for limit in [1, 2, 3, 7, expected.len() - 1, expected.len(), expected.len() + 1, 1000] {
        let listed = all_pages(store, &team.scope(), &everything(), limit).await;
        assert_eq!(listed, expected, "pages of {limit}");
    }
}

/// A cursor of another, later range.
pub async fn a_page_that_begins_after_the_last_entry_is_empty(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 2).await;
    let all = busy_days(&lab, store, &team).await;
    let range = dates("2025-01-01", "2025-01-02");
    let page = PageRequest { limit: 10, after: all.last().map(EntryCursor::of) };
    for member in [None, Some(team.member(0))] {
        let query = EntryQuery { range, member, projects: None };
        let listed = store.list_entries(&team.scope(), &query, &page).await;
        assert_eq!(listed, Ok(Page { entries: Vec::new(), next: None }));
    }
}

pub async fn a_list_of_one_member_holds_only_theirs(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 3).await;
    let all = busy_days(&lab, store, &team).await;
    for index in 0..3 {
        let member = team.member(index);
        let query = EntryQuery { member: Some(member), ..everything() };
        let expected: Vec<_> = all.iter().filter(|entry| entry.member_id == member).cloned().collect();
        for limit in [1, 4, 1000] {
            assert_eq!(all_pages(store, &team.scope(), &query, limit).await, expected, "{index}, {limit}");
        }
    }
}

/// Both ends count, and the work date decides, not the date in UTC.
pub async fn a_list_holds_the_work_dates_asked_for(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    let entry = |start, end| lab.entry(team.member(0), start, Some(end));
    let kept = lab
        .add(
            store,
            &team.scope(),
            &[
                entry("2026-03-01T22:59:59Z", "2026-03-01T23:00:00Z"),
                entry("2026-03-01T23:00:00Z", "2026-03-01T23:30:00Z"),
                entry("2026-03-02T22:59:59Z", "2026-03-03T10:00:00Z"),
                entry("2026-03-03T23:00:00Z", "2026-03-04T00:00:00Z"),
            ],
        )
        .await;
    for (first, last, expected) in [
        ("2026-03-02", "2026-03-02", &kept[1..3]),
        ("2026-03-01", "2026-03-01", &kept[0..1]),
        ("2026-03-03", "2026-03-03", &kept[0..0]),
        ("2026-03-01", "2026-03-04", &kept[..]),
        ("2026-03-04", "2026-03-01", &kept[0..0]),
    ] {
        for member in [None, Some(team.member(0))] {
            let query = EntryQuery { range: dates(first, last), member, projects: None };
            assert_eq!(all_pages(store, &team.scope(), &query, 2).await, expected, "{first} to {last}");
        }
    }
}

pub async fn a_list_of_projects_holds_only_entries_on_them(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    let projects = add_projects(&lab, store, &team, 2).await;
    let on = |project: Option<ProjectId>, start| Entry {
        project_id: project,
        ..lab.entry(team.member(0), start, Some(start))
    };
    let kept = lab
        .add(
            store,
            &team.scope(),
            &[
                on(Some(projects[0]), "2026-03-02T08:00:00Z"),
                on(Some(projects[1]), "2026-03-02T09:00:00Z"),
                on(None, "2026-03-02T10:00:00Z"),
            ],
        )
        .await;
    for (asked, expected) in [
        (vec![projects[0]], &kept[0..1]),
        (vec![projects[1], projects[0]], &kept[0..2]),
        (vec![], &kept[0..0]),
        (vec![ProjectId::from_bytes([8; 16])], &kept[0..0]),
    ] {
        for member in [None, Some(team.member(0))] {
            let query = EntryQuery { projects: Some(asked.clone()), member, ..everything() };
            assert_eq!(all_pages(store, &team.scope(), &query, 1).await, expected, "{asked:?}");
        }
    }
}

pub async fn all_of_a_members_entries_are_listed_by_start_and_id_even_the_deleted(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 2).await;
    busy_days(&lab, store, &team).await;
    let list = |after, limit| {
        let (scope, member) = (team.scope(), team.member(0));
        async move { store.list_member_entries(&scope, member, after, limit).await.unwrap() }
    };
    let whole = list(None, 1000).await;
    assert_eq!(whole.len(), 22);
    assert_eq!(whole.iter().filter(|entry| entry.deleted).count(), 7);
    assert!(whole.iter().all(|entry| entry.member_id == team.member(0)));
    assert!(whole.is_sorted_by(|one, other| (one.start, one.id) < (other.start, other.id)));
    let mut paged: Vec<Entry> = Vec::new();
    loop {
        let page = list(paged.last().map(EntryCursor::of), 4).await;
        assert!(page.len() <= 4);
        if page.is_empty() {
            break;
        }
        paged.extend(page);
    }
    assert_eq!(paged, whole);
}

pub async fn an_imports_entries_are_listed_until_they_are_deleted(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 2).await;
    let imports = [0, 1].map(|_| super::nouns::import(&lab, &team));
    let changes = imports.iter().cloned().map(|import| DirectoryChange::Import(new(import))).collect();
    lab.write_nouns(store, &team.scope(), changes).await.unwrap();
    let brought = |import: ImportId, member: MemberId, start: &str, deleted| Entry {
        import_id: Some(import),
        deleted,
        ..lab.entry(member, start, Some(start))
    };
    let kept = lab
        .add(
            store,
            &team.scope(),
            &[
                brought(imports[0].id, team.member(0), "2026-03-02T08:00:00Z", false),
                brought(imports[0].id, team.member(0), "2026-03-02T07:00:00Z", false),
                brought(imports[0].id, team.member(0), "2026-03-02T09:00:00Z", true),
                brought(imports[0].id, team.member(1), "2026-03-02T08:00:00Z", false),
                brought(imports[1].id, team.member(0), "2026-03-02T10:00:00Z", false),
                lab.entry(team.member(0), "2026-03-02T11:00:00Z", Some("2026-03-02T12:00:00Z")),
            ],
        )
        .await;
    let scope = team.scope();
    let mut listed = store.list_imported(&scope, imports[0].id, team.member(0), 40).await.unwrap();
    listed.sort_by_key(|entry| std::cmp::Reverse(entry.start));
    assert_eq!(listed, kept[0..2]);
    assert_eq!(store.list_imported(&scope, imports[0].id, team.member(0), 1).await.unwrap().len(), 1);
    let second = store.list_imported(&scope, imports[1].id, team.member(0), 40).await.unwrap();
    assert_eq!(second, kept[4..5]);
    assert_eq!(store.list_imported(&scope, imports[1].id, team.member(1), 40).await.unwrap(), []);
}

/// Adds projects without a client; their ids, ascending.
pub(super) async fn add_projects(
    lab: &Lab,
    store: &dyn Store,
    team: &TestOrganisation,
    count: usize,
) -> Vec<ProjectId> {
    let mut projects: Vec<_> = (0..count).map(|_| super::nouns::project(lab, "Harbour wall", None)).collect();
    projects.sort_by_key(|project| project.id);
    let changes = projects.iter().cloned().map(|project| DirectoryChange::Project(new(project))).collect();
    lab.write_nouns(store, &team.scope(), changes).await.unwrap();
    projects.into_iter().map(|project| project.id).collect()
}
