//! `POST /me/password`

use serde_json::{Value, json};
use vibesheets_core::Role;

use crate::support::{Client, PASSWORD, TestServer, get};

const NEXT: &str = "another horse battery staple";

fn change(current: &str) -> Value {
    json!({"current_password": current, "new_password": NEXT})
}

#[tokio::test]
async fn a_new_password_takes_the_place_of_the_old_and_ends_every_other_session() {
    let (server, owner) = TestServer::owner().await;
    let token = server.anonymous().post("/auth/token", sign_in(PASSWORD)).await.expect(200).json();
    let bearer = format!("Bearer {}", token["access_token"].as_str().expect("a token"));
    let elsewhere = async || server.program().ask(get("/me").header("authorization", &bearer)).await;
    elsewhere().await.expect(200);

    owner.post("/me/password", change(PASSWORD)).await.expect(204);
    owner.get("/me").await.expect(200);
    elsewhere().await.expect_problem(401, "not_signed_in");
    let old = server.anonymous().post("/auth/login", sign_in(PASSWORD)).await;
    old.expect_problem(401, "wrong_credentials");
    server.anonymous().post("/auth/login", sign_in(NEXT)).await.expect(204);
}

fn sign_in(password: &str) -> Value {
    json!({"email": "olga@example.com", "password": password})
}

async fn number_of_sessions(client: &Client) -> usize {
    client.get("/sessions").await.expect(200).json()["sessions"].as_array().expect("sessions").len()
}

#[tokio::test]
async fn whoever_is_signing_in_with_the_old_password_meanwhile_gets_no_session() {
    let (server, owner, store) = TestServer::instrumented().await;
    // The account is read, its password proven, and then its memberships are read.
    let mut proven = store.hold(store.calls().len() + 1);
    let thief = server.anonymous();
    let signing_in = tokio::spawn(async move { thief.post("/auth/login", sign_in(PASSWORD)).await });
    proven.made().await;
    owner.post("/me/password", change(PASSWORD)).await.expect(204);
    proven.go_on();
    signing_in.await.expect("an answer").expect_problem(401, "wrong_credentials");
    assert_eq!(number_of_sessions(&owner).await, 1);
}

#[tokio::test]
async fn whoever_joins_with_the_old_password_meanwhile_gets_no_session() {
    let (server, owner, store) = TestServer::instrumented().await;
    let sam = server.stranger().await;
    let invitation = server.invite(&owner, "Somebody", Role::Member).await;
    sam.get("/me").await.expect(200);
    let body = json!({
        "email": "sam@example.com", "password": PASSWORD, "name": "Sam", "time_zone": "UTC", "invitation": invitation,
    });
    // The invitation, its member and organisation, the account twice, and then what the invitation changes.
    let mut proven = store.hold(store.calls().len() + 5);
    let thief = server.anonymous();
    let joining = tokio::spawn(async move { thief.post("/auth/signup", body).await });
    proven.made().await;
    assert_eq!(store.calls().last(), Some(&"load_directory"));
    sam.post("/me/password", change(PASSWORD)).await.expect(204);
    proven.go_on();
    joining.await.expect("an answer").expect_problem(401, "wrong_credentials");
    assert_eq!(number_of_sessions(&sam).await, 1);
}

#[tokio::test]
async fn the_other_sessions_end_even_where_nobody_waits_for_the_answer_any_more() {
    let (server, owner, store) = TestServer::instrumented().await;
    let elsewhere = server.another_session(&owner).await;
    elsewhere.get("/me").await.expect(200);
    owner.get("/me").await.expect(200);
    // The account twice, its head, the account again; then it is written, and then the sessions end.
    let first = store.calls().len();
    let (mut written, mut ended) = (store.hold(first + 4), store.hold(first + 5));
    let asking = owner.clone();
    let request = tokio::spawn(async move { asking.post("/me/password", change(PASSWORD)).await });
    written.made().await;
    request.abort();
    assert!(request.await.is_err_and(|error| error.is_cancelled()));
    written.go_on();
    ended.made().await;
    ended.go_on();
    assert_eq!(store.calls()[first + 4..], ["write_account", "end_other_sessions"]);
    server.time.advance(6);
    elsewhere.get("/me").await.expect_problem(401, "not_signed_in");
    owner.get("/me").await.expect(200);
}

#[tokio::test]
async fn whoever_does_not_know_the_password_cannot_change_it() {
    let (server, owner) = TestServer::owner().await;
    let problem =
        owner.post("/me/password", change("a guess of a password")).await.expect_problem(422, "invalid");
    assert_eq!(problem["errors"][0]["pointer"], "/current_password");
    let short = json!({"current_password": PASSWORD, "new_password": "short"});
    let problem = owner.post("/me/password", short).await.expect_problem(422, "invalid");
    assert_eq!(problem["errors"][0]["pointer"], "/new_password");
    let body = json!({"email": "olga@example.com", "password": PASSWORD});
    server.anonymous().post("/auth/login", body).await.expect(204);
}
