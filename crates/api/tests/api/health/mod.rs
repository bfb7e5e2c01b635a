//! `/health`

use vibesheets_store_contract::Fault;

use super::support::{TestServer, settings};

#[tokio::test]
async fn health_tells_version_uptime_and_memory_under_both_paths() {
    let server = TestServer::empty();
    // A function starts with its first request.
    server.anonymous().get("/health/live").await.expect(204);
    server.time.advance(90);
    for path in ["/health", "//health"] {
        let health = server.anonymous().get(path).await.expect(200).json();
        assert_eq!(health["status"], "ok");
        assert_eq!(health["version"], settings().version);
        assert_eq!(health["environment"], "development");
        assert_eq!(health["uptime_seconds"], 90);
        assert_eq!(health["timestamp"], "2026-03-02T08:01:30Z");
        assert_eq!(health["checks"]["store"], "ok");
        let memory = &health["memory"];
        assert!(memory["used_bytes"].as_u64() < memory["limit_bytes"].as_u64(), "{memory}");
    }
}

#[tokio::test]
async fn a_live_and_ready_server_says_nothing_more() {
    let server = TestServer::empty();
    for path in ["/health/live", "/health/ready", "//health/live", "//health/ready"] {
        let answer = server.anonymous().get(path).await.expect(204);
        assert!(answer.body.is_empty());
    }
}

#[tokio::test]
async fn a_server_whose_store_fails_lives_but_is_not_ready() {
    let (server, client, store) = TestServer::instrumented().await;
    let calls = store.calls().len();
    store.fail(calls, Fault::Before);
    let health = client.get("/health").await.expect(503).json();
    assert_eq!((&health["status"], &health["checks"]["store"]), (&"failing".into(), &"failing".into()));
    client.get("/health/ready").await.expect_problem(503, "unavailable");
    assert_eq!(store.calls().len(), calls + 1, "whoever asks within the second makes the store do nothing");
    server.anonymous().get("/health/live").await.expect(204);
    server.time.advance(1);
    client.get("/health/ready").await.expect(204);
}
