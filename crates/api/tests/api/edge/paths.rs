//! Paths and methods that no endpoint has, and mounts.

use axum::http::Method;
use vibesheets_api::{Mount, router};

use crate::support::{Ask, TestServer, get};

#[tokio::test]
async fn an_unknown_path_is_a_problem() {
    let (_server, owner) = TestServer::owner().await;
    for path in ["/nothing", "/", "", "/me/", "/me/x", "//", "//nothing", "/../me", "/%6De", "/me%00"] {
        owner.get(path).await.expect_problem(404, "not_found");
    }
}

#[tokio::test]
async fn under_its_mount_the_api_is_not_at_the_root_too() {
    let why = "a mount under /api alone, where the program has the API at its root too";
    let (_server, owner) = TestServer::owner_in_process(why).await;
    owner.get("//me").await.expect_problem(404, "not_found");
}

#[tokio::test]
async fn a_known_path_says_which_methods_it_takes() {
    let (_server, owner) = TestServer::owner().await;
    for method in [Method::POST, Method::PUT, Method::DELETE, Method::TRACE] {
        let answer = owner.ask(Ask::new(method, "/me")).await;
        let mut allowed: Vec<_> =
            answer.header("allow").split(',').map(str::trim).map(str::to_owned).collect();
        allowed.sort();
        assert_eq!(allowed, ["GET", "HEAD", "PATCH"]);
        answer.expect_problem(405, "method_not_allowed");
    }
    let options = owner.ask(Ask::new(Method::OPTIONS, "/me")).await.expect(204);
    assert!(options.header("allow").contains("PATCH"));
    owner.ask(Ask::new(Method::OPTIONS, "//health")).await.expect(204);
}

#[tokio::test]
async fn head_is_get_without_the_body() {
    let (_server, owner) = TestServer::owner().await;
    let full = owner.get("/me").await.expect(200);
    let head = owner.ask(Ask::new(Method::HEAD, "/me")).await.expect(200);
    assert!(head.body.is_empty());
    assert_eq!(head.header("content-type"), full.header("content-type"));
}

#[tokio::test]
async fn a_host_of_its_own_has_the_api_at_its_root() {
    let (server, owner) = TestServer::owner().await;
    let host = server.behind(router(server.state.clone(), Mount::Root));
    let program = host.program();
    let bearer = format!("Bearer {}", owner.token());
    program.ask(get("//me").header("authorization", &bearer)).await.expect(200);
    program.get("//health").await.expect(200);
    program.get("/me").await.expect_problem(404, "not_found");
}
