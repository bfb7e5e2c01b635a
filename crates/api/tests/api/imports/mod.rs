//! `/imports`

mod repeats;

use serde_json::json;

use crate::support::{TestServer, post};

const FILE: &str = "User,Email,Start date,Start time,End date,End time,Duration\n\
    Ada,ada@example.com,2026-02-02,09:00:00,2026-02-02,10:00:00,01:00:00\n";

async fn import(client: &crate::support::Client, name: &str) -> String {
    let path = format!("/import?dry_run=false&time_zone=UTC&file_name={name}");
    let report = client.ask(post(path).body("text/csv", FILE)).await.expect(201).json();
    format!("/imports/{}/undo", report["import_id"].as_str().expect("an id"))
}

#[tokio::test]
async fn an_import_is_listed_with_who_brought_it_and_what_came_of_it() {
    let (server, team) = TestServer::team().await;
    let undo = import(&team.admin, "J%C3%A4nner%2026.csv").await;
    let list = team.owner.get("/imports").await.expect(200).json();
    let listed = &list["imports"][0];
    assert_eq!((&listed["file_name"], &listed["source"]), (&json!("Jänner 26.csv"), &json!("toggl")));
    assert_eq!((&listed["entries"], &listed["seconds"]), (&json!(1), &json!(3600)));
    assert_eq!(listed["member_id"], json!(team.admin.member_id()));
    assert_eq!((&listed["created_at"], &listed["undone_at"]), (&json!("2026-03-02T08:00:00Z"), &json!(null)));
    server.time.advance(60);
    team.owner.post_bare(undo).await.expect(200);
    let list = team.admin.get("/imports").await.expect(200).json();
    assert_eq!(list["imports"][0]["undone_at"], "2026-03-02T08:01:00Z");
}

#[tokio::test]
async fn only_admins_and_owners_of_the_organisation_undo() {
    let (server, team) = TestServer::team().await;
    let undo = import(&team.owner, "a.csv").await;
    for client in [&team.manager, &team.member] {
        client.post_bare(&undo).await.expect_problem(403, "forbidden");
    }
    let stranger = server.stranger().await;
    stranger.post_bare(&undo).await.expect_problem(404, "not_found");
    assert_eq!(stranger.get("/imports").await.json(), json!({"imports": []}));
    team.owner.post_bare("/imports/nonsense/undo").await.expect_problem(404, "not_found");
    assert_eq!(team.admin.post_bare(&undo).await.expect(200).json(), json!({"entries": 1, "seconds": 3600}));
}

#[tokio::test]
async fn undoing_takes_out_what_was_edited_since_and_its_history_keeps_every_version() {
    let (_server, owner) = TestServer::owner().await;
    let undo = import(&owner, "a.csv").await;
    let file = owner.get("/export?format=json&member_id=all").await.expect(200).json();
    let entry = &file["entries"][0];
    let path = format!("/timesheets/{}", entry["id"].as_str().expect("an id"));
    let edit = json!({"start": entry["start"], "end": "2026-02-02T12:00:00Z", "note": "longer"});
    owner.put(&path, 1, edit).await.expect(200);
    assert_eq!(owner.post_bare(&undo).await.expect(200).json(), json!({"entries": 1, "seconds": 10_800}));
    assert_eq!(owner.get(&path).await.json()["deleted"], true);
    let history = owner.get(format!("{path}/history")).await.expect(200).json();
    assert_eq!(history["records"].as_array().map(Vec::len), Some(3), "{history}");
    assert_eq!(history["chain"]["verified"], true);
}

#[tokio::test]
async fn an_import_repeated_after_its_undo_says_who_brought_it_again_and_when() {
    let (server, team) = TestServer::team().await;
    let undo = import(&team.admin, "a.csv").await;
    team.owner.post_bare(undo).await.expect(200);
    server.time.advance(600);
    import(&team.owner, "b.csv").await;
    let list = team.admin.get("/imports").await.expect(200).json();
    let listed = &list["imports"][0];
    assert_eq!((&listed["created_at"], &listed["undone_at"]), (&json!("2026-03-02T08:10:00Z"), &json!(null)));
    assert_eq!((&listed["file_name"], &listed["entries"]), (&json!("b.csv"), &json!(1)));
    assert_eq!(listed["member_id"], json!(team.owner.member_id()));
}
