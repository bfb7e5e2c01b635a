//! `GET /timesheets?as_of=…`

use serde_json::{Value, json};

use super::{hour, path, typed};
use crate::{
    clock::{clocked_in, pressed},
    support::{Client, TestServer},
};

const RANGE: &str = "start_date=2026-03-01&end_date=2026-03-03";

async fn at(client: &Client, time: &str) -> Value {
    client.get(format!("/timesheets?{RANGE}&as_of={time}")).await.expect(200).json()
}

#[tokio::test]
async fn a_past_is_shown_as_it_was_whatever_was_changed_since() {
    let (server, owner) = TestServer::owner().await;
    let created = hour(&owner).await;
    server.time.advance(60);
    let body = json!({"start": created["start"], "end": "2026-03-01T08:30:00+01:00", "note": "left early"});
    let edited = owner.put(path(&created), 1, body).await.expect(200).json();
    server.time.advance(60);
    owner.delete(path(&created), 2).await.expect(204);
    server.time.advance(60);
    let now = owner.get(format!("/timesheets?{RANGE}")).await.expect(200).json();

    let before = at(&owner, "2026-03-02T07:59:59Z").await;
    assert_eq!((&before["entries"], &before["total_seconds"]), (&json!([]), &json!(0)));
    let first = at(&owner, "2026-03-02T08:00:30Z").await;
    assert_eq!((&first["entries"], &first["total_seconds"]), (&json!([created]), &json!(3_600)));
    assert_eq!(first["days"][0], json!({"date": "2026-03-01", "seconds": 3_600}));
    let second = at(&owner, "2026-03-02T09:01:00%2B01:00").await;
    assert_eq!((&second["entries"], &second["total_seconds"]), (&json!([edited]), &json!(1_800)));
    assert_eq!(at(&owner, "2026-03-02T08:02:00Z").await, now);
    assert_eq!(now["entries"], json!([]));
}

#[tokio::test]
async fn somebody_who_was_clocked_in_is_shown_clocked_in() {
    let (server, owner) = TestServer::owner().await;
    let open = clocked_in(&owner).await;
    server.time.advance(1_800);
    pressed(&owner, "out").await;
    let range = "start_date=2026-03-02&end_date=2026-03-02";
    let then = owner.get(format!("/timesheets?{range}&as_of=2026-03-02T08:29:59Z")).await.expect(200).json();
    assert_eq!((&then["entries"], &then["total_seconds"]), (&json!([open]), &json!(0)));
    let now = owner.get(format!("/timesheets?{range}&as_of=2026-03-02T08:30:00Z")).await.expect(200).json();
    assert_eq!(now["total_seconds"], json!(1_800));
}

#[tokio::test]
async fn pages_and_projects_narrow_it_as_they_do_the_present() {
    let (server, owner) = TestServer::owner().await;
    for hour in 8..12 {
        typed(&owner, &format!("2026-03-01T{hour:02}:00:00Z"), &format!("2026-03-01T{hour:02}:10:00Z")).await;
    }
    let project = crate::projects::made(&owner, "Office").await;
    server.time.advance(60);
    let asked = |rest: &str| format!("/timesheets?{RANGE}&limit=3{rest}");
    let page = owner.get(asked("")).await.expect(200).json();
    let then = owner.get(asked("&as_of=2026-03-02T08:00:30Z")).await.expect(200).json();
    assert_eq!(then, page);
    let cursor = page["next_cursor"].as_str().expect("a cursor");
    let rest =
        owner.get(asked(&format!("&cursor={cursor}&as_of=2026-03-02T08:00:30Z"))).await.expect(200).json();
    assert_eq!(rest["entries"].as_array().map(Vec::len), Some(1));
    assert_eq!(rest["next_cursor"], json!(null));
    let id = project["id"].as_str().expect("an id");
    let none =
        owner.get(asked(&format!("&project_id={id}&as_of=2026-03-02T08:00:30Z"))).await.expect(200).json();
    assert_eq!((&none["entries"], &none["total_seconds"]), (&json!([]), &json!(0)));
}

#[tokio::test]
async fn it_is_for_whoever_may_read_that_members_time() {
    let (server, team) = TestServer::team().await;
    let hers = hour(&team.member).await;
    server.time.advance(60);
    let of = |member: &Client| {
        format!("/timesheets?{RANGE}&member_id={}&as_of=2026-03-02T08:00:30Z", member.member_id())
    };
    let shown = team.manager.get(of(&team.member)).await.expect(200).json();
    assert_eq!(shown["entries"], json!([hers]));
    team.member.get(of(&team.manager)).await.expect_problem(404, "not_found");
    let stranger = server.stranger().await;
    stranger.get(of(&team.member)).await.expect_problem(404, "not_found");
    let all = format!("/timesheets?{RANGE}&member_id=all&as_of=2026-03-02T08:00:30Z");
    team.owner.get(all).await.expect_problem(422, "invalid");
}

#[tokio::test]
async fn a_future_and_what_is_no_time_are_refused() {
    let (_server, owner) = TestServer::owner().await;
    owner.get(format!("/timesheets?{RANGE}&as_of=2026-03-02T08:00:01Z")).await.expect_problem(422, "invalid");
    owner.get(format!("/timesheets?{RANGE}&as_of=yesterday")).await.expect(422);
}

/// The server's clock is set back by an hour: what was recorded first still comes first.
#[tokio::test]
async fn record_time_never_runs_backwards() {
    let (server, owner) = TestServer::owner().await;
    let first = hour(&owner).await;
    server.time.advance(-3_600);
    // A token of the hour to come is none.
    let owner = server.another_session(&owner).await;
    let second = typed(&owner, "2026-03-01T10:00:00Z", "2026-03-01T10:00:01Z").await;
    let history = owner.get(format!("{}/history", path(&second))).await.expect(200).json();
    assert_eq!(history["records"][0]["time"], json!("2026-03-02T08:00:00Z"), "not an hour before the first");
    assert_eq!(history["chain"]["verified"], json!(true));
    server.time.advance(3_600);
    let owner = server.another_session(&owner).await;
    assert_eq!(at(&owner, "2026-03-02T07:30:00Z").await["entries"], json!([]));
    assert_eq!(at(&owner, "2026-03-02T08:00:00Z").await["entries"], json!([first, second]));
}
