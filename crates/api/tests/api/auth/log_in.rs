//! `POST /auth/login`

use serde_json::json;
use vibesheets_api::{ApiSettings, SignUpMode};
use vibesheets_core::Role;

use crate::support::{PASSWORD, TestServer, get, post, settings};

#[tokio::test]
async fn a_password_becomes_a_cookie() {
    let (server, _) = TestServer::owner().await;
    let body = json!({"email": " OLGA@example.com", "password": PASSWORD});
    let ask = post("/auth/login").json(&body).header("user-agent", "Firefox");
    let answer = server.anonymous().ask(ask).await.expect(204);
    let cookie = answer.header("set-cookie").split("; ").next().expect("a cookie").to_owned();
    let sessions =
        server.anonymous().ask(get("/sessions").header("cookie", &cookie)).await.expect(200).json();
    let current = sessions["sessions"].as_array().expect("sessions").iter().find(|it| it["current"] == true);
    assert_eq!(current.expect("the current one")["user_agent"], "Firefox");
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_are_told_alike() {
    let (server, owner) = TestServer::owner().await;
    let stranger = server.stranger().await;
    let elsewhere = stranger.get("/me").await.json()["organisation"]["id"].clone();
    let mia = server.join(&owner, "Mia", Role::Member).await;
    server.archive(&owner, &mia).await;
    let mut told = Vec::new();
    for body in [
        json!({"email": "olga@example.com", "password": "correct horse battery stapler"}),
        json!({"email": "nobody@example.com", "password": PASSWORD}),
        json!({"email": "olga@example.com", "password": PASSWORD, "organisation": elsewhere}),
        json!({"email": "mia@example.com", "password": PASSWORD}),
        json!({"email": "olga@example.com", "password": ""}),
    ] {
        let answer = server.anonymous().post("/auth/login", body).await;
        assert_eq!(answer.header("set-cookie"), "");
        told.push(answer.expect_problem(401, "wrong_credentials")["detail"].clone());
    }
    told.dedup();
    assert_eq!(told.len(), 1, "{told:?}");
}

#[tokio::test]
async fn somebody_in_two_organisations_says_which() {
    let server = TestServer::with(ApiSettings { sign_up: SignUpMode::Open, ..settings() });
    let browser = server.anonymous();
    let mut ids = Vec::new();
    for name in ["Engines", "Looms"] {
        let body = json!({
            "email": "ada@example.com", "password": PASSWORD, "name": "Ada", "time_zone": "UTC", "organisation": name,
        });
        let body = server.with_code(body);
        ids.push(browser.post("/auth/signup", body).await.expect(201).json()["organisation"]["id"].clone());
        server.time.advance(1);
    }
    for (organisation, expected) in [(None, &ids[0]), (Some(&ids[1]), &ids[1]), (Some(&ids[0]), &ids[0])] {
        let body = json!({"email": "ada@example.com", "password": PASSWORD, "organisation": organisation});
        let answer = browser.post("/auth/login", body).await.expect(204);
        let cookie = answer.header("set-cookie").split("; ").next().expect("a cookie").to_owned();
        let me = browser.ask(get("/me").header("cookie", &cookie)).await.expect(200).json();
        assert_eq!(&me["organisation"]["id"], expected);
    }
}

#[tokio::test]
async fn over_https_the_cookie_is_bound_to_the_host() {
    let https = ApiSettings { public_url: "https://time.example.com".parse().expect("a URL"), ..settings() };
    let server = TestServer::with(https);
    server.stranger().await;
    let body = json!({"email": "sam@example.com", "password": PASSWORD});
    let answer = server.anonymous().post("/auth/login", body).await.expect(204);
    let cookie = answer.header("set-cookie").to_owned();
    assert!(cookie.starts_with("__Host-vibesheets=ey"), "{cookie}");
    assert!(cookie.ends_with("; Path=/; Max-Age=3600; HttpOnly; SameSite=Strict; Secure"), "{cookie}");
    let pair = cookie.split("; ").next().expect("a cookie");
    server.anonymous().ask(get("/me").header("cookie", pair)).await.expect(200);
    let planted = pair.replace("__Host-", "");
    server.anonymous().ask(get("/me").header("cookie", &planted)).await.expect_problem(401, "not_signed_in");
}
