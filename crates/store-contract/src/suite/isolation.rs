//! I8: what belongs to another organisation does not exist. Each function holds one organisation's ids against another's
//! scope; where both use one id, each sees its own.

use futures_util::StreamExt;
use vibesheets_core::{
    Entry,
    journal::{Actor, DirectoryChange, Head, StreamId},
    store::{EntryQuery, GroupKey, PageRequest, Scope, Store, StoreError, TimesheetQuery},
    time::Span,
};

use super::{
    entry_lists::{dates, everything},
    nouns::{client, import, invitation, project, tag},
};
use crate::support::{Lab, TestOrganisation, changed, instant, new};

/// An organisation with one of everything, and another's scope.
async fn two(lab: &Lab, store: &dyn Store) -> (TestOrganisation, Entry, Scope) {
    let team = lab.found(store, 1).await;
    let import = import(lab, &team);
    lab.write_nouns(store, &team.scope(), vec![DirectoryChange::Import(new(import.clone()))]).await.unwrap();
    let closed = Entry {
        import_id: Some(import.id),
        ..lab.entry(team.member(0), "2026-03-02T08:00:00Z", Some("2026-03-02T09:00:00Z"))
    };
    let open = lab.entry(team.member(0), "2026-03-02T10:00:00Z", None);
    let kept = lab.add(store, &team.scope(), &[closed, open]).await;
    let foreign = lab.found(store, 1).await.scope();
    (team, kept[0].clone(), foreign)
}

pub async fn another_organisations_timesheet_is_empty(store: &dyn Store) {
    let lab = Lab::default();
    let (team, entry, foreign) = two(&lab, store).await;
    let query = TimesheetQuery {
        member: team.member(0),
        overlapping: Some(Span::open(instant("2026-03-01T00:00:00Z"))),
        entries: vec![entry.id],
        days: Some(dates("2026-01-01", "2026-12-31")),
    };
    let own = store.load_timesheet(&team.scope(), &query).await.unwrap();
    assert!(own.open.is_some() && own.head.seq == 2);
    assert_eq!((own.overlapping.len(), own.entries.len(), own.days.len()), (1, 1, 1));
    let other = store.load_timesheet(&foreign, &query).await.unwrap();
    assert_eq!((other.head, other.open), (Head::EMPTY, None));
    assert_eq!((other.overlapping, other.entries, other.days), (vec![], vec![], vec![]));
    assert_eq!(store.find_entry(&foreign, None, entry.id).await.unwrap(), None);
}

pub async fn another_organisations_lists_totals_and_streams_hold_nothing(store: &dyn Store) {
    let lab = Lab::default();
    let (team, entry, foreign) = two(&lab, store).await;
    for member in [None, Some(team.member(0))] {
        let query = EntryQuery { member, ..everything() };
        let page = PageRequest { limit: 10, after: None };
        assert_eq!(store.list_entries(&foreign, &query, &page).await.unwrap().entries, []);
        for keys in [&[][..], &[GroupKey::Member], &[GroupKey::Tags]] {
            assert_eq!(store.total(&foreign, &query, keys).await.unwrap(), []);
        }
        assert!(store.stream_entries(&foreign, &query).next().await.is_none());
    }
    assert_eq!(store.list_member_entries(&foreign, team.member(0), None, 10).await.unwrap(), []);
    let import = entry.import_id.unwrap();
    assert_eq!(store.list_imported(&foreign, import, team.member(0), 10).await.unwrap(), []);
    assert_eq!(store.list_imported(&team.scope(), import, team.member(0), 10).await.unwrap(), [entry]);
}

pub async fn another_organisations_nouns_are_not_found(store: &dyn Store) {
    let lab = Lab::default();
    let (team, entry, foreign) = two(&lab, store).await;
    let (project, invitation) = (project(&lab, "Pier", None), invitation(&lab, team.member(0)));
    let changes = vec![
        DirectoryChange::Client(new(client(&lab, "Client"))),
        DirectoryChange::Tag(new(tag(&lab, "tag"))),
        DirectoryChange::Project(new(project.clone())),
        DirectoryChange::Invitation(new(invitation.clone())),
    ];
    lab.write_nouns(store, &team.scope(), changes).await.unwrap();
    assert_eq!(store.find_member(&foreign, team.member(0)).await.unwrap(), None);
    assert_eq!(store.find_project(&foreign, project.id).await.unwrap(), None);
    assert_eq!(store.find_invitation(&foreign, invitation.id).await.unwrap(), None);
    assert_eq!(store.find_open_invitation(&foreign, team.member(0)).await.unwrap(), None);
    assert_eq!(store.find_import(&foreign, entry.import_id.unwrap()).await.unwrap(), None);
    assert_eq!(store.list_imports(&foreign).await.unwrap(), []);
    let directory = store.load_directory(&foreign).await.unwrap().unwrap();
    assert!(directory.members.iter().all(|member| member.id != team.member(0)));
    assert_eq!((directory.projects, directory.clients, directory.tags), (vec![], vec![], vec![]));
    assert_ne!(store.find_organisation(&foreign).await.unwrap().unwrap().id, team.organisation.id);
}

/// A caller that mixes scope and ids writes nothing into either organisation.
pub async fn another_organisations_things_cannot_be_written(store: &dyn Store) {
    let lab = Lab::default();
    let (team, entry, foreign) = two(&lab, store).await;
    let stream = StreamId::Member(team.organisation.id, team.member(0));
    let head = store.head(stream).await.unwrap();
    let after = entry.with_deleted(true, lab.now());
    let write =
        lab.timesheet_write(&team.scope(), team.member(0), head, vec![changed(&entry, after.clone())]);
    store.write_timesheet(&foreign, write).await.unwrap_err();
    let write = lab.timesheet_write(&foreign, team.member(0), Head::EMPTY, vec![changed(&entry, after)]);
    store.write_timesheet(&foreign, write).await.unwrap_err();
    let directory_head = store.head(team.stream()).await.unwrap();
    let member = &team.members[0].member;
    let changes = vec![DirectoryChange::Member(changed(member, (**member).clone()))];
    let write = lab.directory_write(&team.scope(), directory_head, changes.clone());
    store.write_directory(&foreign, write).await.unwrap_err();
    lab.write_nouns(store, &foreign, changes).await.unwrap_err();
    assert_eq!(store.find_entry(&team.scope(), None, entry.id).await.unwrap(), Some(entry));
    assert_eq!(store.head(stream).await.unwrap(), head);
    assert_eq!(store.head(team.stream()).await.unwrap(), directory_head);
    assert_eq!(
        store.head(StreamId::Member(foreign.organisation, team.member(0))).await.unwrap(),
        Head::EMPTY
    );
}

pub async fn two_organisations_may_use_the_same_ids(store: &dyn Store) {
    let lab = Lab::default();
    let teams = [lab.found(store, 1).await, lab.found(store, 1).await];
    let id = lab.entry(teams[0].member(0), "2026-03-02T08:00:00Z", None).id;
    let project = project(&lab, "Same id", None);
    for team in &teams {
        let entry = Entry { id, ..lab.entry(team.member(0), "2026-03-02T08:00:00Z", None) };
        lab.add(store, &team.scope(), &[entry]).await;
        let changes = vec![DirectoryChange::Project(new(project.clone()))];
        lab.write_nouns(store, &team.scope(), changes).await.unwrap();
    }
    for team in &teams {
        let found = store.find_entry(&team.scope(), None, id).await.unwrap().unwrap();
        assert_eq!(found.member_id, team.member(0));
    }
}

pub async fn commands_of_the_program_itself_belong_to_their_organisation(store: &dyn Store) {
    let lab = Lab::default();
    let teams = [lab.found(store, 1).await, lab.found(store, 1).await];
    let applied = lab.applied("first");
    for (number, team) in teams.iter().enumerate() {
        let scope = Scope { actor: Actor::System, ..team.scope() };
        assert_eq!(store.find_applied(&scope, applied.id).await.unwrap(), None, "{number}");
        let entry = lab.entry(team.member(0), "2026-03-02T08:00:00Z", None);
        let mut write = lab.timesheet_write(&scope, team.member(0), Head::EMPTY, vec![new(entry)]);
        write.applied = Some(applied.clone());
        let result = store.write_timesheet(&scope, write).await;
        assert!(
            result.is_ok(),
            "{number}: {:?}",
            result.err().unwrap_or(StoreError::Conflict { current: None })
        );
    }
}
