//! Endpoints that panic or never end.

use axum::{
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use utoipa_axum::router::OpenApiRouter;
use vibesheets_api::{Function, Mount, router_of};

use crate::support::TestServer;

async fn panics() -> Response {
    panic!("the secret is 42")
}

async fn hangs() -> Response {
    std::future::pending().await
}

async fn moves() -> Response {
    ([(header::LOCATION, "/things/1")], "moved").into_response()
}

fn server_of_bad_endpoints() -> TestServer {
    let router = OpenApiRouter::default()
        .route("/panics", get(panics))
        .route("/hangs", get(hangs))
        .route("/moves", get(moves));
    let server = TestServer::empty();
    let function = Function { name: "bad", watches_own_progress: false, router };
    server.behind(router_of(vec![function], server.state.clone(), Mount::Api))
}

#[tokio::test]
async fn a_panic_is_a_problem_that_tells_nothing_and_the_server_goes_on() {
    let server = server_of_bad_endpoints();
    let problem = server.anonymous().get("/panics").await.expect_problem(500, "internal");
    assert!(!problem.to_string().contains("42"), "{problem}");
    server.anonymous().get("/moves").await.expect(200);
}

#[tokio::test(start_paused = true)]
async fn a_request_ends_after_ten_seconds() {
    let server = server_of_bad_endpoints();
    let began = tokio::time::Instant::now();
    let answer = server.anonymous().get("/hangs").await;
    assert_eq!(began.elapsed().as_secs(), 10);
    assert_eq!(answer.header("retry-after"), "1");
    let problem = answer.expect_problem(503, "unavailable");
    assert!(problem["detail"].as_str().is_some_and(|text| text.contains("same Idempotency-Key")));
}

#[tokio::test]
async fn a_location_is_told_under_the_mount() {
    let answer = server_of_bad_endpoints().anonymous().get("/moves").await;
    assert_eq!(answer.header("location"), "/api/things/1");
}
