//! `GET /status`

use serde_json::json;
use vibesheets_core::Role;

use crate::{
    clock::{clocked_in, pressed},
    support::{TestServer, patch},
    timesheets::typed,
};

#[tokio::test]
async fn who_is_clocked_out_sees_what_they_worked_today_and_this_week() {
    let (_server, owner) = TestServer::owner().await;
    typed(&owner, "2026-03-02T06:00:00+01:00", "2026-03-02T07:00:00+01:00").await;
    typed(&owner, "2026-03-01T06:00:00+01:00", "2026-03-01T07:00:00+01:00").await;
    typed(&owner, "2026-03-04T06:00:00+01:00", "2026-03-04T08:00:00+01:00").await;
    let shown = owner.get("/status").await.expect(200).json();
    let expected = json!({
        "clocked_in": false, "entry": null, "elapsed_seconds": 0, "today": "2026-03-02", "week_start": "2026-03-02",
        "today_seconds": 3_600, "week_seconds": 3 * 3_600, "server_time": "2026-03-02T08:00:00Z",
    });
    assert_eq!(shown, expected);
}

#[tokio::test]
async fn the_running_seconds_count_here_and_nowhere_else() {
    let (server, owner) = TestServer::owner().await;
    typed(&owner, "2026-03-02T06:00:00+01:00", "2026-03-02T07:00:00+01:00").await;
    let open = clocked_in(&owner).await;
    server.time.advance(95);
    let shown = owner.get("/status").await.expect(200).json();
    assert_eq!((&shown["clocked_in"], &shown["entry"]), (&json!(true), &open));
    assert_eq!(
        [&shown["elapsed_seconds"], &shown["today_seconds"], &shown["week_seconds"]],
        [&json!(95), &json!(3_695), &json!(3_695)]
    );
    let range = "start_date=2026-03-02&end_date=2026-03-02";
    assert_eq!(owner.get(format!("/timesheets?{range}")).await.json()["total_seconds"], 3_600);
    assert_eq!(owner.get(format!("/reports?{range}&group_by=date")).await.json()["total_seconds"], 3_600);
    assert_eq!(owner.get("/export?format=json").await.json()["total_seconds"], 3_600);
}

#[tokio::test]
async fn past_midnight_today_is_still_the_day_the_shift_began() {
    let (server, owner) = TestServer::owner().await;
    // A Sunday, 22:00 in Vienna.
    server.time.set("2026-03-08T21:00:00Z");
    let owner = server.another_session(&owner).await;
    clocked_in(&owner).await;
    server.time.set("2026-03-09T01:30:00Z");
    let owner = server.another_session(&owner).await;
    let shown = owner.get("/status").await.expect(200).json();
    assert_eq!((&shown["today"], &shown["week_start"]), (&json!("2026-03-08"), &json!("2026-03-02")));
    assert_eq!((&shown["today_seconds"], &shown["week_seconds"]), (&json!(16_200), &json!(16_200)));
    let out = pressed(&owner, "out").await["status"].clone();
    assert_eq!((&out["today"], &out["week_start"]), (&json!("2026-03-09"), &json!("2026-03-09")));
    assert_eq!((&out["today_seconds"], &out["week_seconds"]), (&json!(0), &json!(0)));
    assert_eq!(out, owner.get("/status").await.json());
}

#[tokio::test]
async fn moving_to_another_zone_while_clocked_in_leaves_the_entry_where_it_began() {
    let (server, owner) = TestServer::owner().await;
    clocked_in(&owner).await;
    owner.ask(patch("/me").json(&json!({"time_zone": "Pacific/Auckland"}))).await.expect(200);
    server.time.advance(3_000);
    let shown = owner.get("/status").await.json();
    assert_eq!(
        (&shown["today"], &shown["entry"]["time_zone"]),
        (&json!("2026-03-02"), &json!("Europe/Vienna"))
    );
    pressed(&owner, "out").await;
    // Half past midnight in Auckland.
    server.time.set("2026-03-02T11:30:00Z");
    let owner = server.another_session(&owner).await;
    let shown = owner.get("/status").await.json();
    assert_eq!((&shown["today"], &shown["today_seconds"]), (&json!("2026-03-03"), &json!(0)));
    assert_eq!(shown["week_seconds"], 3_000);
}

#[tokio::test]
async fn a_week_begins_on_the_organisations_first_day() {
    let (_server, owner) = TestServer::owner().await;
    typed(&owner, "2026-03-01T06:00:00+01:00", "2026-03-01T07:00:00+01:00").await;
    assert_eq!(owner.get("/status").await.json()["week_seconds"], 0);
    owner.patch("/organisation", 1, json!({"first_day_of_week": 7})).await.expect(200);
    let shown = owner.get("/status").await.json();
    assert_eq!((&shown["week_start"], &shown["week_seconds"]), (&json!("2026-03-01"), &json!(3_600)));
}

#[tokio::test]
async fn an_entry_forgotten_for_weeks_counts_with_the_rest_of_the_day_and_week_it_began_in() {
    let (server, owner) = TestServer::owner().await;
    typed(&owner, "2026-03-02T06:00:00+01:00", "2026-03-02T07:00:00+01:00").await;
    clocked_in(&owner).await;
    for days in [31_i64, 40, 400] {
        server.time.set("2026-03-02T08:00:00Z");
        server.time.advance(days * 86_400);
        let owner = server.another_session(&owner).await;
        let shown = owner.get("/status").await.expect(200).json();
        assert_eq!((&shown["today"], &shown["week_start"]), (&json!("2026-03-02"), &json!("2026-03-02")));
        assert_eq!(shown["elapsed_seconds"], days * 86_400);
        assert_eq!(shown["today_seconds"], days * 86_400 + 3_600, "{days}");
        assert_eq!(shown["week_seconds"], days * 86_400 + 3_600, "{days}");
    }
}

#[tokio::test]
async fn everybody_sees_their_own_clock_and_nobody_sees_one_without_signing_in() {
    let (server, owner) = TestServer::owner().await;
    let mia = server.join(&owner, "Mia", Role::Member).await;
    clocked_in(&owner).await;
    assert_eq!(mia.get("/status").await.expect(200).json()["clocked_in"], false);
    server.anonymous().get("/status").await.expect_problem(401, "not_signed_in");
}
