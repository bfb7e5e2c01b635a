//! `PATCH /clients/{id}`

use serde_json::json;

use crate::support::{TestServer, patch};

#[tokio::test]
async fn a_client_is_archived_only_after_its_projects() {
    let (_server, owner) = TestServer::owner().await;
    let client = owner.post("/clients", json!({"name": "Acme"})).await.expect(201).json();
    let path = format!("/clients/{}", client["id"].as_str().expect("an id"));
    let body = json!({"name": "Website", "client_id": client["id"]});
    let project = owner.post("/projects", body).await.expect(201).json();
    let problem = owner.patch(&path, 1, json!({"archived": true})).await.expect_problem(409, "not_allowed");
    assert!(problem["detail"].as_str().expect("a detail").contains("1 active project"), "{problem}");
    let project = format!("/projects/{}", project["id"].as_str().expect("an id"));
    owner.patch(project, 1, json!({"archived": true})).await.expect(200);
    let archived = owner.patch(&path, 1, json!({"archived": true})).await.expect(200);
    assert_eq!((archived.version(), &archived.json()["archived"]), (2, &json!(true)));
    let body = json!({"name": "Shop", "client_id": client["id"]});
    assert!(owner.post("/projects", body).await.expect_invalid("/client_id").contains("archived"));
}

#[tokio::test]
async fn an_edit_needs_the_version_and_the_role() {
    let (_server, team) = TestServer::team().await;
    let client = team.owner.post("/clients", json!({"name": "Acme"})).await.expect(201).json();
    let path = format!("/clients/{}", client["id"].as_str().expect("an id"));
    let rename = json!({"name": "Acme Ltd"});
    let blind = team.manager.ask(patch(&path).json(&rename)).await;
    assert_eq!(blind.expect_problem(428, "precondition_required")["current"], 1);
    team.member.patch(&path, 1, rename.clone()).await.expect_problem(403, "forbidden");
    let stale = team.manager.patch(&path, 4, rename.clone()).await;
    assert_eq!(stale.expect_problem(412, "precondition_failed")["current"], 1);
    assert_eq!(team.manager.patch(&path, 1, rename).await.expect(200).json()["name"], "Acme Ltd");
}
