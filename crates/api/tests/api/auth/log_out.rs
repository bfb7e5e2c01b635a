//! `POST /auth/logout`

use crate::support::TestServer;

#[tokio::test]
async fn signing_out_ends_the_session_at_once_wherever_its_token_is() {
    let (_server, owner) = TestServer::owner().await;
    owner.get("/me").await.expect(200);
    let answer = owner.post_bare("/auth/logout").await.expect(204);
    assert_eq!(answer.header("set-cookie"), "vibesheets=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
    owner.get("/me").await.expect_problem(401, "not_signed_in");
    owner.as_program().get("/me").await.expect_problem(401, "not_signed_in");
}

#[tokio::test]
async fn signing_out_twice_or_without_a_session_is_fine() {
    let (server, owner) = TestServer::owner().await;
    owner.post_bare("/auth/logout").await.expect(204);
    let answer = owner.post_bare("/auth/logout").await.expect(204);
    assert!(answer.header("set-cookie").starts_with("vibesheets=; "));
    server.anonymous().post_bare("/auth/logout").await.expect(204);
}

#[tokio::test]
async fn a_page_of_another_site_signs_nobody_out() {
    let (_server, owner) = TestServer::owner().await;
    let ask = crate::support::post("/auth/logout").header("sec-fetch-site", "cross-site");
    owner.ask(ask).await.expect_problem(403, "forbidden");
    owner.get("/me").await.expect(200);
}
