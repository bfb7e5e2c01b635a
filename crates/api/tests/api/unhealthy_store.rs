//! A store that fails at each of its calls in turn: nothing is done twice, and the client is told what to do.

use serde_json::json;
use vibesheets_store_contract::Fault;

use crate::support::{TestServer, patch};

#[tokio::test]
async fn a_change_is_made_once_whichever_call_fails_and_however() {
    for fault in Fault::ALL {
        for call in 0.. {
            let (_server, owner, store) = TestServer::instrumented().await;
            let change = patch("/me").json(&json!({"name": "Olga T."})).key(1);
            let before = store.calls().len();
            store.fail(before + call, fault);
            let first = owner.ask(change.clone()).await;
            if store.calls().len() <= before + call {
                first.expect(200);
                assert!(call > 3, "the change has more calls than that");
                break;
            }
            if fault != Fault::Conflict {
                // A lost answer of a write that was made is found again in the same request where it is looked for.
                assert!(matches!(first.status.as_u16(), 200 | 503), "{fault:?} {call}: {}", first.status);
            }
            if first.status == 503 {
                assert_eq!(first.header("retry-after"), "1");
            }
            let again = owner.ask(change).await.expect(200).json();
            assert_eq!(again["member"]["name"], "Olga T.", "{fault:?} {call}");
            assert_eq!(again["member"]["version"], 2, "{fault:?} {call}");
        }
    }
}

#[tokio::test]
async fn what_failed_inside_is_not_told() {
    let (_server, owner, store) = TestServer::instrumented().await;
    store.fail(store.calls().len(), Fault::Before);
    let problem = owner.get("/me").await.expect_problem(503, "unavailable");
    assert!(!problem.to_string().contains("find_session"), "{problem}");
    owner.get("/me").await.expect(200);
}
