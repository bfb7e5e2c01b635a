//! Many at once, each on a task of its own.

use std::sync::Arc;

use futures_util::future::join_all;
use vibesheets_core::{
    Entry,
    actions::{
        ActionError, Caller, ClockAction, ClockRequest, ClockState, Command, Refusal, clock,
        entries::restore_entry, once,
    },
    audit::audit,
    journal::{DirectoryChange, Head, Revision},
    store::{Answer, Store, StoreError, TimesheetQuery, TimesheetWrite},
};

use super::nouns::tag;
use crate::{
    Instrumented,
    support::{Lab, instant, new},
};

/// Presses the button; the answer tells which entry came of it.
pub(crate) async fn press(
    store: &dyn Store,
    lab: &Lab,
    caller: &Caller,
    command: Command,
    action: ClockAction,
) -> Result<Answer, ActionError> {
    let request = ClockRequest { action, project_id: None, note: None, tags: None, billable: None, at: None };
    let context = lab.context(store);
    let render = |entry: &Entry, state: &ClockState| Answer(format!("{entry:?} {state:?}").into_bytes());
    once(context, caller, command, clock(context, caller, command, &request, render)).await
}

/// I1: of 64 clock-ins of one member, one succeeds.
pub async fn of_64_clock_ins_one_succeeds_and_63_are_told_so(store: Arc<dyn Store>) {
    let lab = Arc::new(Lab::default());
    let team = lab.found(&*store, 1).await;
    for round in 0..3 {
        lab.time.advance(60);
        let tasks = (0..64).map(|_| {
            let (store, lab, caller) = (Arc::clone(&store), Arc::clone(&lab), team.members[0].clone());
            tokio::spawn(async move { press(&*store, &lab, &caller, lab.command(), ClockAction::In).await })
        });
        let results: Vec<_> = join_all(tasks).await.into_iter().map(Result::unwrap).collect();
        let succeeded = results.iter().filter(|result| result.is_ok()).count();
        let refused = results
            .iter()
            .filter(|result| matches!(result, Err(ActionError::Refused(Refusal::AlreadyClockedIn(_)))))
            .count();
        assert_eq!((succeeded, refused), (1, 63), "{results:?}");
        assert_eq!(store.head(team.member_stream(0)).await.unwrap().seq, 2 * round + 1);
        lab.time.advance(60);
        press(&*store, &lab, &team.members[0], lab.command(), ClockAction::Out).await.unwrap();
    }
    assert_eq!(audit(&*store, &|_| ()).await.unwrap().findings, []);
}

pub async fn of_writes_on_one_head_one_succeeds_and_the_rest_conflict(store: Arc<dyn Store>) {
    let lab = Lab::default();
    let team = lab.found(&*store, 1).await;
    let scope = team.scope();
    let tasks = (0..32).map(|number| {
        let start = format!("2026-03-02T08:{number:02}:00Z");
        let entry = lab.entry(team.member(0), &start, Some(&start));
        let write = lab.timesheet_write(&scope, team.member(0), Head::EMPTY, vec![new(entry)]);
        let store = Arc::clone(&store);
        tokio::spawn(async move { store.write_timesheet(&scope, write).await })
    });
    let results: Vec<_> = join_all(tasks).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    let conflicts = results.iter().filter(|result| matches!(result, Err(StoreError::Conflict { .. })));
    assert_eq!(conflicts.count(), 31, "{results:?}");
    assert_eq!(store.list_member_entries(&scope, team.member(0), None, 100).await.unwrap().len(), 1);
}

pub async fn of_directory_writes_on_one_head_one_succeeds_and_the_rest_conflict(store: Arc<dyn Store>) {
    let lab = Lab::default();
    let team = lab.found(&*store, 0).await;
    let scope = team.scope();
    let head = store.head(team.stream()).await.unwrap();
    let tasks = (0..32).map(|number| {
        let changes = vec![DirectoryChange::Tag(new(tag(&lab, &format!("tag {number}"))))];
        let write = lab.directory_write(&scope, head, changes);
        let store = Arc::clone(&store);
        tokio::spawn(async move { store.write_directory(&scope, write).await })
    });
    let results: Vec<_> = join_all(tasks).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1, "{results:?}");
    let conflicts = results.iter().filter(|result| matches!(result, Err(StoreError::Conflict { .. })));
    assert_eq!(conflicts.count(), 31, "{results:?}");
    assert_eq!(store.load_directory(&scope).await.unwrap().unwrap().tags.len(), 1);
}

/// I4: copies of one command at once have one effect and all get the same answer.
pub async fn copies_of_one_command_have_one_effect_and_one_answer(store: Arc<dyn Store>) {
    let lab = Arc::new(Lab::default());
    let team = lab.found(&*store, 1).await;
    let mut seq = 0;
    for action in [ClockAction::In, ClockAction::Switch, ClockAction::Out] {
        lab.time.advance(60);
        let command = lab.command();
        let tasks = (0..32).map(|_| {
            let (store, lab, caller) = (Arc::clone(&store), Arc::clone(&lab), team.members[0].clone());
            tokio::spawn(async move { press(&*store, &lab, &caller, command, action).await.unwrap() })
        });
        let answers: Vec<_> = join_all(tasks).await.into_iter().map(Result::unwrap).collect();
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{action:?}: {answers:?}");
        seq += 1;
        assert_eq!(store.head(team.member_stream(0)).await.unwrap().seq, seq, "{action:?}");
    }
}

/// Members do not stand in each other's way: nobody loses a race that they are not in.
pub async fn different_members_never_conflict(store: Arc<dyn Store>) {
    let lab = Arc::new(Lab::default());
    let team = lab.found(&*store, 32).await;
    let scope = team.scope();
    let tasks = team.members.iter().map(|caller| {
        let entry = lab.entry(caller.member.id, "2026-03-02T08:00:00Z", None);
        let write = lab.timesheet_write(&scope, caller.member.id, Head::EMPTY, vec![new(entry)]);
        let store = Arc::clone(&store);
        tokio::spawn(async move { store.write_timesheet(&scope, write).await })
    });
    let mut numbers: Vec<_> =
        join_all(tasks).await.into_iter().map(|result| result.unwrap().unwrap().number).collect();
    numbers.sort();
    let expected: Vec<_> = (0..32).map(|step| numbers[0].map(|first| first + step)).collect();
    assert_eq!(numbers, expected, "commit numbers without gaps");
}

/// A timesheet is of one moment: its head and its entries belong together while others write.
pub async fn a_timesheet_read_during_writes_fits_its_head(store: Arc<dyn Store>) {
    let lab = Arc::new(Lab::default());
    let team = lab.found(&*store, 1).await;
    let (scope, member) = (team.scope(), team.member(0));
    let writing = tokio::spawn({
        let (store, lab) = (Arc::clone(&store), Arc::clone(&lab));
        async move {
            for number in 0..100_u32 {
                let start = format!("2026-03-02T{:02}:{:02}:00Z", 8 + number / 60, number % 60);
                let entry = lab.entry(member, &start, Some(&start.replace(":00Z", ":01Z")));
                lab.write_entries(&*store, &scope, member, vec![new(entry)]).await.unwrap();
            }
        }
    });
    let days = Some(super::entry_lists::dates("2026-03-02", "2026-03-02"));
    let query = TimesheetQuery { member, overlapping: None, entries: Vec::new(), days };
    let mut last = 0;
    while last < 100 {
        let timesheet = store.load_timesheet(&scope, &query).await.unwrap();
        let seconds: i64 = timesheet.days.iter().map(|day| day.seconds).sum();
        // As of the head or later, as the port promises; then a write on that head fails.
        assert!(seconds >= i64::try_from(timesheet.head.seq).unwrap());
        if seconds > i64::try_from(timesheet.head.seq).unwrap() {
            let entry = lab.entry(member, "2026-03-03T08:00:00Z", Some("2026-03-03T08:00:00Z"));
            let write: TimesheetWrite = lab.timesheet_write(&scope, member, timesheet.head, vec![new(entry)]);
            let error = store.write_timesheet(&scope, write).await.unwrap_err();
            assert!(matches!(error, StoreError::Conflict { .. }), "{error}");
        }
        last = timesheet.head.seq;
        tokio::task::yield_now().await;
    }
    writing.await.unwrap();
}

/// I2: an entry is moved away, and its old place taken by none and its new one by another, between the look at it and
/// the restoring of it. What counts is where it stands when it is restored.
pub async fn an_entry_that_moved_before_it_is_restored_overlaps_nothing(store: Arc<dyn Store>) {
    let lab = Arc::new(Lab::default());
    let team = lab.found(&*store, 1).await;
    let deleted = Entry {
        deleted: true,
        ..lab.entry(team.member(0), "2026-03-01T08:00:00Z", Some("2026-03-01T09:00:00Z"))
    };
    let entry = lab.add(&*store, &team.scope(), &[deleted]).await.remove(0);

    let instrumented = Arc::new(Instrumented::new(Arc::clone(&store)));
    let mut held = instrumented.hold(1);
    let restoring = tokio::spawn({
        let (lab, caller, id) = (Arc::clone(&lab), team.members[0].clone(), entry.id);
        async move {
            let (context, command) = (lab.context(&*instrumented), lab.command());
            let render = |entry: &Entry| Answer(format!("{entry:?}").into_bytes());
            once(context, &caller, command, restore_entry(context, &caller, command, id, render)).await
        }
    });
    held.made().await;
    let (start, end) = ("2026-03-01T10:00:00Z", "2026-03-01T11:00:00Z");
    let moved =
        Entry { start: instant(start), end: Some(instant(end)), version: entry.version + 1, ..entry.clone() };
    let revision = Revision { before: Some(entry), after: moved };
    lab.write_entries(&*store, &team.scope(), team.member(0), vec![revision]).await.unwrap();
    lab.add(&*store, &team.scope(), &[lab.entry(team.member(0), start, Some(end))]).await;
    held.go_on();

    let refused = restoring.await.unwrap();
    assert!(matches!(refused, Err(ActionError::Refused(Refusal::Overlap(_)))), "{refused:?}");
    assert_eq!(audit(&*store, &|_| ()).await.unwrap().findings, []);
}
