//! `POST /auth/token`, and tokens that are not ours.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use serde_json::{Value, json};
use vibesheets_api::{ApiSettings, Secret, auth::Tokens};

use crate::support::{Client, PASSWORD, TestServer, get, settings};

#[tokio::test]
async fn a_program_gets_a_token_for_an_hour() {
    let (server, _) = TestServer::owner().await;
    let body = json!({"email": "olga@example.com", "password": PASSWORD});
    let answer = server.program().post("/auth/token", body).await.expect(200);
    assert_eq!(answer.header("set-cookie"), "");
    let token = answer.json();
    assert_eq!((&token["token_type"], &token["expires_in"]), (&json!("Bearer"), &json!(3600)));
    let bearer = format!("Bearer {}", token["access_token"].as_str().expect("a token"));
    let me = || get("/me").header("authorization", &bearer);
    server.program().ask(me()).await.expect(200);
    server.time.advance(3599);
    server.program().ask(me()).await.expect(200);
    server.time.advance(1);
    server.program().ask(me()).await.expect_problem(401, "not_signed_in");
    assert!(bearer.len() < 1536, "{} bytes", bearer.len());
}

async fn refused(client: &Client, token: &str) {
    let ask = get("/me").header("authorization", &format!("Bearer {token}"));
    let answer = client.ask(ask).await;
    assert_eq!(answer.header("www-authenticate"), "Bearer");
    answer.expect_problem(401, "not_signed_in");
}

fn part(value: &Value) -> String {
    BASE64.encode(value.to_string())
}

#[tokio::test]
async fn a_token_that_is_bent_is_no_token() {
    let (server, owner) = TestServer::owner().await;
    let client = server.program();
    let good = owner.token();
    let [header, payload, signature] = good.split('.').collect::<Vec<_>>()[..] else { panic!("three parts") };
    let claims: Value = serde_json::from_slice(&BASE64.decode(payload).expect("base64")).expect("JSON");
    let mut richer = claims.clone();
    richer["member"] = json!("0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42");
    let none = part(&json!({"alg": "none", "typ": "JWT"}));
    let spaced = BASE64.encode(r#"{ "alg":"HS256","typ":"JWT"}"#);
    // The last character of 43 carries two bits that no byte has.
    let last = signature.chars().last().expect("a character");
    let stray = if last == 'A' { 'B' } else { char::from(last as u8 + 1) };
    for bent in [
        String::new(),
        "..".to_owned(),
        format!("{header}.{payload}"),
        format!("{header}.{payload}."),
        format!("{header}.{payload}.{signature}."),
        format!("{header}.{payload}.{signature}="),
        format!("{header}.{payload}.{}{stray}", &signature[..signature.len() - 1]),
        format!("{header}.{}.{signature}", part(&richer)),
        format!("{none}.{payload}."),
        format!("{none}.{payload}.{signature}"),
        format!("{spaced}.{payload}.{signature}"),
        format!("{header}.{payload}.{}", "A".repeat(43)),
        format!("{header}.{payload}.{signature}{}", "A".repeat(2000)),
        good.to_uppercase(),
    ] {
        refused(&client, &bent).await;
    }
    for scheme in ["", "Bearer", "Basic b2xnYTp4", &format!("Token {good}")] {
        let answer = client.ask(get("/me").header("authorization", scheme)).await;
        answer.expect_problem(401, "not_signed_in");
    }
}

/// Whoever has the secret can sign anything: it still must be one of our tokens, of a session that goes on.
#[tokio::test]
async fn well_signed_claims_of_another_shape_are_refused() {
    let (server, owner) = TestServer::owner().await;
    let client = server.program();
    let key = settings().secret.key_for("vibesheets token 1");
    let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, &key);
    let [header, payload, _] = owner.token().split('.').collect::<Vec<_>>()[..] else {
        panic!("three parts")
    };
    let sign = |payload: &str| {
        let signed = format!("{header}.{}", BASE64.encode(payload));
        let signature = BASE64.encode(aws_lc_rs::hmac::sign(&key, signed.as_bytes()));
        format!("{signed}.{signature}")
    };
    let good: Value = serde_json::from_slice(&BASE64.decode(payload).expect("base64")).expect("JSON");
    let ask = |token: &str| get("/me").header("authorization", &format!("Bearer {token}"));
    client.ask(ask(&sign(&good.to_string()))).await.expect(200);

    let now = good["iat"].as_i64().expect("a time");
    for (claim, value) in [
        ("iss", json!("http://localhost:3001")),
        ("iss", json!(["vibesheets"])),
        ("aud", json!("another")),
        ("aud", json!(["vibesheets"])),
        ("sub", json!("")),
        ("sub", json!("0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42")),
        ("org", json!("0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42")),
        ("member", json!("0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42")),
        ("sid", json!("0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42")),
        ("exp", json!(now + 86_400)),
        ("exp", json!(now)),
        ("exp", json!((now + 3600).to_string())),
        ("exp", json!(null)),
        ("iat", json!(now + 61)),
        ("iat", json!(i64::MIN)),
        ("nbf", json!(now)),
        ("admin", json!(true)),
    ] {
        let mut claims = good.clone();
        claims[claim] = value;
        refused(&client, &sign(&claims.to_string())).await;
    }
    let text = good.to_string();
    refused(&client, &sign(&text.replacen('{', &format!("{{\"iat\":{now},"), 1))).await;
    refused(
        &client,
        &sign(&text.replace(&format!("\"exp\":{}", now + 3600), &format!("\"exp\":{}.0", now + 3600))),
    )
    .await;
    refused(&client, &sign("[]")).await;
}

#[tokio::test]
async fn a_session_outlives_a_change_of_the_servers_address() {
    let (server, owner) = TestServer::owner().await;
    let public_url = "https://time.example.com".parse().expect("a URL");
    let moved = Tokens::new(&ApiSettings { public_url, ..settings() });
    assert!(moved.verify(owner.token(), server.state.time.now()).is_some());
}

#[tokio::test]
async fn a_token_of_another_servers_secret_is_refused() {
    let (server, owner) = TestServer::owner().await;
    let other = Tokens::new(&ApiSettings { secret: Secret([8; 32]), ..settings() });
    let claims =
        Tokens::new(&settings()).verify(owner.token(), server.state.time.now()).expect("the owner's token");
    let session = server.state.store.find_session(claims.sub, claims.sid).await.expect("the store works");
    let session = session.expect("a session");
    refused(&server.program(), &other.issue(&session)).await;
    refused(&server.program(), &format!("{}x", owner.token())).await;
}
