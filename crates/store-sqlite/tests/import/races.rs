//! Somebody else is at work at the same time.

use std::sync::Arc;

use vibesheets_core::{
    Entry,
    actions::{ActionError, Refusal, erasure::erase_again, import::ImportRequest},
    import::OverlapPolicy,
};
use vibesheets_store_contract::{
    Instrumented,
    support::{Lab, changed},
};

use super::support::{ROWS, SECONDS, bring, file, only_import, request, run, state, store, take_out};

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_twice_at_once_comes_in_once() {
    let (store, lab) = (store(), Lab::default());
    let organisation = lab.found(&*store, 0).await;
    let text = file();
    let context = lab.context(&*store);
    let (first, second) =
        tokio::join!(run(context, &organisation, &text), run(context, &organisation, &text));
    first.expect("in");
    second.expect("in");
    let (entries, seconds, _) = state(&*store, &organisation).await;
    assert_eq!((entries, seconds), (ROWS, SECONDS));
    let import = only_import(context, &organisation).await;
    assert_eq!((import.entries, import.seconds), (ROWS, SECONDS));
}

/// Between the plan and the write the same file comes in by another request.
#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_is_overtaken_by_itself_counts_every_entry_once() {
    let (store, lab) = (store(), Lab::default());
    let organisation = lab.found(&*store, 0).await;
    let text = file();
    let handle = tokio::runtime::Handle::current();
    let meanwhile = |done: u64, total: u64| {
        if done == 0 && total > 0 {
            let other = run(lab.context(&*store), &organisation, &text);
            tokio::task::block_in_place(|| handle.block_on(other)).expect("in");
        }
    };
    let request = request(text.as_bytes());
    let report = bring(lab.context(&*store), &organisation.owner, &request, &meanwhile).await.expect("in");
    assert_eq!((report.rows.already_imported, report.rows.ready), (ROWS, 0));
    let import = only_import(lab.context(&*store), &organisation).await;
    assert_eq!((import.entries, import.seconds), (ROWS, SECONDS));
}

/// The report would name them for as long as answers are kept.
#[tokio::test(flavor = "multi_thread")]
async fn an_import_in_which_somebody_is_erased_while_it_runs_ends_and_does_not_bring_them_back() {
    let (store, lab) = (store(), Lab::default());
    let organisation = lab.found(&*store, 0).await;
    let text = file();
    let handle = tokio::runtime::Handle::current();
    let erase = async || {
        let directory = store.load_directory(&organisation.scope()).await.expect("read").expect("there");
        if let Some(ada) = directory.members.iter().find(|member| &*member.name == "Ada") {
            let erased = erase_again(lab.context(&*store), organisation.organisation.id, ada.id).await;
            erased.expect("erased");
        }
    };
    let meanwhile = |done: u64, total: u64| {
        if done > 0 && done == total {
            tokio::task::block_in_place(|| handle.block_on(erase()));
        }
    };
    let request = request(text.as_bytes());
    let refused = bring(lab.context(&*store), &organisation.owner, &request, &meanwhile).await;
    assert!(matches!(refused, Err(ActionError::Refused(Refusal::NotFound("member")))), "{refused:?}");
    let directory = store.load_directory(&organisation.scope()).await.expect("read").expect("there");
    assert!(directory.members.iter().all(|member| &*member.name != "Ada"), "{directory:?}");
}

/// While it runs, an import is undone by another request.
#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_is_undone_while_it_runs_says_so() {
    let (store, lab) = (store(), Lab::default());
    let organisation = lab.found(&*store, 0).await;
    let text = file();
    let handle = tokio::runtime::Handle::current();
    let undo_half = |done: u64, _: u64| {
        if done == 30 {
            tokio::task::block_in_place(|| {
                handle.block_on(async {
                    let id = only_import(lab.context(&*store), &organisation).await.id;
                    take_out(lab.context(&*store), &organisation, id).await.expect("out");
                });
            });
        }
    };
    let request = request(text.as_bytes());
    let refused = bring(lab.context(&*store), &organisation.owner, &request, &undo_half).await;
    assert!(matches!(refused, Err(ActionError::Refused(Refusal::NotAllowed(_)))), "{refused:?}");
    let id = only_import(lab.context(&*store), &organisation).await.id;
    take_out(lab.context(&*store), &organisation, id).await.expect("out");
    assert_eq!(state(&*store, &organisation).await.0, 0);
}

/// Somebody enters time between the plan and the write.
#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_enters_meanwhile_stands() {
    let (store, lab) = (store(), Lab::default());
    let organisation = lab.found(&*store, 1).await;
    let member = organisation.member(0);
    let text = "User,Start date,Start time,Duration\n\
                Member 01,2025-10-01,08:00:00,01:00:00\nMember 01,2025-10-01,10:00:00,01:00:00\n";
    let entry = lab.entry(member, "2025-10-01T10:30:00+02:00", Some("2025-10-01T10:40:00+02:00"));
    let handle = tokio::runtime::Handle::current();
    let meanwhile = |done: u64, total: u64| {
        if done == 0 && total > 0 {
            tokio::task::block_in_place(|| {
                handle.block_on(lab.add(
                    &*store,
                    &organisation.members[0].scope(),
                    std::slice::from_ref(&entry),
                ))
            });
        }
    };
    let request = ImportRequest { overlaps: OverlapPolicy::Refuse, ..request(text.as_bytes()) };
    let report = bring(lab.context(&*store), &organisation.owner, &request, &meanwhile).await.expect("in");
    assert_eq!((report.rows.ready, report.rows.refused, report.total_seconds), (1, 1, 3600));
    assert_eq!(report.overlaps[0].other_entry_id, Some(entry.id));
    let (entries, seconds, _) = state(&*store, &organisation).await;
    assert_eq!((entries, seconds), (2, 3600 + 600));
    assert_eq!(only_import(lab.context(&*store), &organisation).await.entries, 1);
}

/// Deleted by hand, an entry is not listed; it comes back before the undo has heard that there is none.
#[tokio::test(flavor = "multi_thread")]
async fn an_entry_that_comes_back_while_the_rest_is_listed_is_taken_out() {
    let (store, lab) = (store(), Lab::default());
    let organisation = lab.found(&*store, 0).await;
    let context = lab.context(&*store);
    let header = file().lines().next().expect("a header").to_owned();
    let row = "Ada,,,,,No,2025-10-02,08:00:00,2025-10-02,12:00:00,04:00:00,";
    run(context, &organisation, &format!("{header}\n{row}\n")).await.expect("in");
    let import = only_import(context, &organisation).await;
    let (scope, member) = (organisation.scope(), import.members[0]);
    let with_deleted = |entry: &Entry, deleted| {
        let after = Entry { deleted, version: entry.version + 1, ..entry.clone() };
        lab.write_entries(&*store, &scope, member, vec![changed(entry, after)])
    };
    let entries = || store.list_member_entries(&scope, member, None, 10);
    with_deleted(&entries().await.expect("listed")[0], true).await.expect("deleted");

    let watched = Instrumented::new(Arc::clone(&store));
    // After the import and the head, what it brought.
    let mut listed = watched.hold(2);
    let comes_back = async {
        listed.made().await;
        with_deleted(&entries().await.expect("listed")[0], false).await.expect("restored");
        listed.go_on();
    };
    let (undone, ()) = tokio::join!(take_out(lab.context(&watched), &organisation, import.id), comes_back);
    assert_eq!(undone.expect("undone").entries, 1);
    assert_eq!(watched.calls()[2], "list_imported");
    assert_eq!(state(&*store, &organisation).await.0, 0);
}
