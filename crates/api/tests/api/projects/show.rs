//! `GET /projects/{id}`

use super::made;
use crate::support::TestServer;

#[tokio::test]
async fn a_project_has_its_version_as_etag() {
    let (_server, team) = TestServer::team().await;
    let project = made(&team.manager, "Loom").await;
    let path = format!("/projects/{}", project["id"].as_str().expect("an id"));
    let answer = team.member.get(path).await.expect(200);
    assert_eq!((answer.version(), answer.json()), (1, project));
}

#[tokio::test]
async fn unknown_foreign_and_malformed_ids_are_told_alike() {
    let (server, owner) = TestServer::owner().await;
    let stranger = server.stranger().await;
    let foreign = made(&stranger, "Theirs").await;
    let foreign = foreign["id"].as_str().expect("an id");
    for id in [foreign, "0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42", "1", "x%00"] {
        let problem = owner.get(format!("/projects/{id}")).await.expect_problem(404, "not_found");
        assert_eq!(problem["detail"], "There is no such project.");
    }
}
