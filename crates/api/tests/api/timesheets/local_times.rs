//! Times as a wall clock showed them, without an offset.

use serde_json::{Value, json};

use super::{hour, path};
use crate::support::{Client, TestServer};

fn body(start: &str, end: &str, zone: &str) -> Value {
    json!({"start": start, "end": end, "time_zone": zone})
}

async fn said(client: &Client, pointer: &str, body: Value) -> String {
    client.post("/timesheets", body).await.expect_invalid(pointer)
}

#[tokio::test]
async fn a_local_time_is_read_in_the_zone_that_is_named() {
    let (_server, owner) = TestServer::owner().await;
    let night = body("2026-03-28T22:00:00", "2026-03-29T06:00:00", "Europe/Vienna");
    let entry = owner.post("/timesheets", night).await.expect(201).json();
    assert_eq!(
        (&entry["start"], &entry["end"]),
        (&json!("2026-03-28T22:00:00+01:00"), &json!("2026-03-29T06:00:00+02:00"))
    );
    assert_eq!(entry["seconds"], 7 * 3_600);
    let night = body("2026-10-24T22:00:00", "2026-10-25T06:00:00", "Europe/Vienna");
    assert_eq!(owner.post("/timesheets", night).await.expect(201).json()["seconds"], 9 * 3_600);
    let night = body("2026-04-04T22:00:00", "2026-04-05T06:00:00", "Australia/Lord_Howe");
    assert_eq!(owner.post("/timesheets", night).await.expect(201).json()["seconds"], 8 * 3_600 + 1_800);
    // Where no zone is named, in the member's own.
    let own = json!({"start": "2026-03-02T07:00:00", "end": "2026-03-02T08:00:00"});
    let entry = owner.post("/timesheets", own).await.expect(201).json();
    assert_eq!(entry["start"], "2026-03-02T07:00:00+01:00");
}

#[tokio::test]
async fn a_time_that_clocks_jumped_over_is_no_time() {
    let (_server, owner) = TestServer::owner().await;
    let gap = body("2026-03-29T02:30:00", "2026-03-29T04:00:00", "Europe/Vienna");
    assert!(said(&owner, "/start", gap).await.contains("no such time"));
    let gap = body("2026-10-04T01:00:00", "2026-10-04T02:15:00", "Australia/Lord_Howe");
    assert!(said(&owner, "/end", gap).await.contains("no such time"));
}

#[tokio::test]
async fn a_time_that_happened_twice_needs_its_offset() {
    let (_server, owner) = TestServer::owner().await;
    let fold = body("2026-10-25T01:00:00", "2026-10-25T02:30:00", "Europe/Vienna");
    assert!(said(&owner, "/end", fold).await.contains("happened twice"));
    let fold = body("2026-04-05T01:45:00", "2026-04-05T03:00:00", "Australia/Lord_Howe");
    assert!(said(&owner, "/start", fold).await.contains("happened twice"));
    let hour = body("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00", "Europe/Vienna");
    assert_eq!(owner.post("/timesheets", hour).await.expect(201).json()["seconds"], 3_600);
}

#[tokio::test]
async fn both_ends_are_told_at_once() {
    let (_server, owner) = TestServer::owner().await;
    let wrong = body("2026-03-29T02:10:00", "2026-03-29T02:50:00", "Europe/Vienna");
    let problem = owner.post("/timesheets", wrong).await.expect_problem(422, "invalid");
    let pointers: Vec<_> =
        problem["errors"].as_array().expect("errors").iter().map(|error| &error["pointer"]).collect();
    assert_eq!(pointers, ["/start", "/end"]);
}

#[tokio::test]
async fn a_local_time_for_another_member_needs_a_zone() {
    let (_server, team) = TestServer::team().await;
    let mut local = json!({"start": "2026-03-01T08:00:00", "end": "2026-03-01T09:00:00",
        "member_id": team.member.member_id()});
    assert!(said(&team.manager, "/time_zone", local.clone()).await.contains("is needed"));
    local["time_zone"] = json!("Asia/Kathmandu");
    let entry = team.manager.post("/timesheets", local).await.expect(201).json();
    assert_eq!(entry["start"], "2026-03-01T08:00:00+05:45");
}

#[tokio::test]
async fn an_edit_reads_local_times_in_the_entrys_own_zone() {
    let (_server, owner) = TestServer::owner().await;
    let there = body("2026-03-01T20:00:00", "2026-03-01T21:00:00", "Asia/Kathmandu");
    let entry = owner.post("/timesheets", there).await.expect(201).json();
    let local = json!({"start": "2026-03-01T20:00:00", "end": "2026-03-01T22:00:00"});
    let edited = owner.put(path(&entry), 1, local).await.expect(200).json();
    assert_eq!(
        (&edited["end"], &edited["time_zone"]),
        (&json!("2026-03-01T22:00:00+05:45"), &json!("Asia/Kathmandu"))
    );
    let gap =
        json!({"start": "2026-03-29T02:30:00", "end": "2026-03-29T04:00:00", "time_zone": "Europe/Vienna"});
    owner.put(path(&hour(&owner).await), 1, gap).await.expect_invalid("/start");
}
