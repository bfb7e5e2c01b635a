//! Decisions about projects.

use super::*;
use crate::{
    actions::example::{client, directory, name, project},
    journal::Revision,
};

fn with_two_clients() -> Directory {
    let mut directory = directory();
    directory.clients = vec![client(1, "Acme"), client(2, "Birch")];
    directory.projects = vec![project(1, "Website", Some(1)), project(2, "Website", None)];
    directory
}

fn new_project(text: &str, client: Option<u8>) -> NewProject {
    let client_id = client.map(|number| ClientId::from_bytes([number; 16]));
    NewProject { name: name(text), client_id, color: None, billable: None }
}

const NEW: ProjectId = ProjectId::from_bytes([9; 16]);
const FIRST: ProjectId = ProjectId::from_bytes([1; 16]);

#[test]
fn a_name_is_taken_once_per_client_without_regard_to_letter_case() {
    let mut directory = with_two_clients();
    for client in [Some(1), None] {
        let refusal = created(&directory, NEW, &new_project("WEBSITE", client)).expect_err("taken");
        assert!(matches!(refusal, Refusal::Duplicate(reason) if reason.detail.contains("“Website” already")));
    }
    let decided = created(&directory, NEW, &new_project("WEBSITE", Some(2))).expect("free there");
    assert_eq!(decided.after.color, Color::for_index(2), "the next colour in turn");
    assert!(!decided.after.billable);
    directory.projects[0].archived = true;
    let refusal =
        created(&directory, NEW, &new_project("Website", Some(1))).expect_err("archived, but taken");
    assert!(matches!(refusal, Refusal::Duplicate(reason) if reason.detail.contains("archived project")));
    let move_there = ProjectEdit { client_id: Some(None), archived: Some(false), ..Default::default() };
    assert!(matches!(edited(&directory, FIRST, 1, &move_there), Err(Refusal::Duplicate(_))));
}

#[test]
fn a_project_needs_a_client_that_exists_and_is_not_archived() {
    let mut directory = with_two_clients();
    directory.clients[1].archived = true;
    for client in [2, 3] {
        let refusal =
            created(&directory, NEW, &new_project("App", Some(client))).expect_err("no such client");
        assert!(matches!(refusal, Refusal::Invalid(errors) if errors[0].pointer == "/client_id"));
        let to =
            ProjectEdit { client_id: Some(Some(ClientId::from_bytes([client; 16]))), ..Default::default() };
        assert!(matches!(edited(&directory, FIRST, 1, &to), Err(Refusal::Invalid(_))));
    }
}

#[test]
fn a_project_leaves_the_archive_only_after_its_client() {
    let mut directory = with_two_clients();
    directory.clients[0].archived = true;
    directory.projects[0].archived = true;
    let back = ProjectEdit { archived: Some(false), ..Default::default() };
    assert!(matches!(edited(&directory, FIRST, 1, &back), Err(Refusal::NotAllowed(_))));
    let rename = ProjectEdit { name: Some(name("Old website")), ..Default::default() };
    assert!(edited(&directory, FIRST, 1, &rename).is_ok(), "what is archived may be renamed");
    directory.clients[0].archived = false;
    assert!(edited(&directory, FIRST, 1, &back).is_ok());
}

#[test]
fn an_edit_changes_what_it_names_and_counts_the_version() {
    let directory = with_two_clients();
    let edit = ProjectEdit { client_id: Some(None), name: Some(name("Site")), ..Default::default() };
    let decided = edited(&directory, FIRST, 1, &edit).expect("a free name");
    let before = directory.projects[0].clone();
    let after = Project { client_id: None, name: name("Site"), version: 2, ..before.clone() };
    assert_eq!(decided.after, after);
    assert_eq!(decided.changes, [DirectoryChange::Project(Revision { before: Some(before), after })]);
}

#[test]
fn a_stale_edit_is_refused_and_one_that_changes_nothing_leaves_no_record() {
    let directory = with_two_clients();
    let same = ProjectEdit { name: Some(name("Website")), archived: Some(false), ..Default::default() };
    assert_eq!(edited(&directory, FIRST, 7, &same), Err(Refusal::Stale { current: 1 }));
    assert_eq!(edited(&directory, FIRST, 1, &same), Ok(Decided::unchanged(directory.projects[0].clone())));
    assert_eq!(edited(&directory, NEW, 1, &same), Err(Refusal::NotFound("project")));
}
