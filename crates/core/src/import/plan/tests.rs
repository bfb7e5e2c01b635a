//! Plans of small files.

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;

use super::*;
use crate::{
    Client, DurationFormat, Email, Entry, EntryDraft, EntryId, EntrySource, Label, Labels, Locale, Member,
    MemberId, Name, Note, Organisation, OrganisationId, Project, ProjectId, Role, Tag, TagId,
    import::{ImportReport, OverlapPolicy, ParsedFile, ReadOptions, RefusalCode, read},
    journal::{DirectoryChange, Head},
    store::Directory,
    time::{FirstDayOfWeek, Instant, Span, Zone},
};

fn zone() -> Zone {
    Zone::named("Europe/Vienna").expect("bundled")
}

fn id(number: u8) -> [u8; 16] {
    [number; 16]
}

fn organisation() -> OrganisationId {
    OrganisationId::from_bytes(id(1))
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn now() -> jiff::Timestamp {
    jiff::Timestamp::UNIX_EPOCH
}

fn directory(members: Vec<Member>) -> Directory {
    Directory {
        head: Head::EMPTY,
        organisation: Organisation {
            id: organisation(),
            name: name("Org"),
            time_zone: zone(),
            first_day_of_week: FirstDayOfWeek::MONDAY,
            week_target_seconds: 0,
            version: 1,
            created_at: now(),
        },
        members,
        projects: Vec::new(),
        clients: Vec::new(),
        tags: Vec::new(),
    }
}

fn member(number: u8, called: &str, email: Option<&str>) -> Member {
    Member {
        id: MemberId::from_bytes(id(number)),
        account: None,
        name: name(called),
        email: email.map(|email| Email::new(email).expect("an address")),
        role: Role::Member,
        time_zone: zone(),
        locale: Locale::En,
        duration_format: DurationFormat::Clock,
        archived: false,
        version: 1,
        created_at: now(),
    }
}

/// Rows of `User,Email,Client,Project,Start date,Start time,Duration,Tags`.
fn file(rows: &[&str]) -> ParsedFile {
    let text =
        format!("User,Email,Client,Project,Start date,Start time,Duration,Tags\n{}\n", rows.join("\n"));
    read(text.as_bytes(), &ReadOptions { source: None, time_zone: zone(), date_order: None })
        .expect("readable")
}

fn ids(identified: &Identified) -> Vec<Vec<EntryId>> {
    identified.candidates.iter().map(|rows| rows.iter().map(|row| row.id).collect()).collect()
}

fn resolutions(plan: &ImportPlan) -> Vec<String> {
    let settled = plan.members.iter().flat_map(|member| &member.settled);
    let word = |settled: &Settled| match &settled.resolution {
        Resolution::AlreadyImported => "already".to_owned(),
        Resolution::Whole => "whole".to_owned(),
        Resolution::Trimmed(start, end, by) => {
            format!("{} s, behind {:?}", end.seconds_since(*start), by.line)
        }
        Resolution::Refused(by) => format!("refused by {:?}", by.line),
        Resolution::Skipped(by) => format!("skipped for {:?}", by.line),
    };
    settled.map(word).collect()
}

fn planned(
    file: &ParsedFile,
    existing: &HashMap<MemberId, ExistingTime>,
    overlaps: OverlapPolicy,
) -> ImportPlan {
    ImportPlan::new(file, &Identified::new(file, organisation(), &directory(Vec::new())), existing, overlaps)
}

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

const OVERLAPPING: [&str; 5] = [
    "Ada,,,,2024-01-01,9:00,2:00:00,",
    "Ada,,,,2024-01-01,8:00,1:30:00,",
    "Ada,,,,2024-01-01,9:10,0:00:00,",
    "Ada,,,,2024-01-01,9:10,0:10:00,",
    "Ada,,,,2024-01-01,11:00,1:00:00,",
];

#[test]
fn of_two_rows_that_overlap_the_earlier_one_stands() {
    let file = file(&OVERLAPPING);
    let none = HashMap::new();
    // By start: lines 3, 2, 4, 5, 6.
    assert_eq!(
        resolutions(&planned(&file, &none, OverlapPolicy::Refuse)),
        ["whole", "refused by Some(3)", "whole", "refused by Some(3)", "whole"]
    );
    assert_eq!(
        resolutions(&planned(&file, &none, OverlapPolicy::Skip)),
        ["whole", "skipped for Some(3)", "whole", "skipped for Some(3)", "whole"]
    );
    assert_eq!(
        resolutions(&planned(&file, &none, OverlapPolicy::Trim)),
        ["whole", "5400 s, behind Some(3)", "whole", "skipped for Some(3)", "whole"]
    );
}

#[test]
fn the_report_sums_what_comes_in_and_what_is_lost() {
    let file = file(&OVERLAPPING);
    let empty = directory(Vec::new());
    let identified = Identified::new(&file, organisation(), &empty);
    let plan = ImportPlan::new(&file, &identified, &HashMap::new(), OverlapPolicy::Trim);
    let import = import_id(organisation(), &file, OverlapPolicy::Trim);
    let report = ImportReport::new(import, true, &file, &identified, &plan, &[]);
    let counts = report.rows;
    assert_eq!((counts.total, counts.ready, counts.trimmed, counts.skipped, counts.refused), (5, 3, 1, 1, 0));
    assert_eq!(report.total_seconds, 5400 + 5400 + 3600);
    assert_eq!(report.overlaps.iter().map(|overlap| overlap.lost_seconds).sum::<i64>(), 1800 + 600);
    let json = serde_json::to_value(&report).expect("JSON");
    assert_eq!(json["overlaps"][0]["start"], "2024-01-01T09:00:00+01:00");
    assert_eq!(json["members"][0]["days"][0]["date"], "2024-01-01");
    assert_eq!(
        (&json["delimiter"], &json["date_order"], &json["source"]),
        (&",".into(), &"ymd".into(), &"toggl".into())
    );
    assert!(json["members"][0]["member_id"].is_null());
}

fn entry(file: &ParsedFile, identified: &Identified, row: usize, deleted: bool) -> Entry {
    let member = identified.meanings.members[0].id;
    let row = &file.rows[row];
    let draft: EntryDraft = identified.meanings.draft(row, row.start, row.end);
    let id = EntryId::from_bytes(id(42));
    Entry { deleted, ..Entry::new(id, member, EntrySource::Manual, draft, now()) }
}

#[test]
fn what_is_there_stands_and_what_was_deleted_by_hand_stays_deleted() {
    let file = file(&OVERLAPPING);
    let identified = Identified::new(&file, organisation(), &directory(Vec::new()));
    let first = identified.candidates[0][0].id;
    let there = entry(&file, &identified, 0, false);
    let deleted = entry(&file, &identified, 1, true);
    let mut existing = ExistingTime {
        obstacles: Obstacle::of(&there).into_iter().collect(),
        entries: HashMap::from([(first, deleted)]),
        ..ExistingTime::default()
    };
    let plan = |existing: &ExistingTime| {
        let existing = HashMap::from([(identified.meanings.members[0].id, existing.clone())]);
        resolutions(&planned(&file, &existing, OverlapPolicy::Refuse))
    };
    assert_eq!(plan(&existing), ["already", "refused by None", "whole", "refused by None", "whole"]);
    existing.taken_out.insert(first);
    assert_eq!(plan(&existing)[0], "refused by None");
    existing.obstacles.clear();
    assert_eq!(plan(&existing)[0], "whole");
}

#[test]
fn the_open_entry_reaches_to_infinity() {
    let file = file(&OVERLAPPING);
    let identified = Identified::new(&file, organisation(), &directory(Vec::new()));
    let open = Entry { end: None, ..entry(&file, &identified, 0, false) };
    let existing =
        ExistingTime { obstacles: Obstacle::of(&open).into_iter().collect(), ..ExistingTime::default() };
    let existing = HashMap::from([(identified.meanings.members[0].id, existing)]);
    assert_eq!(
        resolutions(&planned(&file, &existing, OverlapPolicy::Trim)),
        ["3600 s, behind None", "skipped for None", "whole", "skipped for None", "skipped for None"]
    );
}

#[test]
fn a_note_is_part_of_what_an_entry_is() {
    let mut one = file(&OVERLAPPING[..1]);
    let before = ids(&Identified::new(&one, organisation(), &directory(Vec::new())));
    one.rows[0].note = Note::new("other").expect("a note");
    assert_ne!(ids(&Identified::new(&one, organisation(), &directory(Vec::new()))), before);
}

proptest! {
    #[test]
    fn nothing_that_comes_in_overlaps(
        rows in prop::collection::vec((0_i64..200, 0_i64..60), 1..40),
        there in prop::collection::vec((0_i64..200, 1_i64..20), 0..5),
        overlaps in prop::sample::select(vec![OverlapPolicy::Refuse, OverlapPolicy::Skip, OverlapPolicy::Trim]),
    ) {
        let at = |second: i64| Instant::from_unix_seconds(1_700_000_000 + second).expect("in range");
        let mut taken: Vec<Span> = Vec::new();
        for (start, length) in there {
            let span = Span::new(at(start), Some(at(start + length))).expect("a span");
            if taken.iter().all(|other| !other.overlaps(span)) {
                taken.push(span);
            }
        }
        let obstacles: Vec<Obstacle> = taken
            .iter()
            .map(|span| Obstacle { line: None, entry_id: None, start: span.start(), end: span.end() })
            .collect();
        let spans = rows.iter().map(|(start, length)| (at(*start), at(start + length)));
        let mut settler = Settler::new(spans.clone(), &obstacles, overlaps);
        for (line, (start, end)) in (1..).zip(spans) {
            let asked = Span::new(start, Some(end)).expect("a span");
            let free = taken.iter().all(|other| !other.overlaps(asked));
            let kept = match settler.settle(line, start, end) {
                Resolution::Whole => {
                    prop_assert!(free);
                    asked
                }
                Resolution::Trimmed(kept_start, kept_end, _) => {
                    prop_assert!(!free && start <= kept_start && kept_end <= end && kept_start < kept_end);
                    Span::new(kept_start, Some(kept_end)).expect("a span")
                }
                _ => {
                    prop_assert!(!free);
                    continue;
                }
            };
            prop_assert!(taken.iter().all(|other| !other.overlaps(kept)));
            taken.push(kept);
        }
    }
}
