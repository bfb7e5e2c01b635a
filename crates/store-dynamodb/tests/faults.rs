//! The fault matrix: each fault at each request of each step, and what lies beyond one page.

mod support;

use std::sync::Arc;

use futures_util::TryStreamExt;
use support::faults::{Fault, Faults};
use vibesheets_core::{
    Entry, Note,
    audit::audit,
    journal::Head,
    store::{
        AttemptLimit, AttemptOutcome, AttemptSubject, Commit, EntryQuery, GroupKey, JournalReader,
        Organisations, PageRequest, SignInAttempts, Store, StoreError, TimesheetQuery, Timesheets,
    },
    time::DateRange,
};
use vibesheets_store_contract::{
    steps::{FailingOnce, each_step_has_one_effect_whatever_call_fails},
    support::{Lab, TestOrganisation, new},
};
use vibesheets_store_dynamodb::DynamoDbStore;

async fn matrix(fault: Fault) {
    let location = support::new_location();
    let exact = support::store_at(&location, None).await;
    exact.create_tables().await.expect("the tables are made");
    let exact: Arc<dyn Store> = Arc::new(exact);
    // Made beforehand, since making one is asynchronous: more requests than any step makes.
    let mut stores = Vec::new();
    for request in 0..40 {
        let faults = Faults::at(request, fault);
        let store = support::store_at(&location, Some(faults.client())).await;
        stores.push((Arc::new(store), faults));
    }
    let failing = |request: usize| -> FailingOnce {
        let (store, faults) = &stores[request];
        let (store, faults) = (Arc::clone(store), Arc::clone(faults));
        faults.begin();
        (store, Box::new(move || faults.requests() > request))
    };
    let failed =
        each_step_has_one_effect_whatever_call_fails(&exact, &format!("{fault:?}"), 1, failing).await;
    println!("{fault:?} at {failed} requests");
    assert_eq!(audit(&*exact, &|_| ()).await.expect("an audit").findings, []);
}

macro_rules! matrix {
    ($($test:ident: $fault:ident,)+) => {$(
        #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
        async fn $test() {
            matrix(Fault::$fault).await;
        }
    )+};
}

matrix! {
    a_step_with_a_throttle_has_one_effect: Throttle,
    a_step_with_a_conflict_has_one_effect: Conflict,
    a_step_with_a_failing_engine_has_one_effect: ServerError,
    a_step_with_a_lost_request_has_one_effect: TimeoutBefore,
    a_step_with_a_lost_answer_has_one_effect: TimeoutAfter,
    a_step_with_a_lost_answer_and_a_forgotten_token_has_one_effect: TimeoutAfterForgotten,
    a_step_with_a_stale_index_has_one_effect: StaleIndex,
    a_step_with_a_short_page_has_one_effect: ShortPage,
    a_step_with_an_unprocessed_batch_has_one_effect: Unprocessed,
}

/// Without a command to know it by: the record's own place tells that it is written.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_whose_answer_is_lost_is_known_again() {
    let location = support::new_location();
    let exact = support::store_at(&location, None).await;
    exact.create_tables().await.expect("the tables are made");
    for (fault, seed) in [(Fault::TimeoutAfter, 1), (Fault::TimeoutAfterForgotten, 2)] {
        let lab = Lab::new(seed);
        let team = lab.found(&exact, 1).await;
        // The head first, then the transaction.
        let faulty = support::store_at(&location, Some(Faults::at(1, fault).client())).await;
        let entry = lab.entry(team.member(0), "2026-03-02T08:00:00Z", None);
        let write = lab.timesheet_write(&team.scope(), team.member(0), Head::EMPTY, vec![new(entry)]);
        let outcome = faulty.write_timesheet(&team.scope(), write.clone()).await;
        assert_eq!(outcome, Ok(Commit { number: None }), "{fault:?}");
        // Another's record in that place is a lost race.
        let outcome = exact.write_timesheet(&team.scope(), write).await;
        assert!(matches!(outcome, Err(StoreError::Conflict { current: Some(_) })), "{fault:?}: {outcome:?}");
        assert_eq!(exact.head(team.member_stream(0)).await.expect("a head").seq, 1);
    }
}

fn march() -> DateRange {
    DateRange { first: "2026-03-01".parse().expect("a date"), last: "2026-04-30".parse().expect("a date") }
}

/// 200 entries of 10 KB: more than two pages of 1 MB.
async fn two_hundred_large_entries(store: &DynamoDbStore, lab: &Lab, team: &TestOrganisation) -> Vec<Entry> {
    let note = Note::new(&"🚒".repeat(2500)).expect("a note");
    let mut entries = Vec::new();
    for number in 0..200 {
        let (day, hour) = (1 + number / 20, number % 20);
        let start = format!("2026-03-{day:02}T{hour:02}:00:00Z");
        let end = format!("2026-03-{day:02}T{hour:02}:30:00Z");
        entries.push(Entry { note: note.clone(), ..lab.entry(team.member(0), &start, Some(&end)) });
    }
    let mut kept = Vec::new();
    for chunk in entries.chunks(40) {
        let revisions = chunk.iter().cloned().map(new).collect();
        lab.write_entries(store, &team.scope(), team.member(0), revisions).await.expect("they are taken");
        let seq = (kept.len() / 40 + 1) as u64;
        kept.extend(chunk.iter().map(|entry| Entry { journal_seq: seq, ..entry.clone() }));
    }
    kept
}

async fn shows_all(store: &DynamoDbStore, team: &TestOrganisation, entries: &[Entry]) {
    let scope = team.scope();
    for member in [None, Some(team.member(0))] {
        let query = EntryQuery { range: march(), member, projects: None };
        let page = PageRequest { limit: 1000, after: None };
        let listed = store.list_entries(&scope, &query, &page).await.expect("a page");
        assert_eq!((listed.entries.len(), listed.next), (200, None));
        assert_eq!(listed.entries, entries);
        let chunks: Vec<Vec<Entry>> =
            store.stream_entries(&scope, &query).try_collect().await.expect("a stream");
        assert_eq!(chunks.concat(), entries);
        let totals = store.total(&scope, &query, &[GroupKey::Member]).await.expect("totals");
        assert_eq!(totals.iter().map(|row| row.seconds).sum::<i64>(), 200 * 1800);
    }
    let all = store.list_member_entries(&scope, team.member(0), None, 1000).await.expect("entries");
    assert_eq!(all, entries);
    let days = TimesheetQuery {
        member: team.member(0),
        overlapping: None,
        entries: entries.iter().map(|entry| entry.id).collect(),
        days: Some(DateRange { first: "2000-01-01".parse().expect("a date"), ..march() }),
    };
    let timesheet = store.load_timesheet(&scope, &days).await.expect("a timesheet");
    assert_eq!(timesheet.days.iter().map(|day| day.seconds).sum::<i64>(), 200 * 1800);
    assert_eq!(timesheet.entries, entries);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_lies_beyond_a_page_of_a_megabyte_is_read_and_counted() {
    let location = support::new_location();
    let faults = Faults::none();
    let store = support::store_at(&location, Some(faults.client())).await;
    store.create_tables().await.expect("the tables are made");
    let lab = Lab::default();
    let team = lab.found(&store, 1).await;
    let entries = two_hundred_large_entries(&store, &lab, &team).await;
    let before = faults.requests();
    let listed = store.list_member_entries(&team.scope(), team.member(0), None, 1000).await.expect("entries");
    assert_eq!(listed.len(), 200);
    assert!(faults.requests() - before >= 4, "the open entry and three pages");
    shows_all(&store, &team, &entries).await;
    let slow = support::store_at(&location, Some(Faults::always(Fault::ShortPage).client())).await;
    shows_all(&slow, &team, &entries).await;
    assert!(slow.load_directory(&team.scope()).await.expect("a directory").is_some());
}

/// Each batch reads the first of the keys that are left.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_batch_leaves_unread_is_read() {
    let location = support::new_location();
    let exact = support::store_at(&location, None).await;
    exact.create_tables().await.expect("the tables are made");
    let lab = Lab::default();
    let team = lab.found(&exact, 1).await;
    let entries = ["08", "09", "10"].map(|hour| {
        let start = format!("2026-03-02T{hour}:00:00Z");
        lab.entry(team.member(0), &start, Some(&start))
    });
    let kept = lab.add(&exact, &team.scope(), &entries).await;
    let query = TimesheetQuery {
        member: team.member(0),
        overlapping: None,
        entries: kept.iter().map(|entry| entry.id).collect(),
        days: None,
    };
    let slow = support::store_at(&location, Some(Faults::always(Fault::Unprocessed).client())).await;
    assert_eq!(slow.load_timesheet(&team.scope(), &query).await.expect("a timesheet").entries, kept);
}

/// It arrives after the second attempt was sent, which so finds that the item has changed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_attempt_at_a_password_that_arrives_late_is_counted_once() {
    let location = support::new_location();
    let exact = support::store_at(&location, None).await;
    exact.create_tables().await.expect("the tables are made");
    let (lab, subject) = (Lab::default(), AttemptSubject([7; 32]));
    let limit = AttemptLimit { most: 2, window_seconds: 900 };
    // The look at the counter first, then the put.
    let faulty = support::store_at(&location, Some(Faults::at(1, Fault::Late).client())).await;
    let outcome = faulty.count_attempt(subject, limit, lab.now()).await;
    assert_eq!(outcome, Ok(AttemptOutcome::Counted));
    let outcome = exact.count_attempt(subject, limit, lab.now()).await;
    assert_eq!(outcome, Ok(AttemptOutcome::Counted), "it was counted twice");
}

/// What the index does not show yet is missing from an organisation's lists, and nothing else is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stale_index_is_seen_in_an_organisations_lists_alone() {
    let location = support::new_location();
    let exact = support::store_at(&location, None).await;
    exact.create_tables().await.expect("the tables are made");
    let lab = Lab::default();
    let team = lab.found(&exact, 1).await;
    let entry = lab.entry(team.member(0), "2026-03-02T08:00:00Z", Some("2026-03-02T12:00:00Z"));
    let kept = lab.add(&exact, &team.scope(), &[entry]).await;
    let stale = support::store_at(&location, Some(Faults::always(Fault::StaleIndex).client())).await;
    let page = PageRequest { limit: 10, after: None };
    let query = |member| EntryQuery { range: march(), member, projects: None };
    let listed = |member| {
        let (stale, team, query) = (&stale, &team, query(member));
        async move { stale.list_entries(&team.scope(), &query, &page).await.expect("a page").entries }
    };
    assert_eq!(listed(None).await, []);
    assert_eq!(listed(Some(team.member(0))).await, kept);
    let own = team.members[0].scope();
    assert_eq!(stale.find_entry(&own, None, kept[0].id).await.expect("found").as_ref(), Some(&kept[0]));
}
