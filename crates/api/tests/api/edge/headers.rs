//! Headers.

use vibesheets_api::{ApiSettings, CONTENT_SECURITY_POLICY, SecurityHeaders};

use crate::support::{TestServer, get, post, settings};

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let (server, owner) = TestServer::owner().await;
    for answer in [
        owner.get("/me").await.expect(200),
        owner.get("/nothing").await.expect(404),
        owner.post_bare("/me").await.expect(405),
        server.anonymous().get("/me").await.expect(401),
        owner.get("//elsewhere").await.expect(404),
    ] {
        assert_eq!(answer.header("content-security-policy"), CONTENT_SECURITY_POLICY);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header("x-xss-protection"), "0");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert_eq!(answer.header("cross-origin-embedder-policy"), "require-corp");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin");
        assert!(answer.header("permissions-policy").contains("camera=()"));
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("strict-transport-security"), "", "plain http");
        assert_eq!(answer.header("access-control-allow-origin"), "");
    }
}

#[tokio::test]
async fn over_https_browsers_are_told_to_stay_there() {
    let https = ApiSettings { public_url: "https://time.example.com".parse().expect("a URL"), ..settings() };
    let answer = TestServer::with(https).anonymous().get("/health").await;
    assert_eq!(answer.header("strict-transport-security"), "max-age=63072000; includeSubDomains; preload");
}

#[test]
fn the_policy_allows_our_own_files_and_nothing_else() {
    for word in ["unsafe", "http:", "https:", "*", "blob:", "nonce", "sha256"] {
        assert!(!CONTENT_SECURITY_POLICY.contains(word), "{word}");
    }
    let mut headers = axum::http::HeaderMap::new();
    SecurityHeaders::new(false).apply(&mut headers);
    assert_eq!(headers["content-security-policy"], CONTENT_SECURITY_POLICY);
}

#[tokio::test]
async fn a_request_keeps_its_clients_id_where_that_is_sane() {
    let server = TestServer::empty();
    let client = server.anonymous();
    let kept = client.ask(get("/health").header("x-request-id", "web-42_a.b:c")).await;
    assert_eq!(kept.header("x-request-id"), "web-42_a.b:c");
    let mut made = Vec::new();
    for sent in ["", "two words", "<script>", &"x".repeat(65), "quote\"", "tab\there"] {
        let answer = client.ask(get("/health").header("x-request-id", sent)).await;
        made.push(answer.header("x-request-id").to_owned());
    }
    assert!(made.iter().all(|id| id.len() == 17), "{made:?}");
    made.dedup();
    assert_eq!(made.len(), 6, "each its own");
}

#[tokio::test]
async fn an_answer_of_the_same_client_is_never_kept_by_a_cache() {
    let (_server, owner) = TestServer::owner().await;
    let answer = owner.ask(post("/auth/logout")).await.expect(204);
    assert_eq!(answer.header("cache-control"), "no-store");
}
