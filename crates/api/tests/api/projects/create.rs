//! `POST /projects`

use serde_json::json;

use crate::support::{TestServer, post};

#[tokio::test]
async fn a_manager_makes_a_project_and_is_told_where_it_is() {
    let (_server, team) = TestServer::team().await;
    let answer = team.manager.post("/projects", json!({"name": "  Difference Engine "})).await.expect(201);
    let project = answer.json();
    assert_eq!(project["name"], "Difference Engine");
    assert_eq!(project["client_id"], json!(null));
    assert_eq!((&project["color"], &project["billable"]), (&json!(1), &json!(false)));
    assert_eq!((&project["archived"], &project["version"]), (&json!(false), &json!(1)));
    assert_eq!(answer.version(), 1);
    let location = answer.header("location").strip_prefix("/api").expect("under the mount");
    assert_eq!(team.member.get(location).await.expect(200).json(), project);
}

#[tokio::test]
async fn what_is_said_about_it_stands_and_colours_come_in_turn() {
    let (_server, owner) = TestServer::owner().await;
    let client = owner.post("/clients", json!({"name": "Royal Society"})).await.expect(201).json();
    let body = json!({"name": "Tables", "client_id": client["id"], "color": 12, "billable": true});
    let project = owner.post("/projects", body).await.expect(201).json();
    assert_eq!(project["client_id"], client["id"]);
    assert_eq!((&project["color"], &project["billable"]), (&json!(12), &json!(true)));
    let second = owner.post("/projects", json!({"name": "Loom"})).await.expect(201).json();
    assert_eq!(second["color"], 2);
}

#[tokio::test]
async fn a_member_makes_none() {
    let (_server, team) = TestServer::team().await;
    team.member.post("/projects", json!({"name": "Mine"})).await.expect_problem(403, "forbidden");
    assert_eq!(team.owner.get("/projects").await.json(), json!({"projects": []}));
}

#[tokio::test]
async fn a_name_is_taken_per_client_whatever_the_letter_case() {
    let (_server, owner) = TestServer::owner().await;
    let client = owner.post("/clients", json!({"name": "Royal Society"})).await.json();
    owner.post("/projects", json!({"name": "Website"})).await.expect(201);
    let problem = owner.post("/projects", json!({"name": "WEBSITE"})).await.expect_problem(409, "duplicate");
    assert!(problem["detail"].as_str().expect("a detail").contains("“Website”"), "{problem}");
    owner.post("/projects", json!({"name": "Website", "client_id": client["id"]})).await.expect(201);
}

#[tokio::test]
async fn what_cannot_be_is_named() {
    let (server, owner) = TestServer::owner().await;
    let stranger = server.stranger().await;
    let foreign = stranger.post("/clients", json!({"name": "Theirs"})).await.json();
    let refused = async |body| owner.post("/projects", body).await;
    let unknown = refused(json!({"name": "A", "client_id": foreign["id"]})).await;
    assert!(unknown.expect_invalid("/client_id").contains("no such client"));
    assert!(refused(json!({})).await.expect_invalid("/name").contains("missing"));
    assert!(refused(json!({"name": " "})).await.expect_invalid("/name").contains("empty"));
    assert!(refused(json!({"name": "A", "color": 13})).await.expect_invalid("/color").contains("1 to 12"));
    refused(json!({"name": "A", "colour": 1})).await.expect_invalid("/colour");
    assert_eq!(owner.get("/projects").await.json(), json!({"projects": []}));
}

#[tokio::test]
async fn sent_twice_with_one_key_it_is_made_once_and_told_alike() {
    let (_server, owner) = TestServer::owner().await;
    let ask = post("/projects").key(1).json(&json!({"name": "Loom"}));
    let first = owner.ask(ask.clone()).await.expect(201);
    let again = owner.ask(ask).await.expect(201);
    assert_eq!(first.body, again.body);
    assert_eq!(first.header("location"), again.header("location"));
    assert_eq!(owner.get("/projects").await.json()["projects"].as_array().map(Vec::len), Some(1));
    let other = post("/projects").key(1).json(&json!({"name": "Other"}));
    owner.ask(other).await.expect_problem(422, "idempotency_key_reused");
}
