//! `POST /timesheets`

use serde_json::{Value, json};
use vibesheets_core::Role;

use super::{hour, path, typed};
use crate::{
    clock::clocked_in,
    projects,
    support::{Client, TestServer},
};

async fn overlap(client: &Client, start: &str, end: &str) -> Value {
    let body = json!({"start": start, "end": end});
    client.post("/timesheets", body).await.expect_problem(409, "overlap")["entry"].clone()
}

#[tokio::test]
async fn an_entry_is_what_was_typed() {
    let (_server, owner) = TestServer::owner().await;
    let project = projects::made(&owner, "Loom").await;
    let body = json!({
        "start": "2026-03-01T10:00:00+05:45", "end": "2026-03-01T12:30:00+05:45", "time_zone": "asia/kathmandu",
        "project_id": project["id"], "note": "  Ganga\n", "tags": ["b", "a", "a"], "billable": true,
    });
    let answer = owner.post("/timesheets", body).await.expect(201);
    let entry = answer.json();
    let expected = json!({
        "id": entry["id"], "member_id": owner.member_id(), "project_id": project["id"],
        "start": "2026-03-01T10:00:00+05:45", "end": "2026-03-01T12:30:00+05:45", "time_zone": "Asia/Kathmandu",
        "work_date": "2026-03-01", "seconds": 9_000, "note": "Ganga", "tags": ["a", "b"], "billable": true,
        "source": "manual", "deleted": false, "version": 1,
        "created_at": "2026-03-02T08:00:00Z", "updated_at": "2026-03-02T08:00:00Z",
    });
    assert_eq!(entry, expected);
    assert_eq!((answer.version(), answer.header("location")), (1, &*format!("/api{}", path(&entry))));
    let shown = owner.get(path(&entry)).await.expect(200);
    assert_eq!((shown.version(), shown.json()), (1, entry));
}

#[tokio::test]
async fn what_is_not_said_is_the_members_zone_the_projects_habit_and_nothing() {
    let (_server, owner) = TestServer::owner().await;
    let project = owner.post("/projects", json!({"name": "Loom", "billable": true})).await.json();
    let body =
        json!({"start": "2026-03-01T23:30:00Z", "end": "2026-03-02T00:30:00Z", "project_id": project["id"]});
    let entry = owner.post("/timesheets", body).await.expect(201).json();
    assert_eq!(
        (&entry["time_zone"], &entry["start"]),
        (&json!("Europe/Vienna"), &json!("2026-03-02T00:30:00+01:00"))
    );
    // The work date is that of the entry's own zone.
    assert_eq!((&entry["work_date"], &entry["billable"]), (&json!("2026-03-02"), &json!(true)));
    assert_eq!((&entry["note"], &entry["tags"]), (&json!(""), &json!([])));
}

#[tokio::test]
async fn no_entry_shares_a_second_with_another_and_the_refusal_names_it() {
    let (_server, owner) = TestServer::owner().await;
    let there = hour(&owner).await;
    for (start, end) in [
        ("2026-03-01T08:00:00+01:00", "2026-03-01T09:00:00+01:00"),
        ("2026-03-01T08:59:59+01:00", "2026-03-01T10:00:00+01:00"),
        ("2026-03-01T07:00:00+01:00", "2026-03-01T08:00:01+01:00"),
        ("2026-03-01T08:15:00+01:00", "2026-03-01T08:45:00+01:00"),
        ("2026-03-01T07:00:00+01:00", "2026-03-01T10:00:00+01:00"),
        ("2026-02-10T07:00:00+01:00", "2026-03-12T10:00:00+01:00"),
    ] {
        assert_eq!(overlap(&owner, start, end).await, there, "{start} {end}");
    }
    typed(&owner, "2026-03-01T09:00:00+01:00", "2026-03-01T10:00:00+01:00").await;
    typed(&owner, "2026-03-01T07:00:00+01:00", "2026-03-01T08:00:00+01:00").await;
}

#[tokio::test]
async fn an_open_entry_reaches_to_infinity() {
    let (_server, owner) = TestServer::owner().await;
    let open = clocked_in(&owner).await;
    assert_eq!(overlap(&owner, "2199-01-01T00:00:00Z", "2199-01-01T01:00:00Z").await, open);
    assert_eq!(overlap(&owner, "2026-03-02T07:00:00Z", "2026-03-02T08:00:01Z").await, open);
    typed(&owner, "2026-03-02T07:00:00Z", "2026-03-02T08:00:00Z").await;
}

#[tokio::test]
async fn an_entry_of_no_length_is_kept_counts_nothing_and_overlaps_nothing() {
    let (_server, owner) = TestServer::owner().await;
    let (moment, there) = ("2026-03-01T08:30:00+01:00", hour(&owner).await);
    let nothing = typed(&owner, moment, moment).await;
    typed(&owner, moment, moment).await;
    assert_eq!((&nothing["seconds"], &nothing["end"]), (&json!(0), &nothing["start"]));
    owner.delete(path(&there), 1).await.expect(204);
    hour(&owner).await;
    let sheet = owner.get("/timesheets?start_date=2026-03-01&end_date=2026-03-01").await.json();
    assert_eq!(
        (sheet["entries"].as_array().map(Vec::len), &sheet["total_seconds"]),
        (Some(3), &json!(3_600))
    );
}

#[tokio::test]
async fn an_entry_may_be_31_days_long_over_a_clock_change_too_and_no_longer() {
    let (_server, owner) = TestServer::owner().await;
    let longest = typed(&owner, "2026-03-10T08:00:00+01:00", "2026-04-10T09:00:00+02:00").await;
    assert_eq!((&longest["seconds"], &longest["work_date"]), (&json!(31 * 86_400), &json!("2026-03-10")));
    for end in ["2026-06-01T08:00:01Z", "2027-05-01T08:00:00Z", "2199-12-31T23:59:59Z"] {
        let body = json!({"start": "2026-05-01T08:00:00Z", "end": end});
        assert_eq!(
            owner.post("/timesheets", body).await.expect_invalid("/end"),
            "an entry is at most 31 days long"
        );
    }
}

#[tokio::test]
async fn managers_type_for_others_and_members_for_nobody_else() {
    let (server, team) = TestServer::team().await;
    let stranger = server.stranger().await;
    let body = |day: u8, member: &Client| {
        let (start, end) = (format!("2026-03-{day:02}T08:00:00Z"), format!("2026-03-{day:02}T09:00:00Z"));
        json!({"start": start, "end": end, "member_id": member.member_id()})
    };
    for (day, client) in (10..).zip([&team.manager, &team.admin, &team.owner, &team.member]) {
        let entry = client.post("/timesheets", body(day, &team.member)).await.expect(201).json();
        assert_eq!(entry["member_id"], json!(team.member.member_id()));
    }
    team.member.post("/timesheets", body(20, &team.manager)).await.expect_problem(404, "not_found");
    team.owner.post("/timesheets", body(20, &stranger)).await.expect_problem(404, "not_found");
    stranger.post("/timesheets", body(20, &team.member)).await.expect_problem(404, "not_found");
    let unknown = json!({"start": "2026-03-01T08:00:00Z", "end": "2026-03-01T09:00:00Z",
        "member_id": "0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42"});
    team.owner.post("/timesheets", unknown).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn an_entry_typed_for_another_lies_in_the_others_zone() {
    let (_server, team) = TestServer::team().await;
    team.member
        .ask(crate::support::patch("/me").json(&json!({"time_zone": "Asia/Kathmandu"})))
        .await
        .expect(200);
    let body = json!({"start": "2026-03-01T20:00:00Z", "end": "2026-03-01T21:00:00Z",
        "member_id": team.member.member_id()});
    let entry = team.manager.post("/timesheets", body).await.expect(201).json();
    assert_eq!((&entry["time_zone"], &entry["work_date"]), (&json!("Asia/Kathmandu"), &json!("2026-03-02")));
}

#[tokio::test]
async fn who_is_archived_gets_no_new_entries() {
    let (server, owner) = TestServer::owner().await;
    let mia = server.join(&owner, "Mia", Role::Member).await;
    server.archive(&owner, &mia).await;
    let body =
        json!({"start": "2026-03-01T08:00:00Z", "end": "2026-03-01T09:00:00Z", "member_id": mia.member_id()});
    assert!(owner.post("/timesheets", body).await.expect_invalid("/member_id").contains("archived"));
}

#[tokio::test]
async fn time_goes_on_no_archived_unknown_or_foreign_project() {
    let (server, owner) = TestServer::owner().await;
    let foreign = projects::made(&server.stranger().await, "Theirs").await;
    let archived = projects::made(&owner, "Old").await;
    let place = format!("/projects/{}", archived["id"].as_str().expect("an id"));
    owner.patch(place, 1, json!({"archived": true})).await.expect(200);
    let unknown = json!("0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42");
    let said = |id: Value| {
        let body = json!({"start": "2026-03-01T08:00:00Z", "end": "2026-03-01T09:00:00Z", "project_id": id});
        let owner = owner.clone();
        async move { owner.post("/timesheets", body).await.expect_invalid("/project_id") }
    };
    assert!(said(archived["id"].clone()).await.contains("archived"));
    assert_eq!(said(foreign["id"].clone()).await, said(unknown).await);
}
