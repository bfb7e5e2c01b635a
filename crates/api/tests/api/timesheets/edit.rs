//! `PUT /timesheets/{id}`

use serde_json::{Value, json};

use super::{hour, path, typed};
use crate::{
    clock::{clocked_in, pressed},
    projects,
    support::{TestServer, put},
};

fn half_an_hour() -> Value {
    json!({"start": "2026-03-01T08:00:00+01:00", "end": "2026-03-01T08:30:00+01:00"})
}

#[tokio::test]
async fn what_is_sent_replaces_the_whole_of_it() {
    let (server, owner) = TestServer::owner().await;
    let project = projects::made(&owner, "Loom").await;
    let body = json!({"start": "2026-03-01T08:00:00+01:00", "end": "2026-03-01T09:00:00+01:00",
        "project_id": project["id"], "note": "Warp", "tags": ["a"], "billable": true, "time_zone": "UTC"});
    let entry = owner.post("/timesheets", body).await.expect(201).json();
    server.time.advance(60);
    let answer = owner.put(path(&entry), 1, half_an_hour()).await.expect(200);
    let edited = answer.json();
    assert_eq!((answer.version(), &edited["version"]), (2, &json!(2)));
    assert_eq!(
        (&edited["project_id"], &edited["note"], &edited["tags"]),
        (&json!(null), &json!(""), &json!([]))
    );
    // Zone and flag stay where nothing is said about them.
    assert_eq!((&edited["time_zone"], &edited["billable"]), (&json!("UTC"), &json!(true)));
    assert_eq!((&edited["end"], &edited["seconds"]), (&json!("2026-03-01T07:30:00+00:00"), &json!(1_800)));
    assert_eq!(
        (&edited["created_at"], &edited["updated_at"]),
        (&json!("2026-03-02T08:00:00Z"), &json!("2026-03-02T08:01:00Z"))
    );
    assert_eq!((&edited["id"], &edited["source"]), (&entry["id"], &json!("manual")));
    assert_eq!(owner.get(path(&entry)).await.json(), edited);
}

#[tokio::test]
async fn moving_an_entry_moves_its_work_date_and_the_sums_of_both_days() {
    let (_server, owner) = TestServer::owner().await;
    let entry = hour(&owner).await;
    let body =
        json!({"start": "2026-03-01T20:00:00Z", "end": "2026-03-01T21:00:00Z", "time_zone": "Asia/Tokyo"});
    assert_eq!(owner.put(path(&entry), 1, body).await.expect(200).json()["work_date"], "2026-03-02");
    let sheet = owner.get("/timesheets?start_date=2026-03-01&end_date=2026-03-02").await.json();
    assert_eq!(
        sheet["days"],
        json!([{"date": "2026-03-01", "seconds": 0}, {"date": "2026-03-02", "seconds": 3_600}])
    );
}

#[tokio::test]
async fn an_edit_says_which_version_it_was_decided_on() {
    let (_server, owner) = TestServer::owner().await;
    let entry = hour(&owner).await;
    let blind = owner.ask(put(path(&entry)).json(&half_an_hour())).await;
    assert_eq!(blind.expect_problem(428, "precondition_required")["current"], 1);
    owner.put(path(&entry), 1, half_an_hour()).await.expect(200);
    let stale = owner.put(path(&entry), 1, half_an_hour()).await.expect_problem(412, "precondition_failed");
    assert_eq!(stale["current"], 2);
    owner.put(path(&entry), 9, half_an_hour()).await.expect_problem(412, "precondition_failed");
    assert_eq!(owner.get(path(&entry)).await.version(), 2);
}

#[tokio::test]
async fn an_entry_moves_over_itself_but_over_no_other() {
    let (_server, owner) = TestServer::owner().await;
    let entry = hour(&owner).await;
    let next = typed(&owner, "2026-03-01T09:00:00+01:00", "2026-03-01T10:00:00+01:00").await;
    let into_next = json!({"start": "2026-03-01T08:30:00+01:00", "end": "2026-03-01T09:00:01+01:00"});
    let problem = owner.put(path(&entry), 1, into_next).await.expect_problem(409, "overlap");
    assert_eq!(problem["entry"], next);
    let touching = json!({"start": "2026-03-01T08:30:00+01:00", "end": "2026-03-01T09:00:00+01:00"});
    owner.put(path(&entry), 1, touching).await.expect(200);
}

#[tokio::test]
async fn the_open_entry_is_edited_and_gets_its_end() {
    let (server, owner) = TestServer::owner().await;
    let open = clocked_in(&owner).await;
    server.time.advance(1_800);
    let earlier = json!({"start": "2026-03-02T08:30:00+01:00", "end": null, "note": "was here before"});
    let still_open = owner.put(path(&open), 1, earlier).await.expect(200).json();
    assert_eq!((&still_open["end"], &still_open["seconds"]), (&json!(null), &json!(null)));
    assert_eq!(owner.get("/status").await.json()["elapsed_seconds"], 3_600);
    // An end that is left out is no end.
    let left_out = json!({"start": "2026-03-02T08:30:00+01:00"});
    owner.put(path(&open), 2, left_out).await.expect(200);
    let ended = json!({"start": "2026-03-02T08:30:00+01:00", "end": "2026-03-02T09:00:00+01:00"});
    let closed = owner.put(path(&open), 3, ended).await.expect(200).json();
    assert_eq!((&closed["seconds"], &closed["source"]), (&json!(1_800), &json!("clock")));
    assert_eq!(owner.get("/status").await.json()["clocked_in"], false);
    clocked_in(&owner).await;
}

#[tokio::test]
async fn a_closed_entry_is_not_opened_again() {
    let (_server, owner) = TestServer::owner().await;
    let entry = hour(&owner).await;
    for body in [json!({"start": entry["start"], "end": null}), json!({"start": entry["start"]})] {
        let said = owner.put(path(&entry), 1, body).await.expect_invalid("/end");
        assert!(said.contains("cannot be opened again"), "{said}");
    }
    clocked_in(&owner).await;
    let punched = pressed(&owner, "out").await["entry"].clone();
    let reopened = json!({"start": punched["start"], "end": null});
    owner.put(path(&punched), 2, reopened).await.expect_invalid("/end");
    assert_eq!(owner.get("/status").await.json()["clocked_in"], false);
}

#[tokio::test]
async fn a_deleted_entry_is_restored_before_it_is_edited() {
    let (_server, owner) = TestServer::owner().await;
    let entry = hour(&owner).await;
    owner.delete(path(&entry), 1).await.expect(204);
    let problem = owner.put(path(&entry), 2, half_an_hour()).await.expect_problem(409, "not_allowed");
    assert!(problem["detail"].as_str().expect("a sentence").contains("restore it"), "{problem}");
}

#[tokio::test]
async fn an_entry_stays_on_an_archived_project_and_moves_to_none() {
    let (_server, owner) = TestServer::owner().await;
    let (old, other) = (projects::made(&owner, "Old").await, projects::made(&owner, "Other").await);
    let on = |project: &Value| {
        let mut body = half_an_hour();
        body["project_id"] = project["id"].clone();
        body
    };
    let entry = owner.post("/timesheets", on(&old)).await.expect(201).json();
    for project in [&old, &other] {
        let place = format!("/projects/{}", project["id"].as_str().expect("an id"));
        owner.patch(place, 1, json!({"archived": true})).await.expect(200);
    }
    owner.put(path(&entry), 1, on(&old)).await.expect(200);
    owner.put(path(&entry), 2, on(&other)).await.expect_invalid("/project_id");
    owner.put(path(&entry), 2, half_an_hour()).await.expect(200);
    owner.put(path(&entry), 3, on(&old)).await.expect_invalid("/project_id");
}

#[tokio::test]
async fn managers_edit_others_entries_and_members_their_own() {
    let (server, team) = TestServer::team().await;
    let (hers, his) = (hour(&team.member).await, hour(&team.manager).await);
    team.manager.put(path(&hers), 1, half_an_hour()).await.expect(200);
    team.member.put(path(&hers), 2, half_an_hour()).await.expect(200);
    team.member.put(path(&his), 1, half_an_hour()).await.expect_problem(404, "not_found");
    let stranger = server.stranger().await;
    stranger.put(path(&hers), 3, half_an_hour()).await.expect_problem(404, "not_found");
    // Nor does a missing version tell that there is one.
    let blind = put(path(&hers)).json(&half_an_hour());
    stranger.ask(blind).await.expect_problem(404, "not_found");
    assert_eq!(team.member.get(path(&hers)).await.version(), 3);
}
