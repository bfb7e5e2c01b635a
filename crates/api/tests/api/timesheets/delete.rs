//! `DELETE /timesheets/{id}`, and what a deleted entry still is.

use serde_json::json;

use super::{hour, path};
use crate::{
    clock::clocked_in,
    export::sheets::json as exported,
    support::{TestServer, delete},
};

const RANGE: &str = "start_date=2026-03-01&end_date=2026-03-02";

#[tokio::test]
async fn a_deleted_entry_is_shown_by_its_id_and_counts_and_is_listed_nowhere() {
    let (_server, owner) = TestServer::owner().await;
    let entry = hour(&owner).await;
    let answer = owner.delete(path(&entry), 1).await.expect(204);
    assert_eq!((answer.version(), answer.body.len()), (2, 0));
    let shown = owner.get(path(&entry)).await.expect(200);
    assert_eq!((&shown.json()["deleted"], shown.version()), (&json!(true), 2));
    let sheet = owner.get(format!("/timesheets?{RANGE}")).await.json();
    assert_eq!((&sheet["entries"], &sheet["total_seconds"]), (&json!([]), &json!(0)));
    let report = owner.get(format!("/reports?{RANGE}&group_by=date")).await.json();
    assert_eq!(report, json!({"rows": [], "total_seconds": 0}));
    assert_eq!(exported(&owner, "").await, json!({"entries": [], "total_seconds": 0}));
    assert_eq!(owner.get("/status").await.json()["week_seconds"], 0);
    hour(&owner).await;
}

#[tokio::test]
async fn deleting_the_open_entry_clocks_out_without_keeping_the_time() {
    let (server, owner) = TestServer::owner().await;
    let open = clocked_in(&owner).await;
    server.time.advance(600);
    owner.delete(path(&open), 1).await.expect(204);
    let shown = owner.get("/status").await.json();
    assert_eq!((&shown["clocked_in"], &shown["today_seconds"]), (&json!(false), &json!(0)));
    owner.post("/clock", json!({"action": "out"})).await.expect_problem(409, "not_clocked_in");
    clocked_in(&owner).await;
}

#[tokio::test]
async fn a_deletion_says_which_version_it_was_decided_on() {
    let (_server, owner) = TestServer::owner().await;
    let entry = hour(&owner).await;
    let blind = owner.ask(delete(path(&entry))).await.expect_problem(428, "precondition_required");
    assert_eq!(blind["current"], 1);
    let stale = owner.delete(path(&entry), 7).await.expect_problem(412, "precondition_failed");
    assert_eq!(stale["current"], 1);
    owner.delete(path(&entry), 1).await.expect(204);
    owner.delete(path(&entry), 2).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn managers_delete_others_entries_and_members_their_own() {
    let (server, team) = TestServer::team().await;
    let (hers, his) = (hour(&team.member).await, hour(&team.manager).await);
    team.member.delete(path(&his), 1).await.expect_problem(404, "not_found");
    let stranger = server.stranger().await;
    stranger.delete(path(&hers), 1).await.expect_problem(404, "not_found");
    stranger.ask(delete(path(&hers))).await.expect_problem(404, "not_found");
    team.manager.delete(path(&hers), 1).await.expect(204);
    assert_eq!(team.manager.get(path(&his)).await.json()["deleted"], false);
    team.member.get(path(&his)).await.expect_problem(404, "not_found");
    stranger.get(path(&hers)).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn unknown_and_malformed_ids_name_no_entry() {
    let (_server, owner) = TestServer::owner().await;
    for id in ["0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42", "1", "x%00", "%F0%9F%98%80"] {
        owner.get(format!("/timesheets/{id}")).await.expect_problem(404, "not_found");
        owner.get(format!("/timesheets/{id}/history")).await.expect_problem(404, "not_found");
        owner.delete(format!("/timesheets/{id}"), 1).await.expect_problem(404, "not_found");
        owner.post_bare(format!("/timesheets/{id}/restore")).await.expect_problem(404, "not_found");
        let body = json!({"start": "2026-03-01T08:00:00Z", "end": "2026-03-01T09:00:00Z"});
        owner.put(format!("/timesheets/{id}"), 1, body).await.expect_problem(404, "not_found");
    }
}
