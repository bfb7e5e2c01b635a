//! Organisations' nouns.

use vibesheets_core::{
    Client, Import, Invitation, Member, MemberId, Name, Organisation, OrganisationId, Project, Role,
    journal::{Actor, DirectoryChange, Head, PayloadBody},
    store::{Directory, DirectoryWrite, Scope, Store, StoreError},
};

use super::nouns::{client, import, invitation, project, tag};
use crate::support::{Lab, TestOrganisation, changed, new, timestamp};

async fn load(store: &dyn Store, team: &TestOrganisation) -> Directory {
    store.load_directory(&team.scope()).await.unwrap().unwrap()
}

async fn refused_without_a_trace(
    store: &dyn Store,
    team: &TestOrganisation,
    mut write: DirectoryWrite,
    lab: &Lab,
) -> StoreError {
    let before = load(store, team).await;
    let applied = lab.applied("never");
    write.applied = Some(applied.clone());
    let error = store.write_directory(&team.scope(), write).await.expect_err("a refused write");
    assert_eq!(load(store, team).await, before, "after {error}");
    assert_eq!(store.find_applied(&team.scope(), applied.id).await.unwrap(), None, "after {error}");
    error
}

pub async fn an_unknown_organisation_has_no_directory(store: &dyn Store) {
    let scope = Scope { organisation: OrganisationId::from_bytes([1; 16]), actor: Actor::System };
    assert_eq!(store.load_directory(&scope).await.unwrap(), None);
    assert_eq!(store.find_organisation(&scope).await.unwrap(), None);
    assert_eq!(store.list_imports(&scope).await.unwrap(), []);
}

pub async fn every_noun_reads_back_as_it_was_written(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    let scope = team.scope();
    let client = client(&lab, "Zoë & Söhne GmbH");
    let project = project(&lab, "Hafenmauer", Some(client.id));
    let tag = tag(&lab, "مهم");
    let invitation = invitation(&lab, team.member(0));
    let import = import(&lab, &team);
    // A project before its client: the order in the record is nobody's concern.
    let changes = vec![
        DirectoryChange::Import(new(import.clone())),
        DirectoryChange::Invitation(new(invitation.clone())),
        DirectoryChange::Project(new(project.clone())),
        DirectoryChange::Client(new(client.clone())),
        DirectoryChange::Tag(new(tag.clone())),
    ];
    lab.write_nouns(store, &scope, changes.clone()).await.unwrap();
    let directory = load(store, &team).await;
    assert_eq!(directory.organisation, *team.organisation);
    assert_eq!(directory.head, store.head(team.stream()).await.unwrap());
    assert_eq!(directory.clients, [client]);
    assert_eq!(directory.projects, std::slice::from_ref(&project));
    assert_eq!(directory.tags, [tag]);
    assert_eq!(store.find_project(&scope, project.id).await.unwrap(), Some(project));
    assert_eq!(store.find_import(&scope, import.id).await.unwrap(), Some(import));
    assert_eq!(store.find_invitation(&scope, invitation.id).await.unwrap(), Some(invitation));
    assert_eq!(store.find_organisation(&scope).await.unwrap().as_ref(), Some(&*team.organisation));
    let member = &team.members[0].member;
    assert_eq!(store.find_member(&scope, member.id).await.unwrap().as_ref(), Some(&**member));
    assert_eq!(store.find_member(&scope, MemberId::from_bytes([3; 16])).await.unwrap(), None);
    let last = store.find_record(team.stream(), directory.head.seq).await.unwrap().unwrap();
    assert_eq!(last.payload.unwrap().open().unwrap(), PayloadBody::Directory(changes));
}

pub async fn a_directory_is_ordered_by_name(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 0).await;
    let names = ["Mole", "Anchor", "Ölhafen", "anchor", "Zander"];
    let changes = names
        .iter()
        .flat_map(|name| {
            [
                DirectoryChange::Member(new(lab.member(name, Role::Member, None))),
                DirectoryChange::Client(new(client(&lab, name))),
                DirectoryChange::Project(new(project(&lab, name, None))),
                DirectoryChange::Tag(new(tag(&lab, name))),
            ]
        })
        .collect();
    lab.write_nouns(store, &team.scope(), changes).await.unwrap();
    let directory = load(store, &team).await;
    assert_eq!((directory.members.len(), directory.projects.len()), (6, 5));
    assert!(directory.members.is_sorted_by_key(|member| member.name.clone()));
    assert!(directory.projects.is_sorted_by_key(|project| project.name.clone()));
    assert!(directory.clients.is_sorted_by_key(|client| client.name.clone()));
    assert!(directory.tags.is_sorted_by_key(|tag| tag.name.clone()));
}

pub async fn every_noun_can_change(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    let name = Name::new("Renamed").unwrap();
    let (client_0, project_0) = (client(&lab, "Client"), project(&lab, "Project", None));
    let import_0 = import(&lab, &team);
    let first = vec![
        DirectoryChange::Client(new(client_0.clone())),
        DirectoryChange::Project(new(project_0.clone())),
        DirectoryChange::Import(new(import_0.clone())),
    ];
    lab.write_nouns(store, &team.scope(), first).await.unwrap();
    let organisation = Organisation { name: name.clone(), version: 2, ..(*team.organisation).clone() };
    let before = &team.members[0].member;
    let member = Member { archived: true, version: 2, ..(**before).clone() };
    let client_1 = Client { archived: true, version: 2, ..client_0.clone() };
    let project_1 = Project { client_id: Some(client_0.id), version: 2, ..project_0.clone() };
    let import_1 = Import { finished_at: Some(lab.now()), version: 2, ..import_0.clone() };
    let second = vec![
        DirectoryChange::Organisation(changed(&team.organisation, organisation.clone())),
        DirectoryChange::Member(changed(before, member.clone())),
        DirectoryChange::Client(changed(&client_0, client_1.clone())),
        DirectoryChange::Project(changed(&project_0, project_1.clone())),
        DirectoryChange::Import(changed(&import_0, import_1.clone())),
    ];
    lab.write_nouns(store, &team.scope(), second).await.unwrap();
    let directory = load(store, &team).await;
    assert_eq!(directory.organisation, organisation);
    assert!(directory.members.contains(&member));
    assert_eq!((directory.clients, directory.projects), (vec![client_1], vec![project_1]));
    assert_eq!(store.list_imports(&team.scope()).await.unwrap(), [import_1]);
}

pub async fn a_noun_that_must_be_new_and_one_that_must_exist_are_held_to_it(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    let (known, unknown) = (client(&lab, "Known"), client(&lab, "Unknown"));
    lab.write_nouns(store, &team.scope(), vec![DirectoryChange::Client(new(known.clone()))]).await.unwrap();
    let other = Organisation { id: OrganisationId::from_bytes([5; 16]), ..(*team.organisation).clone() };
    for (what, change) in [
        ("a client that exists", DirectoryChange::Client(new(known))),
        ("a missing client", DirectoryChange::Client(changed(&unknown, unknown.clone()))),
        ("the organisation again", DirectoryChange::Organisation(new((*team.organisation).clone()))),
        ("another organisation", DirectoryChange::Organisation(new(other))),
    ] {
        let fine = DirectoryChange::Tag(new(tag(&lab, "goes with it")));
        let head = store.head(team.stream()).await.unwrap();
        let write = lab.directory_write(&team.scope(), head, vec![fine, change]);
        let error = refused_without_a_trace(store, &team, write, &lab).await;
        assert!(matches!(error, StoreError::Conflict { .. }), "{what}: {error}");
    }
}

pub async fn a_directory_write_on_an_old_head_is_a_conflict(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    let changes = vec![DirectoryChange::Tag(new(tag(&lab, "late")))];
    let write = lab.directory_write(&team.scope(), Head::EMPTY, changes);
    let error = refused_without_a_trace(store, &team, write, &lab).await;
    assert!(matches!(error, StoreError::Conflict { .. }), "{error}");
}

pub async fn a_directory_command_that_was_applied_is_refused(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 0).await;
    let applied = Some(lab.applied("first"));
    let mut results = Vec::new();
    for name in ["first", "second"] {
        let head = store.head(team.stream()).await.unwrap();
        let changes = vec![DirectoryChange::Tag(new(tag(&lab, name)))];
        let write =
            DirectoryWrite { applied: applied.clone(), ..lab.directory_write(&team.scope(), head, changes) };
        results.push(store.write_directory(&team.scope(), write).await.err());
    }
    assert_eq!(results, [None, Some(StoreError::AlreadyExists { what: "command" })]);
    assert_eq!(load(store, &team).await.tags.len(), 1);
}

pub async fn the_open_invitation_is_the_one_that_has_not_ended(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 2).await;
    let scope = team.scope();
    let first = invitation(&lab, team.member(0));
    let open = store.find_open_invitation(&scope, team.member(0));
    assert_eq!(open.await.unwrap(), None);
    assert_eq!(store.find_open_invitation(&scope, team.member(1)).await.unwrap(), None);
    lab.write_nouns(store, &scope, vec![DirectoryChange::Invitation(new(first.clone()))]).await.unwrap();
    let open = store.find_open_invitation(&scope, team.member(0));
    assert_eq!(open.await.unwrap().as_ref(), Some(&first));
    assert_eq!(store.list_open_invitations(&scope).await.unwrap(), std::slice::from_ref(&first));
    let ended = Invitation { ended_at: Some(lab.now()), ..first.clone() };
    let second = invitation(&lab, team.member(0));
    let changes = vec![
        DirectoryChange::Invitation(new(second.clone())),
        DirectoryChange::Invitation(changed(&first, ended.clone())),
    ];
    lab.write_nouns(store, &scope, changes).await.unwrap();
    let open = store.find_open_invitation(&scope, team.member(0));
    assert_eq!(open.await.unwrap().as_ref(), Some(&second));
    let other = invitation(&lab, team.member(1));
    lab.write_nouns(store, &scope, vec![DirectoryChange::Invitation(new(other.clone()))]).await.unwrap();
    let mut both = [second, other];
    both.sort_by_key(|invitation| invitation.id);
    assert_eq!(store.list_open_invitations(&scope).await.unwrap(), both);
    let elsewhere = lab.found(store, 0).await;
    assert_eq!(store.list_open_invitations(&elsewhere.scope()).await.unwrap(), []);
    assert_eq!(store.find_invitation(&scope, ended.id).await.unwrap(), Some(ended));
}

pub async fn imports_are_listed_the_newest_first(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    for time in ["2026-03-03T08:00:00Z", "2026-03-05T08:00:00Z", "2026-03-04T08:00:00Z"] {
        let import = Import { created_at: timestamp(time), ..import(&lab, &team) };
        lab.write_nouns(store, &team.scope(), vec![DirectoryChange::Import(new(import))]).await.unwrap();
    }
    let imports = store.list_imports(&team.scope()).await.unwrap();
    let days: Vec<_> = imports.iter().map(|import| import.created_at.to_string()).collect();
    assert_eq!(days, ["2026-03-05T08:00:00Z", "2026-03-04T08:00:00Z", "2026-03-03T08:00:00Z"]);
}
