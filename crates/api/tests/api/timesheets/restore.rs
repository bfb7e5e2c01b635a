//! `POST /timesheets/{id}/restore`

use serde_json::json;

use super::{hour, path, typed};
use crate::{
    clock::{clocked_in, pressed},
    support::{TestServer, post},
};

#[tokio::test]
async fn a_deleted_entry_comes_back_as_it_was_at_any_time() {
    let (server, owner) = TestServer::owner().await;
    let entry = hour(&owner).await;
    owner.delete(path(&entry), 1).await.expect(204);
    server.time.advance(300 * 86_400);
    let owner = server.another_session(&owner).await;
    let answer = owner.post_bare(format!("{}/restore", path(&entry))).await.expect(200);
    assert_eq!(answer.version(), 3);
    let mut expected = entry.clone();
    expected["version"] = json!(3);
    expected["updated_at"] = json!("2026-12-27T08:00:00Z");
    assert_eq!(answer.json(), expected);
    let sheet = owner.get("/timesheets?start_date=2026-03-01&end_date=2026-03-01").await.json();
    assert_eq!((&sheet["entries"], &sheet["total_seconds"]), (&json!([expected]), &json!(3_600)));
}

#[tokio::test]
async fn what_stands_in_its_place_by_now_is_named() {
    let (_server, owner) = TestServer::owner().await;
    let entry = hour(&owner).await;
    owner.delete(path(&entry), 1).await.expect(204);
    let obstacle = typed(&owner, "2026-03-01T08:59:59+01:00", "2026-03-01T09:30:00+01:00").await;
    let restore = format!("{}/restore", path(&entry));
    let problem = owner.post_bare(&restore).await.expect_problem(409, "overlap");
    assert_eq!(problem["entry"], obstacle);
    assert_eq!(owner.get(path(&entry)).await.version(), 2);
    let shorter = json!({"start": "2026-03-01T09:00:00+01:00", "end": "2026-03-01T09:30:00+01:00"});
    owner.put(path(&obstacle), 1, shorter).await.expect(200);
    owner.post_bare(restore).await.expect(200);
}

#[tokio::test]
async fn an_entry_that_was_open_opens_again_unless_another_is() {
    let (server, owner) = TestServer::owner().await;
    let open = clocked_in(&owner).await;
    owner.delete(path(&open), 1).await.expect(204);
    let restore = format!("{}/restore", path(&open));
    server.time.advance(600);
    let other = clocked_in(&owner).await;
    let problem = owner.post_bare(&restore).await.expect_problem(409, "already_clocked_in");
    assert_eq!(problem["entry"], other);
    server.time.advance(600);
    pressed(&owner, "out").await;
    assert_eq!(owner.post_bare(&restore).await.expect_problem(409, "overlap")["entry"]["id"], other["id"]);
    owner.delete(path(&other), 2).await.expect(204);
    let restored = owner.post_bare(&restore).await.expect(200).json();
    let shown = owner.get("/status").await.json();
    assert_eq!((&shown["entry"], &shown["elapsed_seconds"]), (&restored, &json!(1_200)));
}

#[tokio::test]
async fn what_is_not_deleted_is_not_restored() {
    let (_server, owner) = TestServer::owner().await;
    let entry = hour(&owner).await;
    let restore = format!("{}/restore", path(&entry));
    let problem = owner.post_bare(&restore).await.expect_problem(409, "not_allowed");
    assert_eq!(problem["detail"], "The entry is not deleted.");
    owner.ask(post(restore).body("application/json", "{}")).await;
    assert_eq!(owner.get(path(&entry)).await.version(), 1);
}

#[tokio::test]
async fn managers_restore_others_entries_and_members_their_own() {
    let (server, team) = TestServer::team().await;
    let (hers, his) = (hour(&team.member).await, hour(&team.manager).await);
    let restore = |entry: &serde_json::Value| format!("{}/restore", path(entry));
    team.manager.delete(path(&his), 1).await.expect(204);
    team.member.post_bare(restore(&his)).await.expect_problem(404, "not_found");
    team.member.delete(path(&hers), 1).await.expect(204);
    server.stranger().await.post_bare(restore(&hers)).await.expect_problem(404, "not_found");
    team.manager.post_bare(restore(&hers)).await.expect(200);
}
