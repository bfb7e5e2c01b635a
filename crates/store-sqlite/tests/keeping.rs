//! What is kept, over restarts and while many write.

#![allow(clippy::unwrap_used, reason = "what a test prepares must succeed")]

use std::{path::Path, sync::Arc};

use futures_util::{StreamExt, future::join_all};
use vibesheets_core::{
    Entry, Membership, Session, SessionId,
    audit::audit,
    journal::Head,
    store::{Accounts, AppliedCommands, JournalReader, Organisations, Store, StoreError, Timesheets},
    store::{AttemptLimit, AttemptOutcome, AttemptSubject, EntryQuery, SignInAttempts, TimesheetWrite},
    time::DateRange,
};
use vibesheets_store_contract::support::{Lab, TestOrganisation, new, timestamp};
use vibesheets_store_sqlite::{Activity, Location, Options, SqliteStore};

fn open(path: &Path) -> SqliteStore {
    SqliteStore::open(&Location::File(path.to_owned()), &Options::default()).unwrap()
}

fn year() -> EntryQuery {
    let range = DateRange { first: "2026-01-01".parse().unwrap(), last: "2026-12-31".parse().unwrap() };
    EntryQuery { range, member: None, projects: None }
}

fn session(lab: &Lab, team: &TestOrganisation, expires_at: &str) -> Session {
    Session {
        id: SessionId::generate(lab.now(), &lab.random),
        account: team.account.id,
        membership: Membership { organisation: team.organisation.id, member: team.owner.member.id },
        created_at: lab.now(),
        expires_at: timestamp(expires_at),
        user_agent: String::new(),
    }
}

#[tokio::test]
async fn everything_is_there_after_a_restart_and_commit_numbers_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vibesheets.db");
    let lab = Lab::default();
    let store = open(&path);
    let team = lab.found(&store, 2).await;
    let scope = team.scope();
    let entry = lab.entry(team.member(0), "2026-03-02T08:00:00Z", None);
    let applied = lab.applied("answer");
    let mut write = lab.timesheet_write(&scope, team.member(0), Head::EMPTY, vec![new(entry.clone())]);
    write.applied = Some(applied.clone());
    let commit = store.write_timesheet(&scope, write).await.unwrap();
    let session = session(&lab, &team, "2026-03-02T09:00:00Z");
    store.put_session(session.clone()).await.unwrap();
    let before = store.load_directory(&scope).await.unwrap();
    let head = store.head(team.member_stream(0)).await.unwrap();
    drop(store);

    let store = open(&path);
    assert_eq!(store.load_directory(&scope).await.unwrap(), before);
    assert_eq!(
        store.find_entry(&scope, None, entry.id).await.unwrap().map(|kept| kept.start),
        Some(entry.start)
    );
    assert_eq!(store.head(team.member_stream(0)).await.unwrap(), head);
    assert_eq!(store.find_applied(&scope, applied.id).await.unwrap(), Some(applied));
    assert_eq!(store.find_session(session.account, session.id).await.unwrap(), Some(session));
    assert_eq!(audit(&store, &|_| ()).await.unwrap().findings, []);
    assert_eq!(store.check_integrity().await.unwrap(), Vec::<String>::new());
    let next = lab.entry(team.member(1), "2026-03-02T08:00:00Z", None);
    let after = lab.write_entries(&store, &scope, team.member(1), vec![new(next)]).await.unwrap();
    assert_eq!(after.number, commit.number.map(|number| number + 1));
}

#[tokio::test]
async fn a_store_that_is_dropped_folds_its_log_into_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("vibesheets.db");
    let store = open(&path);
    Lab::default().found(&store, 3).await;
    drop(store);
    let mut names: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["vibesheets.db", "vibesheets.db.lock"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_writes_at_once_share_commits() {
    let store = Arc::new(SqliteStore::open(&Location::Memory, &Options::default()).unwrap());
    let lab = Lab::default();
    let team = lab.found(&*store, 400).await;
    let before = store.activity();
    let writes = team.members.iter().map(|caller| {
        let (store, scope, member) = (Arc::clone(&store), team.scope(), caller.member.id);
        let entry = lab.entry(member, "2026-03-02T08:00:00Z", None);
        let write = lab.timesheet_write(&scope, member, Head::EMPTY, vec![new(entry)]);
        async move { store.write_timesheet(&scope, write).await }
    });
    // All are sent before the first answer is awaited, so they wait for the writer together.
    for result in join_all(writes).await {
        result.unwrap();
    }
    let Activity { writes, commits } = store.activity();
    assert_eq!(writes - before.writes, 400);
    let commits = commits - before.commits;
    assert!((1..=200).contains(&commits), "{commits} commits for 400 writes");
}

/// Refused after its command, its record and one entry were already written, in the middle of a group.
#[tokio::test]
async fn a_refused_write_leaves_nothing_and_takes_nobody_in_its_group_with_it() {
    let store = SqliteStore::open(&Location::Memory, &Options::default()).unwrap();
    let lab = Lab::default();
    let team = lab.found(&store, 41).await;
    let scope = team.scope();
    let known = lab.entry(team.member(40), "2026-03-02T08:00:00Z", Some("2026-03-02T09:00:00Z"));
    lab.add(&store, &scope, std::slice::from_ref(&known)).await;
    let writes: Vec<TimesheetWrite> = (0..40)
        .map(|index| {
            let member = team.member(index);
            let mut revisions = vec![new(lab.entry(member, "2026-03-02T08:00:00Z", None))];
            if index % 2 == 1 {
                revisions.push(new(Entry { member_id: member, ..known.clone() }));
            }
            let write = lab.timesheet_write(&scope, member, Head::EMPTY, revisions);
            TimesheetWrite { applied: Some(lab.applied("answer")), ..write }
        })
        .collect();
    let before = store.activity();
    let results = join_all(writes.iter().map(|write| store.write_timesheet(&scope, write.clone()))).await;
    let commits = store.activity().commits - before.commits;
    assert!(commits < 20, "{commits} commits: the writes were not in groups");
    for (index, (write, result)) in writes.iter().zip(results).enumerate() {
        let taken = index % 2 == 0;
        assert_eq!(result.is_ok(), taken, "{result:?}");
        let entries = store.list_member_entries(&scope, team.member(index), None, 10).await.unwrap();
        assert_eq!(entries.len(), usize::from(taken));
        assert_eq!(store.head(team.member_stream(index)).await.unwrap().seq, u64::from(taken));
        let command = write.applied.as_ref().unwrap().id;
        assert_eq!(store.find_applied(&scope, command).await.unwrap().is_some(), taken);
    }
    assert_eq!(audit(&store, &|_| ()).await.unwrap().findings, []);
}

#[tokio::test]
async fn a_stream_is_of_the_moment_at_which_it_began() {
    let store = SqliteStore::open(&Location::Memory, &Options::default()).unwrap();
    let lab = Lab::default();
    let team = lab.found(&store, 1).await;
    for record in 0..130 {
        let revisions = (0..40)
            .map(|second| {
                let start = format!("2026-03-02T{:02}:{:02}:{second:02}Z", 8 + record / 60, record % 60);
                new(lab.entry(team.member(0), &start, Some(&start)))
            })
            .collect();
        lab.write_entries(&store, &team.scope(), team.member(0), revisions).await.unwrap();
    }
    let mut stream = store.stream_entries(&team.scope(), &year());
    let mut entries = stream.next().await.unwrap().unwrap().len();
    let late = lab.entry(team.member(0), "2026-03-20T08:00:00Z", None);
    lab.add(&store, &team.scope(), &[late]).await;
    while let Some(chunk) = stream.next().await {
        entries += chunk.unwrap().len();
    }
    assert_eq!(entries, 5200, "the late one is not in it");
}

#[tokio::test]
async fn old_commands_and_sessions_are_forgotten_and_young_ones_kept() {
    let store = SqliteStore::open(&Location::Memory, &Options::default()).unwrap();
    let lab = Lab::default();
    let team = lab.found(&store, 1).await;
    let mut kept = Vec::new();
    for number in 0..1203 {
        lab.time.set(timestamp(if number < 1200 { "2025-01-01T00:00:00Z" } else { "2026-03-02T08:00:00Z" }));
        let head = store.head(team.member_stream(0)).await.unwrap();
        let entry = lab.entry(team.member(0), "2026-03-02T08:00:00Z", Some("2026-03-02T08:00:00Z"));
        let mut write = lab.timesheet_write(&team.scope(), team.member(0), head, vec![new(entry)]);
        let applied = lab.applied("answer");
        write.applied = Some(applied.clone());
        store.write_timesheet(&team.scope(), write).await.unwrap();
        kept.push(applied);
    }
    assert_eq!(store.prune_applied(timestamp("2025-06-01T00:00:00Z")).await.unwrap(), 1200);
    for (number, applied) in kept.into_iter().enumerate().skip(1195) {
        let found = store.find_applied(&team.scope(), applied.id).await.unwrap();
        assert_eq!(found, (number >= 1200).then_some(applied), "{number}");
    }
    let (old, young) =
        (session(&lab, &team, "2026-03-01T00:00:00Z"), session(&lab, &team, "2026-03-03T00:00:00Z"));
    for session in [&old, &young] {
        store.put_session(session.clone()).await.unwrap();
    }
    assert_eq!(store.prune_sessions(timestamp("2026-03-02T00:00:00Z")).await.unwrap(), 1);
    assert_eq!(store.find_session(old.account, old.id).await.unwrap(), None);
    assert_eq!(store.find_session(young.account, young.id).await.unwrap(), Some(young));
}

#[tokio::test]
async fn attempts_that_left_their_window_are_forgotten_and_others_go_on_counting() {
    let store = SqliteStore::open(&Location::Memory, &Options::default()).unwrap();
    let limit = AttemptLimit { most: 1, window_seconds: 900 };
    let (old, young) = (AttemptSubject([1; 32]), AttemptSubject([2; 32]));
    store.count_attempt(old, limit, timestamp("2026-03-02T08:00:00Z")).await.unwrap();
    store.count_attempt(young, limit, timestamp("2026-03-02T08:00:01Z")).await.unwrap();
    assert_eq!(store.prune_sign_in_attempts(timestamp("2026-03-02T08:15:00Z")).await.unwrap(), 1);
    let outcome = store.count_attempt(young, limit, timestamp("2026-03-02T08:15:00Z")).await.unwrap();
    assert_eq!(outcome, AttemptOutcome::Exceeded { free_at: timestamp("2026-03-02T08:15:01Z") });
}

#[tokio::test]
async fn what_refers_to_nothing_is_a_defect_of_the_caller_and_leaves_nothing() {
    let store = SqliteStore::open(&Location::Memory, &Options::default()).unwrap();
    let lab = Lab::default();
    let team = lab.found(&store, 1).await;
    let mut entry = lab.entry(team.member(0), "2026-03-02T08:00:00Z", None);
    entry.project_id = Some(vibesheets_core::ProjectId::from_bytes([3; 16]));
    let result = lab.write_entries(&store, &team.scope(), team.member(0), vec![new(entry)]).await;
    assert!(matches!(result, Err(StoreError::Internal(_))), "{result:?}");
    assert_eq!(store.head(team.member_stream(0)).await.unwrap(), Head::EMPTY);
    store.check().await.unwrap();
}
