//! `GET /timesheets`

use serde_json::{Value, json};

use super::{hour, typed};
use crate::{clock::clocked_in, projects, support::TestServer};

const RANGE: &str = "start_date=2026-03-01&end_date=2026-03-03";

#[tokio::test]
async fn it_lists_by_start_and_sums_each_day_of_the_range_empty_ones_too() {
    let (_server, owner) = TestServer::owner().await;
    let second = typed(&owner, "2026-03-01T10:00:00Z", "2026-03-01T10:00:01Z").await;
    let first = hour(&owner).await;
    let overnight = typed(&owner, "2026-03-01T22:00:00+01:00", "2026-03-02T06:00:00+01:00").await;
    typed(&owner, "2026-02-28T22:00:00+01:00", "2026-03-01T01:00:00+01:00").await;
    let open = clocked_in(&owner).await;
    let sheet = owner.get(format!("/timesheets?{RANGE}")).await.expect(200).json();
    let expected = json!({
        "entries": [first, second, overnight, open],
        "days": [
            {"date": "2026-03-01", "seconds": 3_601 + 8 * 3_600},
            {"date": "2026-03-02", "seconds": 0},
            {"date": "2026-03-03", "seconds": 0},
        ],
        "total_seconds": 3_601 + 8 * 3_600,
        "next_cursor": null,
    });
    assert_eq!(sheet, expected);
}

#[tokio::test]
async fn it_is_ones_own_unless_a_manager_asks_for_anothers_or_for_all() {
    let (server, team) = TestServer::team().await;
    let stranger = server.stranger().await;
    let (hers, his) = (hour(&team.member).await, hour(&team.manager).await);
    hour(&stranger).await;
    let of = |whose: String| format!("/timesheets?{RANGE}{whose}");
    let one = |id| of(format!("&member_id={id}"));
    let own = team.member.get(of(String::new())).await.expect(200).json();
    assert_eq!(own["entries"], json!([hers]));
    assert_eq!(team.member.get(one(team.member.member_id())).await.expect(200).json(), own);
    team.member.get(one(team.manager.member_id())).await.expect_problem(404, "not_found");
    team.member.get(of("&member_id=all".to_owned())).await.expect_problem(403, "forbidden");
    for client in [&team.manager, &team.admin, &team.owner] {
        assert_eq!(client.get(one(team.member.member_id())).await.expect(200).json(), own);
        let all = client.get(of("&member_id=all".to_owned())).await.expect(200).json();
        assert_eq!(
            (all["entries"].as_array().map(Vec::len), &all["total_seconds"]),
            (Some(2), &json!(7_200))
        );
        assert!(all["entries"].as_array().is_some_and(|all| all.contains(&hers) && all.contains(&his)));
    }
    team.owner.get(one(stranger.member_id())).await.expect_problem(404, "not_found");
    stranger.get(one(team.member.member_id())).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn a_project_narrows_entries_days_and_total_alike() {
    let (server, owner) = TestServer::owner().await;
    let project = projects::made(&owner, "Loom").await;
    hour(&owner).await;
    let body =
        json!({"start": "2026-03-02T07:00:00Z", "end": "2026-03-02T07:30:00Z", "project_id": project["id"]});
    let on_it = owner.post("/timesheets", body).await.expect(201).json();
    let of = |id: &Value| format!("/timesheets?{RANGE}&project_id={}", id.as_str().expect("an id"));
    let sheet = owner.get(of(&project["id"])).await.expect(200).json();
    assert_eq!((&sheet["entries"], &sheet["total_seconds"]), (&json!([on_it]), &json!(1_800)));
    assert_eq!(sheet["days"][0], json!({"date": "2026-03-01", "seconds": 0}));
    // Another organisation's project has no time here, and ours none there.
    let stranger = server.stranger().await;
    let foreign = projects::made(&stranger, "Theirs").await;
    let none = owner.get(of(&foreign["id"])).await.expect(200).json();
    assert_eq!((&none["entries"], &none["total_seconds"]), (&json!([]), &json!(0)));
    let none = stranger.get(of(&project["id"])).await.expect(200).json();
    assert_eq!((&none["entries"], &none["total_seconds"]), (&json!([]), &json!(0)));
}

#[tokio::test]
async fn a_range_spans_366_days_at_most_and_lies_in_order() {
    let (_server, owner) = TestServer::owner().await;
    let sheet = owner.get("/timesheets?start_date=2028-01-01&end_date=2028-12-31").await.expect(200).json();
    assert_eq!(sheet["days"].as_array().map(Vec::len), Some(366));
    let over = owner.get("/timesheets?start_date=2028-01-01&end_date=2029-01-01").await;
    assert!(over.expect_invalid("/end_date").contains("366"));
    owner.get("/timesheets?start_date=0001-01-01&end_date=9999-12-31").await.expect_invalid("/end_date");
    let backwards = owner.get("/timesheets?start_date=2026-03-02&end_date=2026-03-01").await;
    assert!(backwards.expect_invalid("/end_date").contains("before"));
    for day in ["0001-01-01", "9999-12-31"] {
        let sheet =
            owner.get(format!("/timesheets?start_date={day}&end_date={day}")).await.expect(200).json();
        assert_eq!(sheet["days"], json!([{"date": day, "seconds": 0}]));
    }
}

#[tokio::test]
async fn every_parameter_is_checked() {
    let (_server, owner) = TestServer::owner().await;
    for (query, pointer) in [
        ("", "/start_date"),
        ("start_date=2026-03-01", "/end_date"),
        ("start_date=2026-03-01&end_date=2026-02-30", "/end_date"),
        ("start_date=2026-3-1&end_date=2026-03-01", "/start_date"),
        ("start_date=2026-03-01T00:00:00Z&end_date=2026-03-01", "/start_date"),
        ("start_date=today&end_date=2026-03-01", "/start_date"),
    ] {
        owner.get(format!("/timesheets?{query}")).await.expect_invalid(pointer);
    }
    for (more, pointer) in [
        ("limit=0", "/limit"),
        ("limit=1001", "/limit"),
        ("limit=-1", "/limit"),
        ("limit=many", "/limit"),
        ("limit=18446744073709551616", "/limit"),
        ("member_id=me", "/member_id"),
        ("member_id=", "/member_id"),
        ("project_id=Loom", "/project_id"),
        ("page=2", "/page"),
        ("start_date=2026-03-01", "/start_date"),
    ] {
        owner.get(format!("/timesheets?{RANGE}&{more}")).await.expect_invalid(pointer);
    }
}
