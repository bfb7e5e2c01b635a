//! `POST /members`

use serde_json::{Value, json};
use vibesheets_core::{CommandId, journal::Actor, store::Scope};

use crate::support::{PASSWORD, TestServer, post};

fn link(added: &Value) -> &str {
    added["invitation"]["url"].as_str().expect("a link")
}

fn token(link: &str) -> &str {
    link.strip_prefix("http://localhost:3000/invitation#").expect("our own address")
}

#[tokio::test]
async fn an_admin_adds_somebody_whose_link_lets_them_in() {
    let (server, team) = TestServer::team().await;
    let body = json!({"name": "Nora", "email": "Nora@Example.com", "role": "manager"});
    let answer = team.admin.post("/members", body).await.expect(201);
    let added = answer.json();
    let member = &added["member"];
    assert_eq!((&member["name"], &member["email"]), (&json!("Nora"), &json!("nora@example.com")));
    assert_eq!((&member["role"], &member["sign_in"]), (&json!("manager"), &json!("invited")));
    assert_eq!(member["time_zone"], "Europe/Vienna");
    assert_eq!(added["invitation"]["expires_at"], "2026-03-09T08:00:00Z");
    let location = answer.header("location").strip_prefix("/api").expect("under the mount");
    assert_eq!(&team.admin.get(location).await.expect(200).json(), member);

    let invitation = token(link(&added));
    let offer = server.anonymous().post("/auth/invitation", json!({"invitation": invitation})).await;
    assert_eq!(offer.expect(200).json()["name"], "Nora");
    let sign_up = json!({
        "email": "nora@example.com", "password": PASSWORD, "name": "Nora",
        "time_zone": "Europe/Vienna", "invitation": invitation,
    });
    let me = server.anonymous().post("/auth/signup", sign_up).await.expect(201).json();
    assert_eq!((&me["member"]["id"], &me["member"]["role"]), (&member["id"], &json!("manager")));
    assert_eq!(team.admin.get(location).await.json()["sign_in"], "active");
}

#[tokio::test]
async fn without_an_address_nobody_is_invited() {
    let (_server, owner) = TestServer::owner().await;
    let body = json!({"name": "Kiosk", "role": "member", "time_zone": "Asia/Tokyo"});
    let added = owner.post("/members", body).await.expect(201).json();
    assert_eq!((&added["invitation"], &added["member"]["sign_in"]), (&Value::Null, &json!("none")));
    assert_eq!(
        (&added["member"]["email"], &added["member"]["time_zone"]),
        (&Value::Null, &json!("Asia/Tokyo"))
    );
}

#[tokio::test]
async fn sent_twice_with_one_key_it_tells_the_same_link_and_keeps_no_secret() {
    let (server, owner) = TestServer::owner().await;
    let body = json!({"name": "Nora", "email": "nora@example.com", "role": "member"});
    let ask = post("/members").key(1).json(&body);
    let first = owner.ask(ask.clone()).await.expect(201);
    let again = owner.ask(ask).await.expect(201);
    assert_eq!(first.body, again.body);
    assert_eq!(first.header("location"), again.header("location"));
    let members = owner.get("/members").await.json();
    assert_eq!(members["members"].as_array().map(Vec::len), Some(2));

    let me = owner.get("/me").await.json();
    let organisation = me["organisation"]["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
    let scope = Scope { organisation, actor: Actor::Member(owner.member_id()) };
    let command: CommandId = "0190e9f3-0c1e-7a3b-8a51-000000000001".parse().expect("an id");
    let kept = server.state.store.find_applied(&scope, command).await.expect("the store works");
    let kept = String::from_utf8(kept.expect("the kept answer").answer.0).expect("text");
    let first = first.json();
    let secret = token(link(&first)).rsplit('.').next().expect("a secret");
    assert!(kept.contains("nora@example.com") && !kept.contains(secret), "{kept}");
}

#[tokio::test]
async fn managers_add_nobody_and_admins_no_owners() {
    let (_server, team) = TestServer::team().await;
    let body = |role| json!({"name": "Nora", "role": role});
    for client in [&team.manager, &team.member] {
        client.post("/members", body("member")).await.expect_problem(403, "forbidden");
    }
    team.admin.post("/members", body("owner")).await.expect_problem(403, "forbidden");
    team.owner.post("/members", body("owner")).await.expect(201);
}

#[tokio::test]
async fn an_address_belongs_to_one_member() {
    let (_server, team) = TestServer::team().await;
    let body = json!({"name": "Second Mia", "email": "MIA@example.com", "role": "member"});
    let problem = team.owner.post("/members", body).await.expect_problem(409, "duplicate");
    assert!(problem["detail"].as_str().expect("a detail").contains("Mia"), "{problem}");
}

#[tokio::test]
async fn what_cannot_be_is_named() {
    let (_server, owner) = TestServer::owner().await;
    for (field, body) in [
        ("/role", json!({"name": "Nora"})),
        ("/role", json!({"name": "Nora", "role": "boss"})),
        ("/name", json!({"role": "member"})),
        ("/email", json!({"name": "Nora", "role": "member", "email": "nora"})),
        ("/time_zone", json!({"name": "Nora", "role": "member", "time_zone": "Mars"})),
        ("/locale", json!({"name": "Nora", "role": "member", "locale": "de"})),
    ] {
        owner.post("/members", body).await.expect_invalid(field);
    }
}
