//! What requests cost: the calls of the store.

use serde_json::{Value, json};

use crate::{
    projects,
    support::{Ask, TestServer, get, post},
};

fn press(body: Value) -> Ask {
    post("/clock").json(&body)
}

#[tokio::test]
async fn each_request_asks_the_store_for_no_more_than_it_needs() {
    let (_server, owner, store) = TestServer::instrumented().await;
    let project = projects::made(&owner, "Loom").await;
    let keyed = press(json!({"action": "in"})).key(1);
    let range = "start_date=2026-03-02&end_date=2026-03-08";
    for (ask, status, calls) in [
        (get("/status"), 200, &["load_timesheet"][..]),
        (keyed.clone(), 200, &["find_applied", "load_timesheet", "write_timesheet"]),
        // The first answer again, and nothing else.
        (keyed, 200, &["find_applied"]),
        // A refusal stands only if the head that it was decided on still does.
        (press(json!({"action": "in"})), 409, &["load_timesheet", "is_last"]),
        // A refusal with a key is looked at twice: a copy of the command may have been first.
        (
            press(json!({"action": "in"})).key(2),
            409,
            &["find_applied", "load_timesheet", "is_last", "find_applied_for_certain"],
        ),
        (press(json!({"action": "switch"})), 200, &["load_timesheet", "write_timesheet"]),
        (press(json!({"action": "out"})), 200, &["load_timesheet", "write_timesheet"]),
        (
            press(json!({"action": "in", "project_id": project["id"]})),
            200,
            &["find_project", "load_timesheet", "write_timesheet"],
        ),
        (press(json!({"action": "nap"})), 422, &[]),
        (get(format!("/timesheets?{range}")), 200, &["total", "list_entries"]),
        (get(format!("/reports?{range}&group_by=date,project")), 200, &["total"]),
        (get(format!("/reports?{range}&group_by=client")), 200, &["total", "load_directory"]),
        (get("/export?format=csv"), 200, &["stream_entries", "load_directory", "head", "head"]),
    ] {
        let before = store.calls().len();
        owner.ask(ask.clone()).await.expect(status);
        assert_eq!(store.calls()[before..], *calls, "{ask:?}");
    }
}

#[tokio::test]
async fn a_session_is_looked_up_once_in_five_seconds() {
    let (server, owner, store) = TestServer::instrumented().await;
    owner.get("/status").await.expect(200);
    let asked = async || {
        let before = store.calls().len();
        owner.get("/status").await.expect(200);
        store.calls().len() - before
    };
    assert_eq!(asked().await, 1);
    server.time.advance(6);
    assert!(asked().await > 1);
    assert_eq!(asked().await, 1);
}
