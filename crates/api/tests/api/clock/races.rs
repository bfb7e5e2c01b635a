//! Everything at once.

use std::collections::BTreeMap;

use futures_util::future::join_all;
use serde_json::json;

use super::clocked_in;
use crate::support::{Answered, Ask, Client, TestServer, post};

/// Sends all of them at once, each from a task of its own.
async fn at_once(client: &Client, asks: impl IntoIterator<Item = Ask>) -> Vec<Answered> {
    let tasks = asks.into_iter().map(|ask| {
        let client = client.clone();
        tokio::spawn(async move { client.ask(ask).await })
    });
    let tasks: Vec<_> = tasks.collect();
    join_all(tasks).await.into_iter().map(|answer| answer.expect("an answer")).collect()
}

fn statuses(answers: &[Answered]) -> BTreeMap<u16, usize> {
    let mut counts = BTreeMap::new();
    for answer in answers {
        *counts.entry(answer.status.as_u16()).or_default() += 1;
    }
    counts
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_64_clock_ins_at_once_one_wins_and_63_are_told_which() {
    let (_server, owner) = TestServer::owner().await;
    let answers = at_once(&owner, (0..64).map(|_| post("/clock").json(&json!({"action": "in"})))).await;
    assert_eq!(statuses(&answers), BTreeMap::from([(200, 1), (409, 63)]));
    let open = owner.get("/status").await.json()["entry"].clone();
    assert!(open.is_object());
    for answer in answers {
        let told = match answer.status.as_u16() {
            200 => answer.json(),
            _ => answer.expect_problem(409, "already_clocked_in"),
        };
        assert_eq!(told["entry"], open);
    }
    let sheet = owner.get("/timesheets?start_date=2026-03-01&end_date=2026-03-03").await.json();
    assert_eq!(sheet["entries"], json!([open]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_16_clock_outs_at_once_one_wins() {
    let (server, owner) = TestServer::owner().await;
    clocked_in(&owner).await;
    server.time.advance(60);
    let answers = at_once(&owner, (0..16).map(|_| post("/clock").json(&json!({"action": "out"})))).await;
    assert_eq!(statuses(&answers), BTreeMap::from([(200, 1), (409, 15)]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_clock_in_and_entries_typed_over_it_never_share_a_second() {
    let (_server, owner) = TestServer::owner().await;
    let typed = json!({"start": "2026-03-02T08:00:00Z", "end": "2026-03-02T09:00:00Z"});
    let asks = (0..16).map(|number| match number % 2 {
        0 => post("/clock").json(&json!({"action": "in"})),
        _ => post("/timesheets").json(&typed),
    });
    let answers = at_once(&owner, asks).await;
    let won = answers.iter().filter(|answer| answer.status.is_success()).count();
    assert_eq!(won, 1, "{:?}", statuses(&answers));
    let sheet = owner.get("/timesheets?start_date=2026-03-01&end_date=2026-03-03").await.json();
    assert_eq!(sheet["entries"].as_array().map(Vec::len), Some(1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_command_sent_five_times_at_once_has_one_effect_and_one_answer() {
    for round in 0..8 {
        let (_server, owner) = TestServer::owner().await;
        let ask = post("/clock").key(round).json(&json!({"action": "in", "note": "once"}));
        let answers = at_once(&owner, (0..5).map(|_| ask.clone())).await;
        for answer in &answers {
            assert_eq!((answer.status.as_u16(), &answer.body), (200, &answers[0].body));
        }
        let path =
            format!("/timesheets/{}/history", answers[0].json()["entry"]["id"].as_str().expect("an id"));
        let history = owner.get(path).await.json();
        assert_eq!(
            (history["records"].as_array().map(Vec::len), &history["chain"]["head_seq"]),
            (Some(1), &json!(1))
        );
    }
}
