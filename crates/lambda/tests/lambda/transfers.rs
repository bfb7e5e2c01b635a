//! Large files and the session key by way of a local AWS.

use std::{fmt::Write, time::Duration};

use axum::http::Method;
use serde_json::{Value, json};
use vibesheets_api::Secret;
use vibesheets_lambda::{SessionKey, SessionKeys};

use crate::support::{
    Answered, ApiGateway, BUCKET, Bootstrap, Client, LocalAws, SECRET, SETUP_CODE, admin, new_store, sign_up,
};

const ROWS: usize = 2_400;
const IMPORT: &str = "/api/import?time_zone=Europe/Vienna&dry_run=false";

/// A function that has the key from Secrets Manager and the bucket.
async fn function(aws: &LocalAws) -> Bootstrap {
    let store = new_store().await;
    let variables = [
        ("AWS_ENDPOINT_URL", aws.endpoint.as_str()),
        ("VIBESHEETS_PUBLIC_URL", "http://localhost:3000"),
        ("VIBESHEETS_SECRET_ARN", SECRET),
        ("VIBESHEETS_SIGNUP", "open"),
        ("VIBESHEETS_STORE", &store),
        ("VIBESHEETS_TRANSFER_BUCKET", BUCKET),
    ];
    Bootstrap::start(&variables).await
}

/// A month of Toggl with long descriptions: more than 4.4 MB, in and out.
fn large_csv() -> String {
    let mut csv = "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags\n".to_owned();
    for row in 0..ROWS {
        let (day, slot) = (row / 90 + 1, row % 90);
        let (hour, minute) = (8 + slot / 6, slot % 6 * 10);
        let note = format!("{row} {}", "lorem ipsum ".repeat(170));
        writeln!(csv, "Olga,olga@example.com,,,,{note},No,2026-01-{day:02},{hour:02}:{minute:02}:00,2026-01-{day:02},{hour:02}:{:02}:00,00:09:00,", minute + 9)
            .expect("text");
    }
    csv
}

/// Leaves `csv` where a link says, and gives its id.
async fn leave(client: &Client, csv: &str) -> String {
    let link = client.post("/api/import/uploads", &json!({"bytes": csv.len()})).await.expect(201).json();
    let url = link["url"].as_str().expect("a URL");
    for part in
        ["X-Amz-Expires=900", "X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost", "X-Amz-Signature="]
    {
        assert!(url.contains(part), "{part} of {url}");
    }
    assert_eq!(link["headers"], json!({"content-type": "text/csv"}));
    let put = ureq::put(url).header("content-type", "text/csv").send(csv).expect("it is taken");
    assert_eq!(put.status(), 200);
    link["id"].as_str().expect("an id").to_owned()
}

async fn import(client: &Client, id: &str) -> Answered {
    client.ask(Method::POST, &format!("{IMPORT}&upload={id}"), "", Vec::new()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_too_large_for_an_event_come_in_and_go_out_by_links() {
    let Some(aws) = LocalAws::start(&"0f".repeat(32)).await else { return };
    let function = function(&aws).await;
    let nobody = function.client(ApiGateway::Http);
    let owner = sign_up(&nobody, "Olga", &json!({"organisation": "Looms", "setup_code": SETUP_CODE})).await;
    let csv = large_csv();
    assert!(csv.len() > 4_400_000, "{}", csv.len());

    let id = leave(&owner, &csv).await;
    let report = import(&owner, &id).await.expect(201).json();
    assert_eq!(report["rows"]["ready"], ROWS, "{}", report["rows"]);
    let again = import(&owner, &id).await.expect(201).json();
    assert_eq!(again["rows"]["already_imported"], ROWS, "the same file adds nothing");

    let asked = owner.get("/api/export?format=csv").await.expect(303);
    assert!(asked.header("location").contains("X-Amz-Expires=300&"), "{}", asked.header("location"));
    let mut fetched = ureq::get(asked.header("location")).call().expect("it is there");
    assert_eq!(fetched.headers()["content-disposition"], "attachment; filename=\"vibesheets.csv\"");
    assert_eq!(fetched.headers()["content-type"], "text/csv; charset=utf-8");
    let file = fetched.body_mut().with_config().limit(64 << 20).read_to_string().expect("text");
    assert!(file.len() > 4_400_000, "{}", file.len());
    assert_eq!(file.matches(",540,import,").count(), ROWS, "every entry with its seconds");
    let day = owner.get("/api/export?format=csv&start_date=2026-01-01&end_date=2026-01-01").await.expect(200);
    assert_eq!(String::from_utf8(day.body).expect("text").matches(",540,import,").count(), 90);

    let keys = aws.keys().await;
    assert_eq!(keys.iter().map(|key| key.split('/').count()).collect::<Vec<_>>(), [4, 4], "{keys:?}");
}

/// I8: whose file it is comes from the session.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_others_left_is_not_found() {
    let Some(aws) = LocalAws::start(&"0f".repeat(32)).await else { return };
    let function = function(&aws).await;
    let nobody = function.client(ApiGateway::Http);
    let owner = sign_up(&nobody, "Olga", &json!({"organisation": "Looms", "setup_code": SETUP_CODE})).await;
    let colleague = admin(&nobody, &owner, "Ada").await;
    let stranger = sign_up(&nobody, "Sam", &json!({"organisation": "Mills"})).await;
    let id = leave(&owner, "User,Email\n").await;
    for (client, status) in [(&owner, 422), (&colleague, 404), (&stranger, 404)] {
        let told = import(client, &id).await.expect(status).json();
        assert_eq!(told["code"], if status == 404 { "not_found" } else { "invalid" });
    }
    let unknown = import(&owner, "0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42").await.expect(404).json();
    assert_eq!(unknown["detail"], "There is no such upload.");
    let both = owner.ask(Method::POST, &format!("{IMPORT}&upload={id}"), "text/csv", b"User".to_vec()).await;
    assert_eq!(both.expect(422).json()["errors"][0]["code"], "body_not_expected");
    for (bytes, status) in [(0, 422), (33_554_432, 201), (33_554_433, 413)] {
        owner.post("/api/import/uploads", &json!({"bytes": bytes})).await.expect(status);
    }
}

#[tokio::test]
async fn a_rotated_key_is_in_force_after_five_minutes_and_a_kept_one_while_secrets_manager_is_away() {
    let (first, second) = (Secret([15; 32]), Secret([30; 32]));
    let Some(aws) = LocalAws::start(&"0f".repeat(32)).await else { return };
    let source = SessionKey::SecretsManager(SECRET.to_owned());
    let keys = SessionKeys::new(source.clone(), None, Some(aws.secrets()));
    assert!(keys.current().await.expect("a key").session == first);
    aws.rotate(&json!({"session_key": "1e".repeat(32)}).to_string()).await;
    pass(Duration::from_secs(299)).await;
    assert!(keys.current().await.expect("a key").session == first, "it is fresh");
    pass(Duration::from_secs(2)).await;
    assert!(keys.current().await.expect("a key").session == second, "it was rotated");

    aws.rotate("no key").await;
    pass(Duration::from_secs(301)).await;
    assert!(keys.current().await.expect("a key").session == second, "what is no key replaces none");
    let without = SessionKeys::new(source, None, Some(aws.secrets()));
    let told = without.current().await.expect_err("there never was one").to_string();
    assert!(told.starts_with("the secret vibesheets/session-key must be 64 hexadecimal digits"), "{told}");
    aws.rotate(&"0f".repeat(32)).await;
    pass(Duration::from_secs(31)).await;
    assert!(keys.current().await.expect("a key").session == first, "it is asked for again soon");
}

#[tokio::test]
async fn a_key_that_does_not_come_is_not_waited_for_as_long_as_whoever_asks_waits() {
    let Some(aws) = LocalAws::start(&"0f".repeat(32)).await else { return };
    // Takes connections, and never answers.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let client = aws.secrets_at(&format!("http://{}", silent.local_addr().expect("bound")));
    let keys = SessionKeys::new(SessionKey::SecretsManager(SECRET.to_owned()), None, Some(client));
    tokio::time::pause();
    let asked_at = tokio::time::Instant::now();
    let told = keys.current().await.expect_err("there is none").to_string();
    assert!(told.ends_with("no answer within 3 s"), "{told}");
    assert_eq!(asked_at.elapsed().as_secs(), 3);
}

/// Lets time pass for whatever measures it.
async fn pass(duration: Duration) {
    tokio::time::pause();
    tokio::time::advance(duration).await;
    tokio::time::resume();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn while_there_never_was_a_key_events_are_answered_that_it_cannot_be_done_now() {
    let store = new_store().await;
    let mut function = Bootstrap::start(&[
        // Nobody listens there.
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:9"),
        ("VIBESHEETS_PUBLIC_URL", "http://localhost:3000"),
        ("VIBESHEETS_SECRET_ARN", SECRET),
        ("VIBESHEETS_STORE", &store),
    ])
    .await;
    let problem: Value = function.client(ApiGateway::Rest).get("/api/status").await.expect(503).json();
    assert_eq!(problem["code"], "unavailable");
    assert!(!problem.to_string().contains("Secrets Manager"), "{problem}");
    let log = function.log();
    assert!(log.contains("cannot be read from Secrets Manager: "), "{log}");
    assert!(!log.contains("DispatchFailure"), "the words are for operators: {log}");
}
