//! The spawned program over DynamoDB, through both kinds of gateway.

use serde_json::{Value, json};
use vibesheets_api::functions;

use crate::support::{
    ApiGateway, Bootstrap, Client, Outcome, SETUP_CODE, api_gateway::BASE_PATH, new_store, sign_up,
};

const KEY: &str = "0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f";

async fn function(store: &str, more: &[(&str, &str)]) -> Bootstrap {
    let variables = [
        ("VIBESHEETS_PUBLIC_URL", "http://localhost:3000"),
        ("VIBESHEETS_SESSION_KEY", KEY),
        ("VIBESHEETS_STORE", store),
        ("VIBESHEETS_BASE_PATH", BASE_PATH),
    ];
    Bootstrap::start(&[&variables, more].concat()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_day_at_the_clock_through_http_and_rest_apis() {
    for (gateway, base_path) in [(ApiGateway::Http, ""), (ApiGateway::Rest, BASE_PATH)] {
        let store = new_store().await;
        let mut function = function(&store, &[("VIBESHEETS_BASE_PATH", base_path)]).await;
        let nobody = function.client(gateway);
        let owner =
            sign_up(&nobody, "Olga", &json!({"organisation": "Looms", "setup_code": SETUP_CODE})).await;
        a_day(&owner).await;
        nobody.get("/api/status").await.expect(401);
        let log = function.log();
        assert!(log.contains(r#""path":"/api/clock","request_id":"invocation-"#), "{log}");
        for secret in [KEY, "correct horse", "Bearer", "session-token"] {
            assert!(!log.contains(secret), "{secret} is in the log");
        }
    }
}

async fn a_day(owner: &Client) {
    let pressed =
        owner.post("/api/clock", &json!({"action": "in", "note": "Grüße"})).await.expect(200).json();
    assert_eq!(pressed["status"]["clocked_in"], true);
    let again = owner.post("/api/clock", &json!({"action": "in"})).await.expect(409);
    assert_eq!(again.json()["code"], "already_clocked_in");
    assert_eq!(owner.get("/api/status").await.expect(200).json()["entry"]["note"], "Grüße");
    owner.post("/api/clock", &json!({"action": "out"})).await.expect(200);
    let made = owner.post("/api/projects", &json!({"name": "Engines"})).await.expect(201);
    // The API host has the same at its root.
    let path = made.header("location").replacen("/api", "", 1);
    assert_eq!(owner.get(&path).await.expect(200).json()["name"], "Engines");
    let times = json!({"start": "2026-03-02T08:00:00+01:00", "end": "2026-03-02T16:30:00+01:00"});
    owner.post("/timesheets", &times).await.expect(201);
    let range = "start_date=2026-03-02&end_date=2026-03-02";
    let sheet = owner.get(&format!("/api/timesheets?{range}")).await.expect(200).json();
    assert_eq!(sheet["total_seconds"], 8 * 3600 + 1800);
    let csv = owner.get(&format!("/api/export?format=csv&{range}")).await.expect(200);
    assert!(String::from_utf8(csv.body).expect("text").contains(",30600,manual,"));
    let book = owner.get(&format!("/api/export?format=xlsx&{range}")).await.expect(200);
    assert!(book.body.starts_with(b"PK\x03\x04"), "a workbook is a ZIP");
    assert_eq!(
        book.header("content-disposition"),
        "attachment; filename=\"vibesheets-2026-03-02-2026-03-02.xlsx\""
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_function_serves_its_own_paths_and_no_others() {
    let store = new_store().await;
    let probes = [
        ("health", "/health/live"),
        ("auth-config", "/auth"),
        ("auth", "/me"),
        ("clock-in-out", "/clock"),
        ("clock-status", "/status"),
        ("get-timesheets", "/timesheets/0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42/history"),
        ("update-timesheet", "/timesheets/0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42/restore"),
        ("export-timesheet", "/export"),
        ("reports", "/reports"),
        ("projects", "/projects"),
        ("members", "/members"),
        ("erase-member", "/members/0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42/erasure"),
        ("import-timesheet", "/imports"),
    ];
    assert_eq!(
        functions().iter().map(|function| function.name).collect::<Vec<_>>(),
        probes.map(|(name, _)| name)
    );
    for (name, _) in probes {
        let function = function(&store, &[("VIBESHEETS_FUNCTION", name)]).await;
        let client = function.client(ApiGateway::Rest);
        for (other, path) in probes {
            for mount in ["", "/api"] {
                let answer = client.get(&format!("{mount}{path}")).await;
                assert_eq!(
                    answer.status != 404,
                    other == name,
                    "{name}: {mount}{path} gave {}",
                    answer.status
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn an_event_of_another_service_fails_and_the_next_is_answered() {
    let function = function(&new_store().await, &[]).await;
    for event in [json!({"Records": []}), json!(null), json!("ping"), json!([])] {
        let Outcome::Failed(words) = function.api.invoke("queue", &event.to_string()).await else {
            panic!("{event} was answered")
        };
        let message = words["errorMessage"].as_str().expect("words");
        assert!(message.starts_with("this event is none of API Gateway"), "{message}");
    }
    function.client(ApiGateway::Http).get("/health/live").await.expect(204);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn the_first_sign_up_needs_the_code_that_the_key_tells_whatever_the_address_is_called() {
    for url in ["https://time.example.com", "http://localhost:3000"] {
        let function = function(&new_store().await, &[("VIBESHEETS_PUBLIC_URL", url)]).await;
        let nobody = function.client(ApiGateway::Http);
        let mut body: Value = json!({"email": "o@example.com", "password": "correct horse battery", "name": "Olga",
            "time_zone": "UTC", "organisation": "Looms"});
        nobody.post("/api/auth/signup", &body).await.expect(422);
        body["setup_code"] = json!(SETUP_CODE);
        nobody.post("/api/auth/signup", &body).await.expect(201);
    }
}
