//! `/me`

mod password;

use serde_json::json;
use vibesheets_core::Role;

use crate::support::{Ask, TestServer, patch};

fn edit(body: serde_json::Value) -> Ask {
    patch("/me").json(&body)
}

#[tokio::test]
async fn somebody_changes_their_settings_and_sees_them_at_once() {
    let (server, owner) = TestServer::owner().await;
    let mia = server.join(&owner, "Mia", Role::Member).await;
    let body = json!({"name": "Mia Wallace", "time_zone": "asia/kathmandu", "locale": "de", "duration_format": "decimal"});
    let answer = mia.ask(edit(body)).await.expect(200);
    let member = &answer.json()["member"];
    assert_eq!(member["name"], "Mia Wallace");
    assert_eq!(member["time_zone"], "Asia/Kathmandu");
    assert_eq!((&member["locale"], &member["duration_format"]), (&json!("de"), &json!("decimal")));
    assert_eq!(mia.get("/me").await.json(), answer.json());
    let name = mia.ask(edit(json!({"name": "Mia"}))).await.expect(200).json();
    assert_eq!((&name["member"]["name"], &name["member"]["locale"]), (&json!("Mia"), &json!("de")));
}

#[tokio::test]
async fn a_repeated_change_gives_its_first_answer_byte_for_byte() {
    let (server, owner) = TestServer::owner().await;
    let change = edit(json!({"name": "Olga Tokarczuk"})).key(1);
    let first = owner.ask(change.clone()).await.expect(200);
    server.time.advance(3000);
    owner.ask(edit(json!({"name": "O."}))).await.expect(200);
    let again = owner.ask(change.clone()).await.expect(200);
    assert_eq!(again.body, first.body);
    assert_eq!(owner.get("/me").await.json()["member"]["name"], "O.");

    let other = edit(json!({"name": "Somebody else"})).key(1);
    owner.ask(other).await.expect_problem(422, "idempotency_key_reused");
    // Keys are each actor's own.
    let mia = server.join(&owner, "Mia", Role::Member).await;
    assert_eq!(mia.ask(change).await.expect(200).json()["member"]["role"], "member");
}

#[tokio::test]
async fn an_idempotency_key_is_a_uuid() {
    let (_server, owner) = TestServer::owner().await;
    for key in ["1", "", "{0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42}", "0190e9f30c1e7a3b8a513f2a9c1d7e42"] {
        let ask = edit(json!({"name": "O."})).header("idempotency-key", key);
        let problem = owner.ask(ask).await.expect_problem(422, "invalid");
        assert!(problem["detail"].as_str().is_some_and(|text| text.starts_with("Idempotency-Key must be")));
    }
    assert_eq!(owner.get("/me").await.json()["member"]["name"], "Olga");
}

#[tokio::test]
async fn what_is_wrong_is_named_and_nothing_changes() {
    let (_server, owner) = TestServer::owner().await;
    for (body, pointer) in [
        (json!({"name": null}), "/name"),
        (json!({"name": 7}), "/name"),
        (json!({"name": ""}), "/name"),
        (json!({"name": "x".repeat(121)}), "/name"),
        (json!({"time_zone": "CET+1"}), "/time_zone"),
        (json!({"locale": "EN"}), "/locale"),
        (json!({"duration_format": true}), "/duration_format"),
        (json!({"role": "owner"}), "/role"),
        (json!({"name": "New", "email": "x@example.com"}), "/email"),
    ] {
        owner.ask(edit(body)).await.expect_invalid(pointer);
    }
    assert_eq!(owner.get("/me").await.json()["member"]["version"], 1);
}
