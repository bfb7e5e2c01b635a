//! A file sent again under its key (I4).

use serde_json::json;

use super::support::{exported, number, text};
use crate::support::{Answered, Ask, Client, TestServer, post};

const HEADER: &str = "User,Email,Start date,Start time,End date,End time,Duration\n";
const PATH: &str = "/import?dry_run=false&time_zone=UTC";

/// One hour on each of the first `days` of February.
fn file(days: u32) -> String {
    let day =
        |day| format!("Ada,ada@example.com,2026-02-{day:02},09:00:00,2026-02-{day:02},10:00:00,01:00:00\n");
    (1..=days).map(day).fold(HEADER.to_owned(), |file, row| file + &row)
}

fn import(key: u64, days: u32) -> Ask {
    post(PATH).key(key).body("text/csv", file(days))
}

/// Sends `ask` again: the first answer, and nothing else happens.
async fn expect_first_again(client: &Client, ask: &Ask, first: &Answered) {
    let everything = async || (exported(client).await, client.get("/imports").await.expect(200).body);
    let before = everything().await;
    let again = client.ask(ask.clone()).await.expect(first.status.as_u16());
    assert_eq!(again.body, first.body);
    assert_eq!(again.header("content-type"), "application/json");
    assert_eq!(everything().await, before);
}

#[tokio::test]
async fn a_file_sent_again_gets_its_first_answer_also_after_it_was_undone() {
    let (server, owner) = TestServer::owner().await;
    let first = owner.ask(import(1, 3)).await.expect(201);
    assert_eq!(number(&first.json(), "rows/ready"), 3);
    expect_first_again(&owner, &import(1, 3), &first).await;
    server.time.advance(3 * 86_400);
    let owner = server.another_session(&owner).await;
    let undo = format!("/imports/{}/undo", text(&first.json()["import_id"]));
    owner.post_bare(undo).await.expect(200);
    expect_first_again(&owner, &import(1, 3), &first).await;
    assert!(exported(&owner).await.is_empty());
}

#[tokio::test]
async fn copies_that_arrive_at_once_get_one_answer() {
    let (_server, owner) = TestServer::owner().await;
    let send = || owner.ask(import(1, 28));
    let answers: [Answered; 4] = tokio::join!(send(), send(), send(), send()).into();
    for answer in answers {
        let answer = answer.expect(201);
        expect_first_again(&owner, &import(1, 28), &answer).await;
    }
    assert_eq!(exported(&owner).await.len(), 28);
    let listed = owner.get("/imports").await.json();
    assert_eq!((&listed["imports"][0]["entries"], &listed["imports"][1]), (&json!(28), &json!(null)));
}

#[tokio::test]
async fn one_key_names_one_file_and_its_options() {
    let (_server, owner) = TestServer::owner().await;
    let first = owner.ask(import(1, 3)).await.expect(201);
    let with = |path: &str| post(path).key(1).body("text/csv", file(3));
    for other in [
        import(1, 4),
        with("/import?dry_run=true&time_zone=UTC"),
        with("/import?dry_run=false&time_zone=Europe/Vienna"),
        post("/tags").key(1).json(&json!({"name": "urgent"})),
    ] {
        owner.ask(other).await.expect_problem(422, "idempotency_key_reused");
    }
    expect_first_again(&owner, &import(1, 3), &first).await;
    owner.ask(import(2, 4)).await.expect(201);
}

/// Else a late copy would bring in what is undone by then.
#[tokio::test]
async fn an_answer_that_tells_of_nothing_new_is_kept_too() {
    let (_server, owner) = TestServer::owner().await;
    let first = owner.ask(import(1, 3)).await.expect(201);
    let second = owner.ask(import(2, 3)).await.expect(201);
    assert_eq!(number(&second.json(), "rows/already_imported"), 3);
    let undo = format!("/imports/{}/undo", text(&first.json()["import_id"]));
    owner.post_bare(undo).await.expect(200);
    expect_first_again(&owner, &import(2, 3), &second).await;
}

#[tokio::test]
async fn a_dry_run_keeps_no_answer_and_its_key_works_later() {
    let (_server, owner) = TestServer::owner().await;
    let dry = post("/import?time_zone=UTC").key(1).body("text/csv", file(3));
    assert_eq!(number(&owner.ask(dry.clone()).await.expect(200).json(), "rows/ready"), 3);
    owner.ask(import(2, 2)).await.expect(201);
    assert_eq!(number(&owner.ask(dry).await.expect(200).json(), "rows/ready"), 1);
    owner.ask(import(1, 3)).await.expect(201);
}

#[tokio::test]
async fn a_refused_file_does_not_take_its_key() {
    let (_server, owner) = TestServer::owner().await;
    owner.ask(post(PATH).key(1).body("text/csv", "a,b\n")).await.expect_problem(422, "invalid");
    owner.ask(import(1, 3)).await.expect(201);
    let wrong = post(PATH).header("idempotency-key", "1").body("text/csv", file(3));
    owner.ask(wrong).await.expect_problem(422, "invalid");
}
