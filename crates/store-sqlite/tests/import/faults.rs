//! A call fails: nothing is lost, nothing comes in twice.

use std::sync::Arc;

use vibesheets_core::{
    ImportId,
    actions::{
        ActionError, Command, Context,
        import::{UndoneImport, import, undo},
        once,
    },
    import::ImportReport,
    store::{Answer, StoreError},
};
use vibesheets_store_contract::{
    Fault, Instrumented,
    support::{Lab, TestOrganisation},
};

use super::support::{ROWS, SECONDS, file, only_import, request, run, state, store};

/// Sends the file under a key of the client's.
async fn send(
    context: Context<'_>,
    organisation: &TestOrganisation,
    command: Command,
    text: &str,
) -> Result<Answer, ActionError> {
    let (owner, request) = (&organisation.owner, request(text.as_bytes()));
    let render = |report: ImportReport| Answer(serde_json::to_vec(&report).expect("a report is always JSON"));
    once(context, owner, command, import(context, owner, command, &request, render, &|_, _| {})).await
}

/// Undoes an import under a key of the client's.
async fn send_undo(
    context: Context<'_>,
    organisation: &TestOrganisation,
    command: Command,
    id: ImportId,
) -> Result<Answer, ActionError> {
    let owner = &organisation.owner;
    let render =
        |undone: UndoneImport| Answer(serde_json::to_vec(&undone).expect("two numbers are always JSON"));
    let action = undo(context, owner, command, id, render, &|_, _| {});
    once(context, owner, command, action).await
}

/// Fails one call after the other in every way; the same request then completes what was cut short, once.
#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_fails_at_any_call_is_completed_by_the_same_file() {
    let text = file();
    let mut calls = 0;
    let mut number = 0;
    while number <= calls {
        for fault in Fault::ALL {
            let (store, lab) = (store(), Lab::default());
            let organisation = lab.found(&*store, 0).await;
            let faulty = Instrumented::new(Arc::clone(&store));
            faulty.fail(number, fault);
            let command = lab.command();
            let first = send(lab.context(&faulty), &organisation, command, &text).await;
            calls = calls.max(faulty.calls().len());
            if let Err(error) = &first {
                assert!(
                    matches!(
                        error,
                        ActionError::Store(
                            StoreError::Unavailable { .. } | StoreError::OutcomeUnknown { .. }
                        )
                    ),
                    "{error}"
                );
            }
            // What was cut short is completed, and what came to its end is told again.
            let second = send(lab.context(&*store), &organisation, command, &text).await.expect("completed");
            let third = send(lab.context(&*store), &organisation, command, &text).await.expect("told again");
            assert_eq!(third, second, "call {number}, {fault:?}");
            assert_eq!(first.unwrap_or(third), second, "call {number}, {fault:?}");
            let (entries, seconds, _) = state(&*store, &organisation).await;
            assert_eq!((entries, seconds), (ROWS, SECONDS), "call {number}, {fault:?}");
            let import = only_import(lab.context(&*store), &organisation).await;
            assert_eq!(
                (import.entries, import.seconds, import.finished_at.is_some()),
                (ROWS, SECONDS, true),
                "call {number}, {fault:?}"
            );
        }
        number += 1;
    }
    assert!(calls > 12, "{calls}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_undo_that_fails_at_any_call_is_completed_by_the_same_call() {
    let text = file();
    let mut calls = 0;
    let mut number = 0;
    while number <= calls {
        for fault in Fault::ALL {
            let (store, lab) = (store(), Lab::default());
            let organisation = lab.found(&*store, 0).await;
            run(lab.context(&*store), &organisation, &text).await.expect("in");
            let id = only_import(lab.context(&*store), &organisation).await.id;
            let command = lab.command();
            let faulty = Instrumented::new(Arc::clone(&store));
            faulty.fail(number, fault);
            let first = send_undo(lab.context(&faulty), &organisation, command, id).await;
            let second =
                send_undo(lab.context(&*store), &organisation, command, id).await.expect("completed");
            assert_eq!(first.unwrap_or_else(|_| second.clone()), second, "call {number}, {fault:?}");
            calls = calls.max(faulty.calls().len());
            let (entries, ..) = state(&*store, &organisation).await;
            assert_eq!(entries, 0, "call {number}, {fault:?}");
            assert!(only_import(lab.context(&*store), &organisation).await.undone_at.is_some());
        }
        number += 1;
    }
    assert!(calls > 6, "{calls}");
}
