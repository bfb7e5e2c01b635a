//! An undo sent again under its key (I4).

use serde_json::json;

use super::import;
use crate::support::{Answered, Client, TestServer, post};

async fn listed(client: &Client) -> serde_json::Value {
    client.get("/imports").await.expect(200).json()["imports"][0].clone()
}

#[tokio::test]
async fn an_undo_sent_again_gets_its_first_answer_also_after_the_file_came_in_again() {
    let (server, owner) = TestServer::owner().await;
    let undo = import(&owner, "a.csv").await;
    let ask = post(&undo).key(1);
    let first = owner.ask(ask.clone()).await.expect(200);
    assert_eq!(first.json(), json!({"entries": 1, "seconds": 3600}));
    assert_eq!(owner.ask(ask.clone()).await.expect(200).body, first.body);

    server.time.advance(600);
    import(&owner, "b.csv").await;
    let before = listed(&owner).await;
    assert_eq!(owner.ask(ask).await.expect(200).body, first.body);
    assert_eq!((listed(&owner).await, &before["undone_at"]), (before.clone(), &json!(null)));
    let file = owner.get("/export?format=json&member_id=all").await.expect(200).json();
    assert_eq!(file["total_seconds"], 3600);

    let another = owner.ask(post(&undo).key(2)).await.expect(200);
    assert_eq!(another.json(), json!({"entries": 1, "seconds": 3600}));
}

/// Else a late copy would take out what came in again by then.
#[tokio::test]
async fn an_undo_that_takes_out_nothing_keeps_its_answer_too() {
    let (_server, owner) = TestServer::owner().await;
    let undo = import(&owner, "a.csv").await;
    owner.post_bare(&undo).await.expect(200);
    let ask = post(&undo).key(1);
    let first = owner.ask(ask.clone()).await.expect(200);
    assert_eq!(first.json(), json!({"entries": 0, "seconds": 0}));
    import(&owner, "a.csv").await;
    assert_eq!(owner.ask(ask).await.expect(200).body, first.body);
    assert_eq!(listed(&owner).await["undone_at"], json!(null));
}

#[tokio::test]
async fn copies_that_arrive_at_once_get_one_answer() {
    let (_server, owner) = TestServer::owner().await;
    let undo = import(&owner, "a.csv").await;
    let send = || owner.ask(post(&undo).key(1));
    let answers: [Answered; 4] = tokio::join!(send(), send(), send(), send()).into();
    let first = owner.ask(post(&undo).key(1)).await.expect(200);
    for answer in answers {
        assert_eq!(answer.expect(200).body, first.body);
    }
}

#[tokio::test]
async fn one_key_names_one_undo() {
    let (_server, owner) = TestServer::owner().await;
    let undo = import(&owner, "a.csv").await;
    owner.ask(post(&undo).key(1)).await.expect(200);
    let other = post("/imports/0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42/undo").key(1);
    owner.ask(other).await.expect_problem(422, "idempotency_key_reused");
    owner
        .ask(post("/tags").key(1).json(&json!({"name": "urgent"})))
        .await
        .expect_problem(422, "idempotency_key_reused");
}
