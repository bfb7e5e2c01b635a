//! `GET /auth`

use serde_json::json;
use vibesheets_api::{ApiSettings, DemoSignIn, SetupCode, SignUpMode};

use crate::support::{TestServer, settings};

#[tokio::test]
async fn an_empty_store_asks_to_be_set_up() {
    let server = TestServer::empty();
    let configuration = server.anonymous().get("/auth").await.expect(200).json();
    let expected = json!({
        "provider": "local", "issuer": null, "domain": null, "client_id": null, "audience": null, "scope": null,
        "signup": "setup", "setup_code_required": server.asks_for_code(), "demo": null,
    });
    assert_eq!(configuration, expected);
}

#[tokio::test]
async fn a_server_that_others_can_reach_asks_for_the_code_until_somebody_signed_up() {
    let code = Some(SetupCode("K7QF-2M9X".to_owned()));
    let server = TestServer::with(ApiSettings { setup_code: code, ..settings() });
    let before = server.anonymous().get("/auth").await.expect(200).json();
    assert_eq!((&before["signup"], &before["setup_code_required"]), (&json!("setup"), &json!(true)));
    server.stranger().await;
    let after = server.anonymous().get("/auth").await.expect(200).json();
    assert_eq!((&after["signup"], &after["setup_code_required"]), (&json!("invite"), &json!(false)));
}

#[tokio::test]
async fn an_open_server_says_so() {
    let server = TestServer::with(ApiSettings { sign_up: SignUpMode::Open, ..settings() });
    server.stranger().await;
    assert_eq!(server.anonymous().get("/auth").await.expect(200).json()["signup"], "open");
}

#[tokio::test]
async fn a_demo_tells_everybody_how_to_look_around() {
    let demo = DemoSignIn { email: "owner@demo.example".to_owned(), password: "demo-demo-demo".to_owned() };
    let server = TestServer::with(ApiSettings { demo: Some(demo), ..settings() });
    let configuration = server.anonymous().get("/auth").await.expect(200).json();
    assert_eq!(configuration["demo"], json!({"email": "owner@demo.example", "password": "demo-demo-demo"}));
}
