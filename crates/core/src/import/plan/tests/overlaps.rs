//! Rows in each other's way, and what is there already.

use super::*;

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
