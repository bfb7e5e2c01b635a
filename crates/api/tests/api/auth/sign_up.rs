//! `POST /auth/signup`

use serde_json::{Value, json};
use vibesheets_api::{ApiSettings, SetupCode, SignUpMode};
use vibesheets_core::Role;

use crate::support::{PASSWORD, TestServer, settings};

fn ada(organisation: &str) -> Value {
    json!({
        "email": "Ada@Example.com", "password": PASSWORD, "name": "Ada Lovelace",
        "time_zone": "Europe/Vienna", "organisation": organisation,
    })
}

fn with(mut body: Value, key: &str, value: impl Into<Value>) -> Value {
    body[key] = value.into();
    body
}

#[tokio::test]
async fn the_first_to_sign_up_owns_the_organisation_and_is_signed_in() {
    let server = TestServer::empty();
    let first = server.with_code(ada("Engines"));
    let answer = server.anonymous().post("/auth/signup", first).await.expect(201);
    let me = answer.json();
    assert_eq!(me["account"]["email"], "ada@example.com");
    assert_eq!(me["member"]["role"], "owner");
    assert_eq!(me["member"]["sign_in"], "active");
    assert_eq!(me["organisation"]["name"], "Engines");
    assert_eq!(me["organisation"]["time_zone"], "Europe/Vienna");
    assert_eq!(me["session"]["expires_at"], "2026-03-02T09:00:00Z");

    let cookie = answer.header("set-cookie");
    let (pair, attributes) = cookie.split_once("; ").expect("attributes");
    assert_eq!(attributes, "Path=/; Max-Age=3600; HttpOnly; SameSite=Strict");
    let again = server.anonymous().ask(crate::support::get("/me").header("cookie", pair)).await.expect(200);
    assert_eq!(again.json(), me);
}

#[tokio::test]
async fn of_two_who_set_up_one_becomes_owner() {
    let server = TestServer::empty();
    let (first, second) = (server.anonymous(), server.anonymous());
    let grace = server.with_code(with(ada("Compilers"), "email", "grace@example.com"));
    let ada = server.with_code(ada("Engines"));
    let (one, other) = tokio::join!(first.post("/auth/signup", ada), second.post("/auth/signup", grace));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
}

#[tokio::test]
async fn of_two_who_come_first_to_an_open_server_both_own_an_organisation() {
    let server = TestServer::with(ApiSettings { sign_up: SignUpMode::Open, ..settings() });
    let (first, second) = (server.anonymous(), server.anonymous());
    let grace = server.with_code(with(ada("Compilers"), "email", "grace@example.com"));
    let ada = server.with_code(ada("Engines"));
    let (one, other) = tokio::join!(first.post("/auth/signup", ada), second.post("/auth/signup", grace));
    for (answer, name) in [(one, "Engines"), (other, "Compilers")] {
        let me = answer.expect(201).json();
        assert_eq!((&me["organisation"]["name"], &me["member"]["role"]), (&json!(name), &json!("owner")));
    }
}

#[tokio::test]
async fn whoever_was_not_invited_stays_out_unless_the_server_is_open() {
    let (server, _) = TestServer::owner().await;
    server.anonymous().post("/auth/signup", ada("Engines")).await.expect_problem(403, "forbidden");

    let server = TestServer::with(ApiSettings { sign_up: SignUpMode::Open, ..settings() });
    server.stranger().await;
    let me = server.anonymous().post("/auth/signup", ada("Engines")).await.expect(201).json();
    assert_eq!((&me["member"]["role"], &me["organisation"]["name"]), (&json!("owner"), &json!("Engines")));
}

#[tokio::test]
async fn a_server_that_others_can_reach_takes_only_who_knows_the_code() {
    let code = Some(SetupCode("K7QF-2M9X".to_owned()));
    let server = TestServer::with(ApiSettings { setup_code: code, ..settings() });
    let browser = server.anonymous();
    for wrong in [
        ada("Engines"),
        with(ada("Engines"), "setup_code", "K7QF-2M9Y"),
        with(ada("Engines"), "setup_code", ""),
    ] {
        browser.post("/auth/signup", wrong).await.expect_invalid("/setup_code");
    }
    browser.post("/auth/signup", with(ada("Engines"), "setup_code", " K7QF-2M9X ")).await.expect(201);
}

#[tokio::test]
async fn the_code_is_known_in_whatever_case_and_grouping_it_was_typed() {
    for typed in ["k7qf-2m9x", "K7QF2M9X", "k7qf 2m9x", "K7-QF-2m-9x"] {
        let code = Some(SetupCode("K7QF-2M9X".to_owned()));
        let server = TestServer::with(ApiSettings { setup_code: code, ..settings() });
        let signed_up =
            server.anonymous().post("/auth/signup", with(ada("Engines"), "setup_code", typed)).await;
        assert_eq!(signed_up.status, 201, "{typed}");
    }
}

#[tokio::test]
async fn an_address_has_one_account() {
    let server = TestServer::with(ApiSettings { sign_up: SignUpMode::Open, ..settings() });
    let browser = server.anonymous();
    browser.post("/auth/signup", server.with_code(ada("Engines"))).await.expect(201);
    let wrong = with(ada("Looms"), "password", "another password");
    let problem = browser.post("/auth/signup", wrong).await.expect_problem(409, "duplicate");
    let told = "The address ada@example.com has an account already; sign in instead, or use its password.";
    assert_eq!(problem["detail"], told);
    // With its password, the same account owns another organisation.
    let looms = browser.post("/auth/signup", ada("Looms")).await.expect(201).json();
    let engines = json!({"email": "ada@example.com", "password": PASSWORD});
    browser.post("/auth/login", engines).await.expect(204);
    assert_eq!(looms["organisation"]["name"], "Looms");
}

#[tokio::test]
async fn what_is_wrong_is_named_and_nobody_is_signed_up() {
    let server = TestServer::empty();
    let browser = server.anonymous();
    for (key, value, said) in [
        ("email", json!("ada"), "must be an e-mail address such as ada@example.com"),
        ("password", json!("too short"), "must have 10 to 256 characters"),
        ("password", json!("x".repeat(257)), "must have 10 to 256 characters"),
        ("name", json!("  "), "must not be empty"),
        ("name", json!("ring\u{7}"), "holds a control character at position 4; remove it"),
        (
            "time_zone",
            json!("Mars/Olympus"),
            "`Mars/Olympus` is not a time zone of the IANA database such as Europe/Vienna",
        ),
        ("organisation", json!(null), "is missing"),
        ("locale", json!("fr"), "unknown variant `fr`, expected `en` or `de`"),
    ] {
        let detail = browser
            .post("/auth/signup", with(ada("Engines"), key, value))
            .await
            .expect_invalid(&format!("/{key}"));
        assert_eq!(detail, said);
    }
    assert_eq!(browser.get("/auth").await.json()["signup"], "setup");
}

#[tokio::test]
async fn an_invited_member_gets_the_role_they_were_invited_in() {
    let (server, owner) = TestServer::owner().await;
    let manager = server.join(&owner, "Max", Role::Manager).await;
    let me = manager.get("/me").await.expect(200).json();
    assert_eq!((&me["member"]["role"], &me["member"]["name"]), (&json!("manager"), &json!("Max")));

    let both = with(ada("Engines"), "invitation", "x");
    server.anonymous().post("/auth/signup", both).await.expect_invalid("/organisation");
    let mut forged = with(ada("Engines"), "invitation", "x.y.z");
    forged.as_object_mut().expect("an object").remove("organisation");
    server.anonymous().post("/auth/signup", forged).await.expect_problem(404, "not_found");
}
