//! `POST /auth/invitation`

use serde_json::json;
use vibesheets_api::{ApiSettings, Secret};
use vibesheets_core::Role;

use crate::support::{PASSWORD, TestServer, settings};

#[tokio::test]
async fn an_invitation_tells_who_invites_whom_until_it_is_used() {
    let (server, owner) = TestServer::owner().await;
    let token = server.invite(&owner, "Mia", Role::Member).await;
    let body = json!({"invitation": token});
    let offer = server.anonymous().post("/auth/invitation", body.clone()).await.expect(200).json();
    assert_eq!(offer["organisation"]["name"], "Olga’s");
    assert_eq!(offer["email"], "mia@example.com");
    assert_eq!((&offer["name"], &offer["role"]), (&json!("Mia"), &json!("member")));

    let mia = json!({
        "email": "mia@example.com", "password": PASSWORD, "name": "Mia",
        "time_zone": "Europe/Vienna", "invitation": token, "locale": "de",
    });
    let me = server.anonymous().post("/auth/signup", mia).await.expect(201).json();
    assert_eq!((&me["member"]["locale"], &me["organisation"]["name"]), (&json!("de"), &json!("Olga’s")));
    server.anonymous().post("/auth/invitation", body).await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn an_invitation_works_no_longer_once_the_session_key_was_replaced() {
    let (server, owner, store) = TestServer::instrumented().await;
    let token = server.invite(&owner, "Mia", Role::Member).await;
    let replaced = TestServer::over(store, ApiSettings { secret: Secret([8; 32]), ..settings() });
    let mia = json!({
        "email": "mia@example.com", "password": PASSWORD, "name": "Mia", "time_zone": "UTC", "invitation": token,
    });
    let offer = json!({"invitation": token});
    replaced.anonymous().post("/auth/invitation", offer.clone()).await.expect_problem(404, "not_found");
    replaced.anonymous().post("/auth/signup", mia).await.expect_problem(404, "not_found");
    server.anonymous().post("/auth/invitation", offer).await.expect(200);
}

#[tokio::test]
async fn unknown_forged_and_late_invitations_are_told_alike() {
    let (server, owner) = TestServer::owner().await;
    let token = server.invite(&owner, "Mia", Role::Member).await;
    let (rest, secret) = token.rsplit_once('.').expect("three parts");
    let forged = format!("{rest}.{}", secret.chars().rev().collect::<String>());
    server.time.advance(7 * 86_400);
    let mut told = Vec::new();
    for text in ["", "x", &forged, &token] {
        let problem = server
            .anonymous()
            .post("/auth/invitation", json!({"invitation": text}))
            .await
            .expect_problem(404, "not_found");
        told.push(problem["detail"].clone());
    }
    told.dedup();
    assert_eq!(told.len(), 1, "{told:?}");
}
