//! What the log says about a request, and what it must not say.

use std::{
    io,
    sync::{Arc, Mutex},
};

use serde_json::json;
use tracing::subscriber::DefaultGuard;
use vibesheets_store_contract::Fault;

use crate::support::{PASSWORD, TestServer, get};

const READS_ITS_LOG: &str = "what is logged in its own thread";

/// What was logged in this thread since it was made.
struct Log {
    text: Arc<Mutex<Vec<u8>>>,
    _guard: DefaultGuard,
}

#[derive(Clone)]
struct Sink(Arc<Mutex<Vec<u8>>>);

impl io::Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("not poisoned").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn listen() -> Self {
        let text = Arc::new(Mutex::default());
        let sink = Sink(Arc::clone(&text));
        let subscriber =
            tracing_subscriber::fmt().with_ansi(false).with_writer(move || sink.clone()).finish();
        Self { text, _guard: tracing::subscriber::set_default(subscriber) }
    }

    fn lines(&self) -> Vec<String> {
        let text = self.text.lock().expect("not poisoned").clone();
        String::from_utf8(text).expect("text").lines().map(str::to_owned).collect()
    }
}

#[tokio::test]
async fn a_request_is_one_line_with_its_pattern_status_and_id() {
    let (_server, owner) = TestServer::owner_in_process(READS_ITS_LOG).await;
    let log = Log::listen();
    let id = "0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42";
    let ask = get(format!("/timesheets/{id}?secret=yes")).header("x-request-id", "web-1");
    owner.ask(ask).await.expect_problem(404, "not_found");
    let lines = log.lines();
    assert_eq!(lines.len(), 1, "{lines:?}");
    for part in [
        "INFO",
        "method=GET",
        "path=\"/api/timesheets/{id}\"",
        "request_id=\"web-1\"",
        "status=404",
        "microseconds=",
    ] {
        assert!(lines[0].contains(part), "{part} in {}", lines[0]);
    }
    assert!(!lines[0].contains(id) && !lines[0].contains("secret"), "{}", lines[0]);
}

#[tokio::test]
async fn a_failure_is_logged_once_with_what_nobody_is_told() {
    let (_server, owner, store) = TestServer::instrumented().await;
    let log = Log::listen();
    store.fail(store.calls().len(), Fault::Before);
    let problem = owner.get("/me").await.expect_problem(503, "unavailable");
    let lines = log.lines();
    let errors: Vec<_> = lines.iter().filter(|line| line.contains("ERROR")).collect();
    assert_eq!(errors.len(), 1, "{lines:?}");
    assert!(errors[0].contains("find_session was told to fail"), "{}", errors[0]);
    assert!(errors[0].contains(problem["request_id"].as_str().expect("an id")), "{}", errors[0]);
}

#[tokio::test]
async fn no_secret_is_logged() {
    let (server, owner) = TestServer::owner_in_process(READS_ITS_LOG).await;
    let log = Log::listen();
    let body = json!({"email": "olga@example.com", "password": PASSWORD});
    let token = server.program().post("/auth/token", body).await.expect(200).json();
    owner.get("/nothing").await.expect(404);
    server.anonymous().post("/auth/invitation", json!({"invitation": "sesame"})).await.expect(404);
    let text = log.lines().join("\n");
    assert_eq!(log.lines().len(), 3, "{text}");
    for secret in
        [PASSWORD, owner.token(), token["access_token"].as_str().expect("a token"), "sesame", "olga@"]
    {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[tokio::test]
async fn a_read_that_went_as_it_should_is_no_news() {
    let (_server, owner) = TestServer::owner_in_process(READS_ITS_LOG).await;
    let log = Log::listen();
    owner.get("/me").await.expect(200);
    assert_eq!(log.lines(), Vec::<String>::new());
    owner.get("/nothing").await.expect(404);
    assert_eq!(log.lines().len(), 1, "{:?}", log.lines());
}
