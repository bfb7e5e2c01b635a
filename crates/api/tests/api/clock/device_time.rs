//! `at`: a press that happened when the device could not send it.

use serde_json::{Value, json};

use super::{clocked_in, pressed};
use crate::support::{Client, TestServer};

async fn press(client: &Client, action: &str, at: &str) -> crate::support::Answered {
    client.post("/clock", json!({"action": action, "at": at})).await
}

async fn newest_record(client: &Client, entry: &Value) -> Value {
    let path = format!("/timesheets/{}/history", entry["id"].as_str().expect("an id"));
    client.get(path).await.expect(200).json()["records"][0].clone()
}

#[tokio::test]
async fn a_device_may_be_60_seconds_ahead_and_no_more() {
    let (_server, owner) = TestServer::owner().await;
    let said = press(&owner, "in", "2026-03-02T08:01:01Z").await.expect_invalid("/at");
    assert!(said.contains("60 seconds ahead"), "{said}");
    let answer = press(&owner, "in", "2026-03-02T09:01:00+01:00").await.expect(200).json();
    assert_eq!(answer["entry"]["start"], "2026-03-02T09:01:00+01:00");
    assert_eq!(answer["status"]["elapsed_seconds"], 0);
    assert_eq!(answer["status"], owner.get("/status").await.json());
}

#[tokio::test]
async fn a_press_may_be_7_days_old_and_no_older() {
    let (_server, owner) = TestServer::owner().await;
    let said = press(&owner, "in", "2026-02-23T07:59:59Z").await.expect_invalid("/at");
    assert!(said.contains("7 days back"), "{said}");
    let answer = press(&owner, "in", "2026-02-23T08:00:00Z").await.expect(200).json();
    assert_eq!(answer["entry"]["work_date"], "2026-02-23");
    assert_eq!(answer["status"]["elapsed_seconds"], 7 * 86_400);
    assert_eq!(answer["status"], owner.get("/status").await.json());
}

#[tokio::test]
async fn an_entry_has_whole_seconds_and_its_history_the_finer_time_of_the_device() {
    let (_server, owner) = TestServer::owner().await;
    let answer = press(&owner, "in", "2026-03-02T08:59:30.987654321+01:00").await.expect(200).json();
    assert_eq!(answer["entry"]["start"], "2026-03-02T08:59:30+01:00");
    let record = newest_record(&owner, &answer["entry"]).await;
    assert_eq!(record["device_time"], "2026-03-02T07:59:30.987654321Z");
    assert_eq!(record["time"], "2026-03-02T08:00:00Z");
    let closed = pressed(&owner, "out").await;
    assert_eq!(newest_record(&owner, &closed["entry"]).await["device_time"], json!(null));
}

#[tokio::test]
async fn what_the_clock_shows_after_an_old_press_is_what_it_shows_now() {
    let (_server, owner) = TestServer::owner().await;
    press(&owner, "in", "2026-02-26T09:00:00Z").await.expect(200);
    let out = press(&owner, "out", "2026-02-26T17:00:00Z").await.expect(200).json();
    assert_eq!((&out["status"]["today"], &out["status"]["week_seconds"]), (&json!("2026-03-02"), &json!(0)));
    assert_eq!(out["status"], owner.get("/status").await.json());
}

#[tokio::test]
async fn nobody_leaves_before_they_came() {
    let (_server, owner) = TestServer::owner().await;
    let open = clocked_in(&owner).await;
    for action in ["out", "switch"] {
        let said = press(&owner, action, "2026-03-02T07:59:59Z").await.expect_invalid("/at");
        assert_eq!(said, "lies before the time of clocking in");
    }
    assert_eq!(owner.get("/status").await.json()["entry"], open);
}

#[tokio::test]
async fn a_press_inside_an_entry_that_is_there_overlaps_it() {
    let (server, owner) = TestServer::owner().await;
    clocked_in(&owner).await;
    server.time.advance(600);
    let closed = pressed(&owner, "out").await["entry"].clone();
    let problem = press(&owner, "in", "2026-03-02T08:05:00Z").await.expect_problem(409, "overlap");
    assert_eq!(problem["entry"], closed);
    press(&owner, "in", "2026-03-02T08:10:00Z").await.expect(200);
}

#[tokio::test]
async fn a_time_that_is_none_is_refused() {
    let (_server, owner) = TestServer::owner().await;
    for at in ["now", "", "2026-03-02T08:00:00", "2026-02-30T08:00:00Z", "2026-03-02 08:00:00Z", "1772438400"]
    {
        let said = press(&owner, "in", at).await.expect_invalid("/at");
        assert!(said.contains("2026-03-29T22:00:00+01:00"), "{at}: {said}");
    }
    for at in ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1999-12-31T23:59:59Z"] {
        let said = press(&owner, "in", at).await.expect_invalid("/at");
        assert!(said.contains("between 2000-01-01 and 2199-12-31"), "{at}: {said}");
    }
    assert_eq!(owner.get("/status").await.json()["clocked_in"], false);
}
