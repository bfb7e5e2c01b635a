//! Questions that no report answers, and who may ask whose.

use crate::support::TestServer;

const RANGE: &str = "start_date=2026-03-01&end_date=2026-03-31";

#[tokio::test]
async fn every_parameter_is_checked() {
    let (_server, owner) = TestServer::owner().await;
    for group_by in
        ["", "week", "date,", "date,date", "Date", "date,project,client,member", "date;project", "date%00"]
    {
        let said =
            owner.get(format!("/reports?{RANGE}&group_by={group_by}")).await.expect_invalid("/group_by");
        assert!(said.contains("date, project, client, member and tag"), "{said}");
    }
    for (query, pointer) in [
        (format!("/reports?{RANGE}"), "/group_by"),
        ("/reports?group_by=date&end_date=2026-03-01".to_owned(), "/start_date"),
        ("/reports?group_by=date&start_date=2026-01-01&end_date=2027-01-02".to_owned(), "/end_date"),
        ("/reports?group_by=date&start_date=2026-03-02&end_date=2026-03-01".to_owned(), "/end_date"),
        ("/reports?group_by=date&start_date=9999-99-99&end_date=2026-03-01".to_owned(), "/start_date"),
        (format!("/reports?{RANGE}&group_by=date&client_id=Mint"), "/client_id"),
        (format!("/reports?{RANGE}&group_by=date&limit=1"), "/limit"),
    ] {
        owner.get(&*query).await.expect_invalid(pointer);
    }
}

#[tokio::test]
async fn members_see_their_own_and_managers_everybodys() {
    let (server, team) = TestServer::team().await;
    let of = |whose: &str| format!("/reports?{RANGE}&group_by=member&member_id={whose}");
    let hers = of(&team.member.member_id().to_string());
    team.member.get(&*hers).await.expect(200);
    team.member.get(of("all")).await.expect_problem(403, "forbidden");
    team.member.get(of(&team.owner.member_id().to_string())).await.expect_problem(404, "not_found");
    for client in [&team.manager, &team.admin, &team.owner] {
        client.get(&*hers).await.expect(200);
        client.get(of("all")).await.expect(200);
    }
    server.stranger().await.get(&*hers).await.expect_problem(404, "not_found");
}
