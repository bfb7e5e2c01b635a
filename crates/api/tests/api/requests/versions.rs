//! `If-Match`, on the one resource that every organisation has.

use serde_json::json;

use crate::support::{Ask, TestServer, patch};

fn edit() -> Ask {
    patch("/organisation").json(&json!({"name": "Looms"}))
}

#[tokio::test]
async fn an_edit_names_the_version_that_was_read() {
    let (_server, owner) = TestServer::owner().await;
    let answer = owner.ask(edit().if_match(1)).await.expect(200);
    assert_eq!(answer.version(), 2);
    let problem = owner.ask(edit().if_match(1)).await.expect_problem(412, "precondition_failed");
    assert_eq!(problem["current"], 2);
}

#[tokio::test]
async fn without_a_usable_version_nothing_is_edited_and_the_version_is_told() {
    let (_server, owner) = TestServer::owner().await;
    let without = owner.ask(edit()).await.expect_problem(428, "precondition_required");
    assert_eq!(without["current"], 1);
    for tag in ["*", "1", "W/\"1\"", "\"1\", \"2\"", "\"\"", "\"01\"", "\"x\"", "\"-1\"", "\"99999999999\""] {
        let problem =
            owner.ask(edit().header("if-match", tag)).await.expect_problem(428, "precondition_required");
        assert_eq!(problem["current"], 1, "{tag}");
    }
    let twice = edit().if_match(1).header("if-match", "\"1\"");
    owner.ask(twice).await.expect_problem(428, "precondition_required");
}

#[tokio::test]
async fn a_repeated_edit_is_no_stale_edit() {
    let (_server, owner) = TestServer::owner().await;
    let first = owner.ask(edit().if_match(1).key(1)).await.expect(200);
    let again = owner.ask(edit().if_match(1).key(1)).await.expect(200);
    assert_eq!((again.body, again.headers.get("etag")), (first.body.clone(), first.headers.get("etag")));
}
