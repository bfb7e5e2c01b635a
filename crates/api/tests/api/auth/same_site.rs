//! Requests that a page of another site makes a browser send.

use serde_json::json;

use crate::support::{Ask, PASSWORD, TestServer, get, patch, post};

fn rename() -> Ask {
    patch("/me").json(&json!({"name": "Mallory"}))
}

#[tokio::test]
async fn a_cookie_changes_something_only_for_our_own_page() {
    let (server, owner) = TestServer::owner().await;
    let cookie = format!("vibesheets={}", owner.token());
    let nobody = server.program();
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "nonsense"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://localhost:3001"),
        ("x-nothing", "neither header"),
    ] {
        let ask = rename().header("cookie", &cookie).header(name, value);
        nobody.ask(ask).await.expect_problem(403, "forbidden");
    }
    for (name, value) in
        [("sec-fetch-site", "same-origin"), ("sec-fetch-site", "none"), ("origin", "http://localhost:3000")]
    {
        let ask = rename().header("cookie", &cookie).header(name, value);
        nobody.ask(ask).await.expect(200);
    }
}

#[tokio::test]
async fn sec_fetch_site_is_believed_before_origin() {
    let (server, owner) = TestServer::owner().await;
    let ask = rename()
        .header("cookie", &format!("vibesheets={}", owner.token()))
        .header("sec-fetch-site", "cross-site")
        .header("origin", "http://localhost:3000");
    server.program().ask(ask).await.expect_problem(403, "forbidden");
}

#[tokio::test]
async fn reading_with_a_cookie_needs_no_more_than_the_cookie() {
    let (server, owner) = TestServer::owner().await;
    let ask = get("/me").header("cookie", &format!("other=1; vibesheets={}; x=y", owner.token()));
    server.program().ask(ask).await.expect(200);
}

#[tokio::test]
async fn a_token_that_only_programs_can_send_needs_no_page() {
    let (_server, owner) = TestServer::owner().await;
    owner.as_program().ask(rename()).await.expect(200);
    // A browser's extension may send both: the token decides.
    let ask = rename().header("sec-fetch-site", "cross-site");
    owner.as_program().ask(ask).await.expect(200);
}

#[tokio::test]
async fn another_site_cannot_sign_anybody_in_and_a_program_can() {
    let (server, _) = TestServer::owner().await;
    let login = || post("/auth/login").json(&json!({"email": "olga@example.com", "password": PASSWORD}));
    let cross = login().header("sec-fetch-site", "cross-site");
    server.program().ask(cross).await.expect_problem(403, "forbidden");
    let cross = login().header("origin", "https://evil.example");
    server.program().ask(cross).await.expect_problem(403, "forbidden");
    server.program().ask(login()).await.expect(204);
}

#[tokio::test]
async fn a_form_is_not_json() {
    let (_server, owner) = TestServer::owner().await;
    for content_type in ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data", ""] {
        let ask = patch("/me").body(content_type, r#"{"name":"Mallory"}"#);
        owner.ask(ask).await.expect_problem(415, "unsupported_media_type");
    }
}
