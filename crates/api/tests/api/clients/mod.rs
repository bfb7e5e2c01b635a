//! `/clients`

mod edit;

use serde_json::json;

use crate::support::TestServer;

#[tokio::test]
async fn a_manager_makes_a_client_that_everyone_sees() {
    let (server, team) = TestServer::team().await;
    let answer = team.manager.post("/clients", json!({"name": "Royal Society"})).await.expect(201);
    let client = answer.json();
    assert_eq!(client["archived"], false);
    assert_eq!((answer.version(), &client["version"]), (1, &json!(1)));
    let location = answer.header("location").strip_prefix("/api").expect("under the mount");
    let shown = team.member.get(location).await.expect(200);
    assert_eq!((shown.version(), shown.json()), (1, client.clone()));
    assert_eq!(team.member.get("/clients").await.json(), json!({"clients": [client]}));
    let stranger = server.stranger().await;
    assert_eq!(stranger.get("/clients").await.json(), json!({"clients": []}));
    stranger.get(location).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn a_name_is_taken_once_and_members_take_none() {
    let (_server, team) = TestServer::team().await;
    team.member.post("/clients", json!({"name": "Mine"})).await.expect_problem(403, "forbidden");
    team.manager.post("/clients", json!({"name": "Acme"})).await.expect(201);
    let problem = team.manager.post("/clients", json!({"name": "ACME"})).await;
    let problem = problem.expect_problem(409, "duplicate");
    assert!(problem["detail"].as_str().expect("a detail").contains("“Acme”"), "{problem}");
}
