//! Imports on a real store: whole, again, cut short at every call, raced, undone.

mod faults;
mod races;
mod support;

use std::sync::atomic::{AtomicU64, Ordering};

use vibesheets_core::{
    ImportId,
    actions::{
        Refusal,
        entries::delete_entry,
        import::{ImportRequest, UndoneImport},
    },
    store::{Answer, EntryQuery, PageRequest},
    time::{Date, DateRange},
};
use vibesheets_store_contract::support::Lab;
use vibesheets_store_sqlite::{Location, Options, SqliteStore};

use support::{ROWS, SECONDS, bring, file, only_import, request, run, state, store, take_out};

#[tokio::test]
async fn a_dry_run_writes_nothing_and_says_what_the_run_then_does() {
    let (store, lab) = (store(), Lab::default());
    let organisation = lab.found(&*store, 0).await;
    let before = state(&*store, &organisation).await;
    let context = lab.context(&*store);
    let text = file();
    let dry = ImportRequest { dry_run: true, ..request(text.as_bytes()) };
    let dry = bring(context, &organisation.owner, &dry, &|_, _| {}).await.expect("a report");
    assert_eq!(state(&*store, &organisation).await, before);
    assert_eq!((dry.rows.ready, dry.rows.trimmed, dry.rows.refused, dry.total_seconds), (57, 1, 1, SECONDS));
    assert_eq!(
        (dry.new.members.len(), dry.new.projects.len(), dry.new.clients.len(), dry.new.tags.len()),
        (2, 3, 1, 2)
    );

    let done = AtomicU64::new(0);
    let progress = |now: u64, total: u64| {
        assert!(total == ROWS || (now, total) == (0, 0), "{now} of {total}");
        assert!(now >= done.swap(now, Ordering::Relaxed));
    };
    let real =
        bring(context, &organisation.owner, &request(text.as_bytes()), &progress).await.expect("a report");
    assert_eq!(done.load(Ordering::Relaxed), ROWS);
    assert_eq!((real.import_id, &real.rows, &real.new), (dry.import_id, &dry.rows, &dry.new));
    assert_eq!(
        real.members.iter().map(|member| &member.days).collect::<Vec<_>>(),
        dry.members.iter().map(|member| &member.days).collect::<Vec<_>>()
    );
    let (entries, seconds, _) = state(&*store, &organisation).await;
    assert_eq!((entries, seconds), (ROWS, SECONDS));
    let import = only_import(context, &organisation).await;
    assert_eq!((import.entries, import.seconds, import.finished_at.is_some()), (ROWS, SECONDS, true));
}

#[tokio::test]
async fn the_same_file_again_adds_nothing_and_writes_nothing() {
    let (store, lab) = (store(), Lab::default());
    let organisation = lab.found(&*store, 0).await;
    let context = lab.context(&*store);
    let text = file();
    run(context, &organisation, &text).await.expect("in");
    let after = state(&*store, &organisation).await;
    let again = run(context, &organisation, &text).await.expect("in");
    assert_eq!((again.rows.already_imported, again.rows.ready, again.total_seconds), (ROWS, 0, 0));
    assert!(again.new.members.is_empty() && again.overlaps.is_empty());
    assert_eq!(
        again.members.iter().flat_map(|member| &member.days).map(|day| day.existing_seconds).sum::<i64>(),
        SECONDS
    );
    assert_eq!(state(&*store, &organisation).await, after);

    let longer =
        format!("{text}Ada,ada@example.com,,,more,No,2025-10-30,08:00:00,2025-10-30,09:00:00,01:00:00,\n");
    let more = run(context, &organisation, &longer).await.expect("in");
    assert_eq!((more.rows.already_imported, more.rows.ready), (ROWS, 1));
    let out = take_out(context, &organisation, more.import_id).await.expect("out");
    assert_eq!(out, UndoneImport { entries: 1, seconds: 3600 });
}

#[tokio::test]
async fn an_undone_import_comes_back_without_what_was_deleted_by_hand() {
    let (store, lab) = (store(), Lab::default());
    let organisation = lab.found(&*store, 0).await;
    let context = lab.context(&*store);
    let text = file();
    let report = run(context, &organisation, &text).await.expect("in");
    let scope = organisation.scope();
    let range = DateRange { first: Date::constant(2025, 10, 1), last: Date::constant(2025, 10, 1) };
    let query = EntryQuery { range, member: None, projects: None };
    let page = PageRequest { limit: 10, after: None };
    let first = store.list_entries(&scope, &query, &page).await.expect("read").entries.remove(0);
    let owner = &organisation.owner;
    delete_entry(context, owner, lab.command(), first.id, first.version, |_| Answer(Vec::new()))
        .await
        .expect("deleted");
    let out = take_out(context, &organisation, report.import_id).await.expect("out");
    assert_eq!(out.entries, ROWS - 1);
    let (entries, ..) = state(&*store, &organisation).await;
    assert_eq!(entries, 0);
    assert_eq!(take_out(context, &organisation, report.import_id).await.expect("out").entries, 0);
    assert!(only_import(context, &organisation).await.undone_at.is_some());

    let back = run(context, &organisation, &text).await.expect("in");
    assert_eq!((back.rows.already_imported, back.rows.ready + back.rows.trimmed), (1, ROWS - 1));
    let (entries, seconds, _) = state(&*store, &organisation).await;
    assert_eq!((entries, seconds), (ROWS - 1, SECONDS - 4 * 3600));
    let import = only_import(context, &organisation).await;
    assert_eq!(
        (import.entries, import.seconds, import.undone_at, import.finished_at.is_some()),
        (ROWS - 1, SECONDS - 4 * 3600, None, true)
    );
}

#[tokio::test]
async fn only_admins_import_and_nobody_undoes_a_foreign_import() {
    let (store, lab) = (store(), Lab::default());
    let organisation = lab.found(&*store, 1).await;
    let text = file();
    let member = &organisation.members[0];
    let refused = bring(lab.context(&*store), member, &request(text.as_bytes()), &|_, _| {}).await;
    assert_eq!(refused.map(drop), Err(Refusal::Forbidden.into()));
    let id = ImportId::derive("nobody's", &[]);
    let refused = take_out(lab.context(&*store), &organisation, id).await;
    assert_eq!(refused, Err(Refusal::NotFound("import").into()));
}

#[tokio::test]
async fn members_are_written_side_by_side_and_share_commits() {
    let store = SqliteStore::open(&Location::Memory, &Options::default()).expect("a store");
    let lab = Lab::default();
    let organisation = lab.found(&store, 0).await;
    let mut text = "User,Email,Start date,Start time,End date,End time,Duration\n".to_owned();
    for (member, month) in (0..12).flat_map(|member| (1..=12).map(move |month| (member, month))) {
        text.push_str(&format!(
            "P{member},p{member}@example.com,2025-{month:02}-02,09:00:00,2025-{month:02}-02,10:00:00,01:00:00\n"
        ));
    }
    let before = store.activity();
    let report = run(lab.context(&store), &organisation, &text).await.expect("in");
    assert_eq!(report.rows.ready, 144);
    assert_eq!(report.members.len(), 12);
    let after = store.activity();
    // No more than two months fit a chunk, so that there are many writes; few of them can be alone in their commit.
    assert!(after.writes - before.writes > 72);
    assert!(after.commits - before.commits < after.writes - before.writes, "{after:?}");
}
