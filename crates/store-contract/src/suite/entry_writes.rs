//! Writing entries: all or nothing, on the head that was decided on.

use vibesheets_core::{
    Entry, EntryId, EntrySource, Label, Labels, Note,
    actions::import::MOST_ENTRIES,
    journal::{Append, Hash, Head, PayloadBody, StreamId},
    store::{Store, StoreError, TimesheetQuery, TimesheetWrite},
    time::Zone,
};

use crate::support::{Lab, TestOrganisation, changed, instant, new};

async fn heads_and_entries(store: &dyn Store, team: &TestOrganisation) -> (Head, Vec<Entry>) {
    let head = store.head(team.member_stream(0)).await.unwrap();
    let entries = store.list_member_entries(&team.scope(), team.member(0), None, 1000).await.unwrap();
    (head, entries)
}

async fn refused_without_a_trace(
    store: &dyn Store,
    team: &TestOrganisation,
    write: TimesheetWrite,
) -> StoreError {
    let before = heads_and_entries(store, team).await;
    let command = write.applied.as_ref().map(|applied| applied.id);
    let error = store.write_timesheet(&team.scope(), write).await.expect_err("a refused write");
    assert_eq!(heads_and_entries(store, team).await, before, "after {error}");
    if let Some(command) = command
        && error != (StoreError::AlreadyExists { what: "command" })
    {
        assert_eq!(store.find_applied(&team.scope(), command).await.unwrap(), None, "after {error}");
    }
    error
}

pub async fn every_field_of_an_entry_is_kept(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    lab.time.set(crate::support::timestamp("2026-03-02T08:00:00.123456789Z"));
    let labels = ["deep work", "سلام", "👩‍🚒"].map(|text| Label::new(text).unwrap());
    let entry = Entry {
        note: Note::new("first line\nsecond \"line\" ☕\u{200f}").unwrap(),
        tags: Labels::new(labels.to_vec()).unwrap(),
        billable: true,
        source: EntrySource::Clock,
        time_zone: Zone::named("Asia/Kathmandu").unwrap(),
        work_date: "2026-03-03".parse().unwrap(),
        version: 7,
        updated_at: crate::support::timestamp("2026-03-02T09:00:00.000000001Z"),
        ..lab.entry(team.member(0), "2026-03-02T20:00:00Z", Some("2026-03-03T04:00:00Z"))
    };
    let kept = lab.add(store, &team.scope(), &[entry]).await;
    assert_eq!(store.find_entry(&team.scope(), None, kept[0].id).await.unwrap(), Some(kept[0].clone()));
    let after = Entry {
        start: instant("2026-03-02T21:00:00Z"),
        end: Some(instant("2026-03-02T21:00:00Z")),
        time_zone: Zone::utc(),
        work_date: "2026-03-02".parse().unwrap(),
        note: Note::empty(),
        tags: Labels::default(),
        billable: false,
        version: 8,
        journal_seq: 2,
        deleted: true,
        updated_at: crate::support::timestamp("2026-03-05T09:00:00Z"),
        ..kept[0].clone()
    };
    let revisions = vec![changed(&kept[0], after.clone())];
    lab.write_entries(store, &team.scope(), team.member(0), revisions).await.unwrap();
    assert_eq!(store.find_entry(&team.scope(), None, after.id).await.unwrap(), Some(after));
}

pub async fn a_write_on_an_old_head_is_a_conflict_that_names_the_head(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    let entry = |hour| {
        lab.entry(team.member(0), &format!("2026-03-02T{hour:02}:00:00Z"), Some("2026-03-02T23:00:00Z"))
    };
    lab.add(store, &team.scope(), &[entry(8)]).await;
    let current = store.head(team.member_stream(0)).await.unwrap();
    let other_hash = Head { hash: Hash([9; 32]), ..current };
    let too_far = Head { seq: current.seq + 1, ..current };
    for head in [Head::EMPTY, other_hash, too_far] {
        let mut write = lab.timesheet_write(&team.scope(), team.member(0), head, vec![new(entry(9))]);
        write.applied = Some(lab.applied("never"));
        match refused_without_a_trace(store, &team, write).await {
            StoreError::Conflict { current: Some(named) } => assert_eq!(named, current),
            StoreError::Conflict { current: None } => {}
            other => panic!("{other}"),
        }
    }
}

pub async fn a_command_that_was_applied_is_refused_and_leaves_nothing(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    let scope = team.scope();
    let entry = |start: &str| lab.entry(team.member(0), start, Some("2026-03-02T23:00:00Z"));
    let applied = lab.applied("first");
    let mut write =
        lab.timesheet_write(&scope, team.member(0), Head::EMPTY, vec![new(entry("2026-03-02T08:00:00Z"))]);
    write.applied = Some(applied.clone());
    store.write_timesheet(&scope, write).await.unwrap();
    let head = store.head(team.member_stream(0)).await.unwrap();
    let mut again =
        lab.timesheet_write(&scope, team.member(0), head, vec![new(entry("2026-03-02T09:00:00Z"))]);
    again.applied = Some(applied.clone());
    let error = refused_without_a_trace(store, &team, again).await;
    assert_eq!(error, StoreError::AlreadyExists { what: "command" });
    assert_eq!(store.find_applied(&scope, applied.id).await.unwrap(), Some(applied));
}

pub async fn an_entry_that_must_be_new_and_one_that_must_exist_are_held_to_it(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 2).await;
    let entry = lab.entry(team.member(0), "2026-03-02T08:00:00Z", Some("2026-03-02T09:00:00Z"));
    let missing = lab.entry(team.member(0), "2026-03-02T10:00:00Z", Some("2026-03-02T11:00:00Z"));
    let others = lab.entry(team.member(1), "2026-03-02T08:00:00Z", Some("2026-03-02T09:00:00Z"));
    let kept = lab.add(store, &team.scope(), &[entry, others]).await;
    let second = Entry { version: 2, ..kept[0].clone() };
    let stale = Entry { version: 5, ..kept[0].clone() };
    let stolen = Entry { member_id: team.member(0), version: 2, ..kept[1].clone() };
    for (what, revision) in [
        ("an id that exists", new(kept[0].clone())),
        ("a missing entry", changed(&missing, Entry { version: 2, ..missing.clone() })),
        ("another member's entry", changed(&kept[1], stolen)),
        ("an old version", changed(&stale, second.clone())),
    ] {
        let head = store.head(team.member_stream(0)).await.unwrap();
        let write = lab.timesheet_write(&team.scope(), team.member(0), head, vec![revision]);
        let error = refused_without_a_trace(store, &team, write).await;
        assert!(matches!(error, StoreError::Conflict { .. }), "{what}: {error}");
    }
    let revisions = vec![changed(&kept[0], second)];
    lab.write_entries(store, &team.scope(), team.member(0), revisions).await.unwrap();
    assert_eq!(store.find_entry(&team.scope(), None, kept[1].id).await.unwrap().as_ref(), Some(&kept[1]));
}

pub async fn one_refused_entry_takes_all_of_its_write_with_it(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    let kept = lab
        .add(
            store,
            &team.scope(),
            &[lab.entry(team.member(0), "2026-03-02T08:00:00Z", Some("2026-03-02T09:00:00Z"))],
        )
        .await;
    let fine = lab.entry(team.member(0), "2026-03-02T10:00:00Z", Some("2026-03-02T11:00:00Z"));
    let head = store.head(team.member_stream(0)).await.unwrap();
    let revisions = vec![new(fine), new(kept[0].clone())];
    let mut write = lab.timesheet_write(&team.scope(), team.member(0), head, revisions);
    write.applied = Some(lab.applied("never"));
    assert!(matches!(refused_without_a_trace(store, &team, write).await, StoreError::Conflict { .. }));
}

pub async fn forty_entries_fit_in_one_write(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    let note = Note::new(&"é".repeat(Note::LONGEST)).unwrap();
    let revisions = (0..40)
        .map(|minute| {
            let start = format!("2026-03-02T08:{minute:02}:00Z");
            let end = format!("2026-03-02T08:{minute:02}:30Z");
            new(Entry { note: note.clone(), ..lab.entry(team.member(0), &start, Some(&end)) })
        })
        .collect();
    lab.write_entries(store, &team.scope(), team.member(0), revisions).await.unwrap();
    let (head, entries) = heads_and_entries(store, &team).await;
    assert_eq!((head.seq, entries.len()), (1, 40));
}

/// Each is gone from one place, stands in another, and is no longer where its id tells.
pub async fn as_many_entries_as_an_import_writes_at_once_may_change_their_starts(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    let entries = (0..MOST_ENTRIES).map(|minute| {
        let (start, end) =
            (format!("2026-03-02T08:{minute:02}:00Z"), format!("2026-03-02T08:{minute:02}:30Z"));
        lab.entry(team.member(0), &start, Some(&end))
    });
    let revisions = entries.map(new).collect();
    lab.write_entries(store, &team.scope(), team.member(0), revisions).await.unwrap();
    let (_, entries) = heads_and_entries(store, &team).await;
    for seconds in [1, 2] {
        let (_, before) = heads_and_entries(store, &team).await;
        let moved = |entry: &Entry| Entry {
            start: entry.start.saturating_add_seconds(1),
            version: entry.version + 1,
            ..entry.clone()
        };
        let revisions = before.iter().map(|entry| changed(entry, moved(entry))).collect();
        lab.write_entries(store, &team.scope(), team.member(0), revisions).await.unwrap();
        let (head, after) = heads_and_entries(store, &team).await;
        assert_eq!((head.seq, after.len()), (1 + seconds, MOST_ENTRIES));
    }
    let ids: Vec<_> = entries.iter().map(|entry| entry.id).collect();
    let query =
        TimesheetQuery { member: team.member(0), overlapping: None, entries: ids.clone(), days: None };
    let found = store.load_timesheet(&team.scope(), &query).await.unwrap().entries;
    assert_eq!(found.iter().map(|entry| entry.id).collect::<Vec<_>>(), ids);
}

pub async fn a_record_outside_the_scope_or_with_anothers_entry_is_a_defect_and_leaves_nothing(
    store: &dyn Store,
) {
    let lab = Lab::default();
    let team = lab.found(store, 2).await;
    let foreign = lab.found(store, 1).await;
    let entry = lab.entry(team.member(1), "2026-03-02T08:00:00Z", Some("2026-03-02T09:00:00Z"));
    let anothers = lab.timesheet_write(&team.scope(), team.member(0), Head::EMPTY, vec![new(entry)]);
    let error = refused_without_a_trace(store, &team, anothers).await;
    assert!(matches!(error, StoreError::Internal(_)), "{error}");
    let entry = lab.entry(foreign.member(0), "2026-03-02T08:00:00Z", Some("2026-03-02T09:00:00Z"));
    let write = lab.timesheet_write(&foreign.scope(), foreign.member(0), Head::EMPTY, vec![new(entry)]);
    let error = refused_without_a_trace(store, &team, write).await;
    assert!(matches!(error, StoreError::Internal(_)), "{error}");
    assert_eq!(store.head(foreign.member_stream(0)).await.unwrap(), Head::EMPTY);
}

/// Where the engine numbers its commits, restoring to one of them needs every number.
pub async fn commit_numbers_have_no_gaps_and_refused_writes_take_none(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    let mut numbers = Vec::new();
    for minute in 0..5 {
        let start = format!("2026-03-02T08:{minute:02}:00Z");
        let revisions = vec![new(lab.entry(team.member(0), &start, Some(&start)))];
        let commit =
            lab.write_entries(store, &team.scope(), team.member(0), revisions.clone()).await.unwrap();
        lab.write_entries(store, &team.scope(), team.member(0), revisions).await.unwrap_err();
        numbers.push(commit.number);
        let record = store.find_record(team.member_stream(0), minute + 1).await.unwrap().unwrap();
        assert_eq!(record.commit, commit.number);
    }
    let expected = (0..5).map(|step| numbers[0].map(|first| first + step)).collect::<Vec<_>>();
    assert_eq!(numbers, expected);
}

pub async fn the_record_carries_what_was_done(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    let entry = lab.entry(team.member(0), "2026-03-02T08:00:00Z", None);
    let write = lab.timesheet_write(&team.scope(), team.member(0), Head::EMPTY, vec![new(entry)]);
    let TimesheetWrite { append: Append { record, payload }, change, .. } = write.clone();
    store.write_timesheet(&team.scope(), write).await.unwrap();
    let stored = store.find_record(team.member_stream(0), 1).await.unwrap().unwrap();
    assert_eq!((stored.record, stored.payload.as_ref()), (record, Some(&payload)));
    assert_eq!(stored.payload.unwrap().open().unwrap(), PayloadBody::Entries(change));
    let query = TimesheetQuery {
        member: team.member(0),
        overlapping: None,
        entries: vec![EntryId::from_bytes([1; 16])],
        days: None,
    };
    assert_eq!(store.load_timesheet(&team.scope(), &query).await.unwrap().entries, []);
    assert_eq!(
        store.head(StreamId::Member(team.organisation.id, team.owner.member.id)).await.unwrap(),
        Head::EMPTY
    );
}
