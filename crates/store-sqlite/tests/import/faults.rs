//! A call fails: nothing is lost, nothing comes in twice.

use std::sync::Arc;

use vibesheets_core::{actions::ActionError, store::StoreError};
use vibesheets_store_contract::{Fault, Instrumented, support::Lab};

use super::support::{ROWS, SECONDS, file, only_import, run, state, store, take_out};

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
            let first = run(lab.context(&faulty), &organisation, &text).await;
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
                run(lab.context(&*store), &organisation, &text).await.expect("completed");
            }
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
            let report = run(lab.context(&*store), &organisation, &text).await.expect("in");
            let faulty = Instrumented::new(Arc::clone(&store));
            faulty.fail(number, fault);
            if take_out(lab.context(&faulty), &organisation, report.import_id).await.is_err() {
                take_out(lab.context(&*store), &organisation, report.import_id).await.expect("completed");
            }
            calls = calls.max(faulty.calls().len());
            let (entries, ..) = state(&*store, &organisation).await;
            assert_eq!(entries, 0, "call {number}, {fault:?}");
            assert!(only_import(lab.context(&*store), &organisation).await.undone_at.is_some());
        }
        number += 1;
    }
    assert!(calls > 6, "{calls}");
}
