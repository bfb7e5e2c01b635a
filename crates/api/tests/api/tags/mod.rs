//! `/tags`

use serde_json::json;

use crate::support::{TestServer, patch};

#[tokio::test]
async fn a_manager_suggests_a_label_to_everyone() {
    let (server, team) = TestServer::team().await;
    team.member.post("/tags", json!({"name": "mine"})).await.expect_problem(403, "forbidden");
    let answer = team.manager.post("/tags", json!({"name": "on site"})).await.expect(201);
    let tag = answer.json();
    let location = answer.header("location").strip_prefix("/api").expect("under the mount");
    let shown = team.member.get(location).await.expect(200);
    assert_eq!((shown.version(), shown.json()), (1, tag.clone()));
    assert_eq!(team.member.get("/tags").await.json(), json!({"tags": [tag]}));
    server.stranger().await.get(location).await.expect_problem(404, "not_found");
    team.manager.post("/tags", json!({"name": "On Site"})).await.expect_problem(409, "duplicate");
    let long = json!({"name": "x".repeat(61)});
    assert!(team.manager.post("/tags", long).await.expect_invalid("/name").contains("60"));
}

#[tokio::test]
async fn archiving_a_tag_changes_no_entry_that_carries_it() {
    let (_server, owner) = TestServer::owner().await;
    let tag = owner.post("/tags", json!({"name": "on site"})).await.expect(201).json();
    let path = format!("/tags/{}", tag["id"].as_str().expect("an id"));
    let entry = owner.post("/clock", json!({"action": "in", "tags": ["on site"]})).await.expect(200).json();
    let archived = owner.patch(&path, 1, json!({"archived": true})).await.expect(200);
    assert_eq!((archived.version(), &archived.json()["archived"]), (2, &json!(true)));
    assert_eq!(owner.get("/status").await.json()["entry"], entry["entry"]);
}

#[tokio::test]
async fn an_edit_needs_the_version_and_the_role() {
    let (_server, team) = TestServer::team().await;
    let tag = team.owner.post("/tags", json!({"name": "remote"})).await.expect(201).json();
    let path = format!("/tags/{}", tag["id"].as_str().expect("an id"));
    let rename = json!({"name": "at home"});
    let blind = team.manager.ask(patch(&path).json(&rename)).await;
    assert_eq!(blind.expect_problem(428, "precondition_required")["current"], 1);
    team.member.patch(&path, 1, rename.clone()).await.expect_problem(403, "forbidden");
    let stale = team.manager.patch(&path, 2, rename.clone()).await;
    assert_eq!(stale.expect_problem(412, "precondition_failed")["current"], 1);
    assert_eq!(team.manager.patch(&path, 1, rename).await.expect(200).json()["name"], "at home");
}
