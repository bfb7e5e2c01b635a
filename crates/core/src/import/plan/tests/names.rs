//! What names mean.

use super::*;

#[test]
fn people_are_found_by_address_then_by_name_and_else_made() {
    let members = vec![
        member(2, "Ada", Some("ada@example.com")),
        member(3, "Bob", None),
        member(4, "Cy", Some("other@example.com")),
        member(5, "Di", None),
        member(6, "di", Some("di@example.com")),
    ];
    let file = file(&[
        "Somebody,ADA@example.com,,,2024-01-01,9:00,1:00:00,",
        "bob,bob@example.com,,,2024-01-01,9:00,1:00:00,",
        "Cy,cy@example.com,,,2024-01-01,9:00,1:00:00,",
        "ADA,,,,2024-01-02,9:00,1:00:00,",
        "Di,,,,2024-01-01,9:00,1:00:00,",
        "Eve,,,,2024-01-01,9:00,1:00:00,",
    ]);
    let identified = Identified::new(&file, organisation(), &directory(members));
    let found: Vec<_> =
        identified.meanings.members.iter().map(|member| (&*member.name, member.new)).collect();
    assert_eq!(found, [("Ada", false), ("Bob", false), ("Cy", true), ("Eve", true)]);
    assert_eq!(ids(&identified).iter().map(Vec::len).collect::<Vec<_>>(), [2, 1, 1, 1]);
    assert_eq!(identified.refused.listed[0].code, RefusalCode::AmbiguousMember);
    assert_eq!(identified.refused.listed[0].line, 6);
}

#[test]
fn what_an_import_made_is_found_again_after_it_was_renamed() {
    let file = file(&["Ada,,ACME,Site,2024-01-01,9:00,1:00:00,deep"]);
    let empty = directory(Vec::new());
    let first = Identified::new(&file, organisation(), &empty);
    let mut used = Used::nothing(&file);
    used.add(&file.rows[0]);
    let mut after = directory(Vec::new());
    for change in first.meanings.new_nouns(&file, &used, &empty, now()) {
        match change {
            DirectoryChange::Member(made) => {
                after.members.push(Member { name: name("Ada L."), ..made.after })
            }
            DirectoryChange::Project(made) => {
                after.projects.push(Project { name: name("Web"), ..made.after })
            }
            DirectoryChange::Client(made) => {
                after.clients.push(Client { name: name("A. Inc."), ..made.after })
            }
            DirectoryChange::Tag(made) => after.tags.push(made.after),
            other => panic!("an import makes no {other:?}"),
        }
    }
    assert_eq!(
        (after.members.len(), after.projects.len(), after.clients.len(), after.tags.len()),
        (1, 1, 1, 1)
    );
    let second = Identified::new(&file, organisation(), &after);
    assert_eq!(ids(&second), ids(&first));
    assert!(second.meanings.means_the_same_as(&first.meanings));
    assert!(second.meanings.new_nouns(&file, &used, &after, now()).is_empty());
}

#[test]
fn projects_and_tags_are_found_without_regard_to_letter_case() {
    let mut nouns = directory(Vec::new());
    let acme = crate::ClientId::from_bytes(id(7));
    nouns.clients.push(Client { id: acme, name: name("ACME"), archived: false, version: 1 });
    let project = ProjectId::from_bytes(id(8));
    nouns.projects.push(Project {
        id: project,
        name: name("Site"),
        client_id: Some(acme),
        color: crate::Color::for_index(0),
        billable: true,
        archived: false,
        version: 1,
    });
    let label = |text| Label::new(text).expect("a label");
    nouns.tags.push(Tag { id: TagId::from_bytes(id(9)), name: label("Deep"), archived: false, version: 1 });
    let file =
        file(&["Ada,,acme,SITE,2024-01-01,9:00,1:00:00,\"deep,new\"", "Ada,,,Site,2024-01-02,9:00,1:00:00,"]);
    let identified = Identified::new(&file, organisation(), &nouns);
    let row = &file.rows[0];
    let draft = identified.meanings.draft(row, row.start, row.end);
    assert_eq!((draft.project_id, draft.billable), (Some(project), true));
    assert_eq!(draft.tags, Labels::new(vec![label("Deep"), label("new")]).expect("two"));
    let row = &file.rows[1];
    assert_ne!(
        identified.meanings.draft(row, row.start, row.end).project_id,
        Some(project),
        "another client's project"
    );
}

#[test]
fn rows_that_say_the_same_are_different_entries_and_a_longer_export_knows_the_shorter_one() {
    let rows = [
        "Ada,,,,2024-01-01,9:00,0:00:00,",
        "Ada,,,,2024-01-01,9:00,0:00:00,",
        "Ada,,,,2024-01-02,9:00,1:00:00,",
    ];
    let short = ids(&Identified::new(&file(&rows[..2]), organisation(), &directory(Vec::new())));
    let long = ids(&Identified::new(&file(&rows), organisation(), &directory(Vec::new())));
    assert_eq!(short[0].iter().collect::<HashSet<_>>().len(), 2);
    assert_eq!(short[0][..], long[0][..2]);
}
