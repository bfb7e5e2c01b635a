//! In, out, and from one thing to the next.

use serde_json::json;
use vibesheets_core::Role;

use super::{clocked_in, pressed};
use crate::{projects, support::TestServer, timesheets::typed};

#[tokio::test]
async fn clocking_in_opens_an_entry_that_says_what_the_time_is_spent_on() {
    let (_server, owner) = TestServer::owner().await;
    let project = owner.post("/projects", json!({"name": "Loom", "billable": true})).await.expect(201).json();
    let body =
        json!({"action": "in", "project_id": project["id"], "note": " Warp ", "tags": ["b", "a", "b"]});
    let answer = owner.post("/clock", body).await.expect(200);
    assert_eq!(answer.version(), 1);
    let entry = &answer.json()["entry"];
    assert_eq!((&entry["project_id"], &entry["note"]), (&project["id"], &json!("Warp")));
    assert_eq!((&entry["tags"], &entry["billable"]), (&json!(["a", "b"]), &json!(true)));
    assert_eq!((&entry["start"], &entry["end"]), (&json!("2026-03-02T09:00:00+01:00"), &json!(null)));
    assert_eq!((&entry["seconds"], &entry["work_date"]), (&json!(null), &json!("2026-03-02")));
    assert_eq!((&entry["time_zone"], &entry["source"]), (&json!("Europe/Vienna"), &json!("clock")));
    assert_eq!(answer.json()["status"], owner.get("/status").await.expect(200).json());
    let path = format!("/timesheets/{}", entry["id"].as_str().expect("an id"));
    assert_eq!(&owner.get(path).await.expect(200).json(), entry);
}

#[tokio::test]
async fn clocking_out_closes_it_and_replaces_what_is_given() {
    let (server, owner) = TestServer::owner().await;
    let project = projects::made(&owner, "Loom").await;
    let body = json!({"action": "in", "note": "Warp", "tags": ["a"], "billable": true});
    let open = owner.post("/clock", body).await.expect(200).json();
    server.time.advance(3_599);
    let body = json!({"action": "out", "project_id": project["id"], "tags": ["b"]});
    let answer = owner.post("/clock", body).await.expect(200);
    assert_eq!(answer.version(), 2);
    let (entry, status) = (&answer.json()["entry"], &answer.json()["status"]);
    assert_eq!((&entry["id"], &entry["seconds"]), (&open["entry"]["id"], &json!(3_599)));
    assert_eq!((&entry["project_id"], &entry["tags"]), (&project["id"], &json!(["b"])));
    assert_eq!((&entry["note"], &entry["billable"]), (&json!("Warp"), &json!(true)));
    assert_eq!((&status["clocked_in"], &status["today_seconds"]), (&json!(false), &json!(3_599)));
    assert_eq!(status, &owner.get("/status").await.expect(200).json());
}

#[tokio::test]
async fn switching_closes_one_and_opens_the_next_in_the_same_second_and_the_same_record() {
    let (server, owner) = TestServer::owner().await;
    let first = clocked_in(&owner).await;
    server.time.advance(600);
    let answer = owner.post("/clock", json!({"action": "switch", "note": "Weft"})).await.expect(200).json();
    let second = &answer["entry"];
    assert_eq!((&second["note"], &second["end"]), (&json!("Weft"), &json!(null)));
    assert_ne!(second["id"], first["id"]);
    assert_eq!(answer["status"], owner.get("/status").await.json());
    let path = |id: &serde_json::Value| format!("/timesheets/{}", id.as_str().expect("an id"));
    let closed = owner.get(path(&first["id"])).await.json();
    assert_eq!((&closed["end"], &closed["seconds"]), (&second["start"], &json!(600)));
    let newest = |history: serde_json::Value| history["records"][0].clone();
    let of_first = newest(owner.get(format!("{}/history", path(&first["id"]))).await.json());
    let of_second = newest(owner.get(format!("{}/history", path(&second["id"]))).await.json());
    assert_eq!((&of_first["operation"], &of_first["hash"]), (&json!("clock.switch"), &of_second["hash"]));
}

#[tokio::test]
async fn the_button_does_nothing_where_the_clock_is_in_that_state_already() {
    let (_server, owner) = TestServer::owner().await;
    for action in ["out", "switch"] {
        owner.post("/clock", json!({"action": action})).await.expect_problem(409, "not_clocked_in");
    }
    let open = clocked_in(&owner).await;
    let problem =
        owner.post("/clock", json!({"action": "in"})).await.expect_problem(409, "already_clocked_in");
    assert_eq!(problem["entry"], open);
}

#[tokio::test]
async fn an_entry_in_the_future_stands_in_the_way_since_an_open_one_reaches_to_infinity() {
    let (server, owner) = TestServer::owner().await;
    let future = typed(&owner, "2026-03-05T09:00:00+01:00", "2026-03-05T10:00:00+01:00").await;
    let problem = owner.post("/clock", json!({"action": "in"})).await.expect_problem(409, "overlap");
    assert_eq!(problem["entry"], future);
    assert_eq!(owner.get("/status").await.json()["clocked_in"], false);
    server.time.set("2026-03-05T09:00:00Z");
    let owner = server.another_session(&owner).await;
    clocked_in(&owner).await;
}

#[tokio::test]
async fn in_and_out_in_one_second_is_kept_and_counts_nothing() {
    let (_server, owner) = TestServer::owner().await;
    clocked_in(&owner).await;
    let closed = pressed(&owner, "out").await;
    assert_eq!((&closed["entry"]["seconds"], &closed["status"]["today_seconds"]), (&json!(0), &json!(0)));
    clocked_in(&owner).await;
    let range = "start_date=2026-03-02&end_date=2026-03-02";
    let sheet = owner.get(format!("/timesheets?{range}")).await.expect(200).json();
    assert_eq!(sheet["entries"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn time_goes_on_no_archived_and_no_foreign_project_but_a_running_entry_is_closed_on_its_own() {
    let (server, owner) = TestServer::owner().await;
    let foreign = projects::made(&server.stranger().await, "Theirs").await;
    let body = json!({"action": "in", "project_id": foreign["id"]});
    assert_eq!(owner.post("/clock", body).await.expect_invalid("/project_id"), "there is no such project");
    let project = projects::made(&owner, "Loom").await;
    owner.post("/clock", json!({"action": "in", "project_id": project["id"]})).await.expect(200);
    let path = format!("/projects/{}", project["id"].as_str().expect("an id"));
    owner.patch(path, 1, json!({"archived": true})).await.expect(200);
    let switch = json!({"action": "switch", "project_id": project["id"]});
    assert!(owner.post("/clock", switch).await.expect_invalid("/project_id").contains("archived"));
    assert_eq!(pressed(&owner, "out").await["entry"]["project_id"], project["id"]);
}

#[tokio::test]
async fn everybody_has_a_clock_of_their_own() {
    let (server, owner) = TestServer::owner().await;
    let mia = server.join(&owner, "Mia", Role::Member).await;
    let hers = clocked_in(&mia).await;
    let own = clocked_in(&owner).await;
    assert_eq!(hers["member_id"], json!(mia.member_id()));
    assert_eq!(own["member_id"], json!(owner.member_id()));
    pressed(&owner, "out").await;
    assert_eq!(mia.get("/status").await.json()["entry"], hers);
}

#[tokio::test]
async fn an_entry_forgotten_for_more_than_31_days_gets_its_end_by_an_edit() {
    let (server, owner) = TestServer::owner().await;
    let open = clocked_in(&owner).await;
    server.time.set("2026-04-02T08:00:01Z");
    let owner = server.another_session(&owner).await;
    let problem = owner.post("/clock", json!({"action": "out"})).await.expect_problem(409, "not_allowed");
    assert!(problem["detail"].as_str().expect("a sentence").contains("edit it"), "{problem}");
    let path = format!("/timesheets/{}", open["id"].as_str().expect("an id"));
    let end = json!({"start": open["start"], "end": "2026-03-02T17:00:00+01:00"});
    assert_eq!(owner.put(path, 1, end).await.expect(200).json()["seconds"], 8 * 3_600);
    clocked_in(&owner).await;
}
