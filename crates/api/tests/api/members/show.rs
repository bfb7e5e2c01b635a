//! `GET /members/{id}`

use crate::support::TestServer;

#[tokio::test]
async fn members_find_only_themselves_and_managers_everyone() {
    let (server, team) = TestServer::team().await;
    let path = |id| format!("/members/{id}");
    let (owner, member) = (path(team.owner.member_id()), path(team.member.member_id()));
    let own = team.member.get(&member).await.expect(200);
    assert_eq!(
        (own.version(), &own.json()["name"]),
        (own.json()["version"].as_u64().unwrap_or(0), &"Mia".into())
    );
    team.member.get(&owner).await.expect_problem(404, "not_found");
    assert_eq!(team.manager.get(&owner).await.expect(200).json()["role"], "owner");
    server.stranger().await.get(&owner).await.expect_problem(404, "not_found");
    team.owner.get("/members/0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42").await.expect_problem(404, "not_found");
}
