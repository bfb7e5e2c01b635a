//! `POST /me/password`

use serde_json::{Value, json};

use crate::support::{PASSWORD, TestServer, get};

const NEXT: &str = "another horse battery staple";

fn change(current: &str) -> Value {
    json!({"current_password": current, "new_password": NEXT})
}

#[tokio::test]
async fn a_new_password_takes_the_place_of_the_old_and_ends_every_other_session() {
    let (server, owner) = TestServer::owner().await;
    let sign_in = |password: &str| json!({"email": "olga@example.com", "password": password});
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
