//! Decisions about clients.

use super::*;
use crate::actions::example::{client, directory, name, project};

const FIRST: ClientId = ClientId::from_bytes([1; 16]);
const NEW: ClientId = ClientId::from_bytes([9; 16]);

fn archive() -> ClientEdit {
    ClientEdit { archived: Some(true), ..Default::default() }
}

#[test]
fn a_client_with_active_projects_is_not_archived_and_the_refusal_counts_them() {
    let mut directory = directory();
    directory.clients = vec![client(1, "Acme")];
    directory.projects =
        vec![project(1, "App", Some(1)), project(2, "Website", Some(1)), project(3, "Own", None)];
    let refusal = edited(&directory, FIRST, 1, &archive()).expect_err("two are active");
    assert!(refusal.to_string().contains("2 active projects"), "{refusal}");
    directory.projects[0].archived = true;
    let refusal = edited(&directory, FIRST, 1, &archive()).expect_err("one is active");
    assert!(refusal.to_string().contains("1 active project;"), "{refusal}");
    directory.projects[1].archived = true;
    let decided = edited(&directory, FIRST, 1, &archive()).expect("none is active");
    assert_eq!((decided.after.archived, decided.after.version, decided.changes.len()), (true, 2, 1));
}

#[test]
fn a_name_is_taken_once_without_regard_to_letter_case() {
    let mut directory = directory();
    directory.clients = vec![client(1, "Österreich AG"), client(2, "Birch")];
    assert!(matches!(created(&directory, NEW, &name("ÖSTERREICH ag")), Err(Refusal::Duplicate(_))));
    let to = |text| ClientEdit { name: Some(name(text)), ..Default::default() };
    assert!(matches!(edited(&directory, FIRST, 1, &to("birch")), Err(Refusal::Duplicate(_))));
    assert!(edited(&directory, FIRST, 1, &to("österreich AG")).is_ok(), "its own name in other letters");
}

#[test]
fn a_stale_edit_is_refused_and_one_that_changes_nothing_leaves_no_record() {
    let mut directory = directory();
    directory.clients = vec![client(1, "Acme")];
    let same = ClientEdit { name: Some(name("Acme")), archived: Some(false) };
    assert_eq!(edited(&directory, FIRST, 2, &same), Err(Refusal::Stale { current: 1 }));
    assert_eq!(edited(&directory, FIRST, 1, &same), Ok(Decided::unchanged(client(1, "Acme"))));
    assert_eq!(edited(&directory, NEW, 1, &same), Err(Refusal::NotFound("client")));
}
