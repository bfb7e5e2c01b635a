//! `GET /projects`

use serde_json::json;

use super::made;
use crate::support::TestServer;

#[tokio::test]
async fn everyone_sees_all_of_their_organisation_by_name_archived_ones_too() {
    let (server, team) = TestServer::team().await;
    let stranger = server.stranger().await;
    let zebra = made(&team.owner, "Zebra").await;
    made(&team.owner, "Apple").await;
    made(&stranger, "Theirs").await;
    let path = format!("/projects/{}", zebra["id"].as_str().expect("an id"));
    team.owner.patch(&path, 1, json!({"archived": true})).await.expect(200);
    for client in [&team.owner, &team.admin, &team.manager, &team.member] {
        let list = client.get("/projects").await.expect(200).json();
        let seen: Vec<_> = list["projects"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|project| (project["name"].clone(), project["archived"].clone()))
            .collect();
        assert_eq!(seen, [(json!("Apple"), json!(false)), (json!("Zebra"), json!(true))]);
    }
}

#[tokio::test]
async fn nobody_sees_any_without_signing_in() {
    let (server, _) = TestServer::owner().await;
    server.anonymous().get("/projects").await.expect_problem(401, "not_signed_in");
}
