//! What a decision is made on.

use vibesheets_core::{
    Entry, EntryId, MemberId, Timesheet,
    journal::Head,
    store::{Store, TimesheetQuery},
    time::{DateRange, Span},
};

use crate::support::{Lab, TestOrganisation, changed, instant};

fn asking(member: MemberId) -> TimesheetQuery {
    TimesheetQuery { member, overlapping: None, entries: Vec::new(), days: None }
}

async fn overlapping(
    store: &dyn Store,
    team: &TestOrganisation,
    start: &str,
    end: Option<&str>,
) -> Vec<EntryId> {
    let span = Span::new(instant(start), end.map(instant)).unwrap();
    let query = TimesheetQuery { overlapping: Some(span), ..asking(team.member(0)) };
    let timesheet = store.load_timesheet(&team.scope(), &query).await.unwrap();
    timesheet.overlapping.iter().map(|entry| entry.id).collect()
}

pub async fn a_member_without_records_has_an_empty_timesheet(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    let days = DateRange { first: "2026-01-01".parse().unwrap(), last: "2026-12-31".parse().unwrap() };
    let query = TimesheetQuery {
        member: team.member(0),
        overlapping: Some(Span::open(instant("2026-01-01T00:00:00Z"))),
        entries: vec![EntryId::from_bytes([7; 16])],
        days: Some(days),
    };
    let timesheet = store.load_timesheet(&team.scope(), &query).await.unwrap();
    let empty = Timesheet {
        head: Head::EMPTY,
        is_closed: false,
        open: None,
        overlapping: vec![],
        entries: vec![],
        days: vec![],
    };
    assert_eq!(timesheet, empty);
}

pub async fn a_timesheet_shows_the_open_entry_and_the_head_that_wrote_it(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    let open = lab.entry(team.member(0), "2026-03-02T08:00:00Z", None);
    let kept = lab.add(store, &team.scope(), &[open]).await;
    let timesheet = store.load_timesheet(&team.scope(), &asking(team.member(0))).await.unwrap();
    assert_eq!(timesheet.open.as_ref(), Some(&kept[0]));
    assert_eq!(timesheet.head, store.head(team.member_stream(0)).await.unwrap());
    assert_eq!(timesheet.head.seq, 1);
    let deleted = kept[0].with_deleted(true, lab.now());
    lab.write_entries(store, &team.scope(), team.member(0), vec![changed(&kept[0], deleted)]).await.unwrap();
    let timesheet = store.load_timesheet(&team.scope(), &asking(team.member(0))).await.unwrap();
    assert_eq!((timesheet.open, timesheet.head.seq), (None, 2));
}

/// I2: touching spans, zero-length entries and deleted ones are not in the way; the open one is shown apart.
pub async fn overlapping_are_the_closed_entries_that_share_a_second(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 2).await;
    let (member, other) = (team.member(0), team.member(1));
    let entry = |start, end| lab.entry(member, start, Some(end));
    let later = entry("2026-03-02T12:00:00Z", "2026-03-02T13:00:00Z");
    let earlier = entry("2026-03-02T08:00:00Z", "2026-03-02T10:00:00Z");
    let empty = entry("2026-03-02T09:00:00Z", "2026-03-02T09:00:00Z");
    let deleted = Entry { deleted: true, ..entry("2026-03-02T11:00:00Z", "2026-03-02T12:00:00Z") };
    let open = lab.entry(member, "2026-03-02T20:00:00Z", None);
    let others = lab.entry(other, "2026-03-02T08:00:00Z", Some("2026-03-02T20:00:00Z"));
    let all = [later.clone(), earlier.clone(), empty, deleted, open, others];
    lab.add(store, &team.scope(), &all).await;
    for (start, end, expected) in [
        ("2026-03-02T08:00:00Z", Some("2026-03-02T13:00:00Z"), vec![earlier.id, later.id]),
        ("2026-03-02T10:00:00Z", Some("2026-03-02T12:00:00Z"), vec![]),
        ("2026-03-02T09:59:59Z", Some("2026-03-02T12:00:00Z"), vec![earlier.id]),
        ("2026-03-02T10:00:00Z", Some("2026-03-02T12:00:01Z"), vec![later.id]),
        ("2026-03-02T08:30:00Z", Some("2026-03-02T08:30:01Z"), vec![earlier.id]),
        ("2026-03-02T08:30:00Z", Some("2026-03-02T08:30:00Z"), vec![]),
        ("2026-03-02T09:00:00Z", None, vec![earlier.id, later.id]),
        ("2026-03-02T13:00:00Z", None, vec![]),
        ("2026-03-01T00:00:00Z", Some("2026-03-02T08:00:00Z"), vec![]),
    ] {
        assert_eq!(overlapping(store, &team, start, end).await, expected, "{start} to {end:?}");
    }
}

pub async fn an_entry_of_31_days_is_in_the_way_of_its_last_second(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 1).await;
    let longest = lab.entry(team.member(0), "2026-01-01T00:00:00Z", Some("2026-02-01T00:00:00Z"));
    lab.add(store, &team.scope(), std::slice::from_ref(&longest)).await;
    let last = overlapping(store, &team, "2026-01-31T23:59:59Z", Some("2026-02-02T00:00:00Z")).await;
    assert_eq!(last, [longest.id]);
    let next = overlapping(store, &team, "2026-02-01T00:00:00Z", Some("2026-02-02T00:00:00Z")).await;
    assert_eq!(next, []);
}

pub async fn entries_asked_for_by_id_are_shown_even_deleted_but_only_the_members_own(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 2).await;
    let deleted = lab.entry(team.member(0), "2026-03-02T08:00:00Z", Some("2026-03-02T09:00:00Z"));
    let others = lab.entry(team.member(1), "2026-03-02T08:00:00Z", Some("2026-03-02T09:00:00Z"));
    let kept = lab.add(store, &team.scope(), &[Entry { deleted: true, ..deleted }, others]).await;
    let entries = vec![kept[0].id, kept[1].id];
    let query = TimesheetQuery { entries, ..asking(team.member(0)) };
    let timesheet = store.load_timesheet(&team.scope(), &query).await.unwrap();
    assert_eq!(timesheet.entries, [kept[0].clone()]);
    assert_eq!(store.find_entry(&team.scope(), None, kept[0].id).await.unwrap(), Some(kept[0].clone()));
    assert_eq!(store.find_entry(&team.scope(), None, kept[1].id).await.unwrap(), Some(kept[1].clone()));
    let of = |index| Some(team.member(index));
    assert_eq!(store.find_entry(&team.scope(), of(1), kept[1].id).await.unwrap(), Some(kept[1].clone()));
    assert_eq!(store.find_entry(&team.scope(), of(0), kept[1].id).await.unwrap(), None);
    assert_eq!(store.find_entry(&team.scope(), None, EntryId::from_bytes([9; 16])).await.unwrap(), None);
}

/// The work date is that of the entry's own zone: 23:30 UTC is the next day in Vienna.
pub async fn days_sum_the_closed_seconds_of_each_work_date(store: &dyn Store) {
    let lab = Lab::default();
    let team = lab.found(store, 2).await;
    let member = team.member(0);
    let entries = [
        lab.entry(member, "2026-03-01T22:00:00Z", Some("2026-03-01T22:30:00Z")),
        lab.entry(member, "2026-03-01T23:30:00Z", Some("2026-03-02T01:00:00Z")),
        lab.entry(member, "2026-03-02T08:00:00Z", Some("2026-03-02T08:00:01Z")),
        Entry { deleted: true, ..lab.entry(member, "2026-03-02T09:00:00Z", Some("2026-03-02T10:00:00Z")) },
        lab.entry(member, "2026-03-04T08:00:00Z", Some("2026-03-04T09:00:00Z")),
        lab.entry(member, "2026-03-05T08:00:00Z", None),
        lab.entry(team.member(1), "2026-03-02T08:00:00Z", Some("2026-03-02T09:00:00Z")),
    ];
    lab.add(store, &team.scope(), &entries).await;
    let range = |first: &str, last: &str| {
        Some(DateRange { first: first.parse().unwrap(), last: last.parse().unwrap() })
    };
    for (days, expected) in [
        (
            range("2026-03-01", "2026-03-05"),
            vec![("2026-03-01", 1800), ("2026-03-02", 5401), ("2026-03-04", 3600)],
        ),
        (range("2026-03-02", "2026-03-02"), vec![("2026-03-02", 5401)]),
        (range("2026-03-03", "2026-03-03"), vec![]),
        (range("2026-03-05", "2026-03-01"), vec![]),
    ] {
        let query = TimesheetQuery { days, ..asking(member) };
        let timesheet = store.load_timesheet(&team.scope(), &query).await.unwrap();
        let mut shown: Vec<_> =
            timesheet.days.iter().map(|day| (day.date.to_string(), day.seconds)).collect();
        shown.sort();
        let expected: Vec<_> =
            expected.into_iter().map(|(date, seconds)| (date.to_owned(), seconds)).collect();
        assert_eq!(shown, expected, "{days:?}");
    }
}
