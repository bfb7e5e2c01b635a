//! `GET /timesheets/{id}/history`

use serde_json::{Value, json};

use super::{hour, path};
use crate::{
    clock::{clocked_in, pressed},
    support::{Client, TestServer, post},
};

async fn history(client: &Client, entry: &Value) -> Value {
    client.get(format!("{}/history", path(entry))).await.expect(200).json()
}

fn records(history: &Value) -> &[Value] {
    history["records"].as_array().expect("records")
}

#[tokio::test]
async fn it_tells_who_did_what_when_from_what_to_what_the_newest_first() {
    let (server, team) = TestServer::team().await;
    let created = hour(&team.member).await;
    server.time.advance(60);
    let body = json!({"start": created["start"], "end": "2026-03-01T08:30:00+01:00", "note": "left early"});
    let edited = team.manager.put(path(&created), 1, body).await.expect(200).json();
    server.time.advance(60);
    team.member.delete(path(&created), 2).await.expect(204);
    let deleted = team.member.get(path(&created)).await.json();
    let restored = team.admin.post_bare(format!("{}/restore", path(&created))).await.expect(200).json();

    let history = history(&team.member, &created).await;
    let told: Vec<Value> = records(&history)
        .iter()
        .map(|record| {
            json!([record["operation"], record["actor"]["name"], record["before"], record["after"]])
        })
        .collect();
    let expected = [
        json!(["entry.restore", "Ada", deleted, restored]),
        json!(["entry.delete", "Mia", edited, deleted]),
        json!(["entry.edit", "Max", created, edited]),
        json!(["entry.create", "Mia", null, created]),
    ];
    assert_eq!(told, expected);
    let times: Vec<&Value> = records(&history).iter().map(|record| &record["time"]).collect();
    let [first, second, third] = ["2026-03-02T08:00:00Z", "2026-03-02T08:01:00Z", "2026-03-02T08:02:00Z"];
    assert_eq!(times, [third, third, second, first]);
    assert_eq!(records(&history)[2]["actor"]["member_id"], json!(team.manager.member_id()));
}

#[tokio::test]
async fn its_records_are_links_of_the_members_chain_which_is_verified_for_the_answer() {
    let (server, owner) = TestServer::owner().await;
    let entry = hour(&owner).await;
    clocked_in(&owner).await;
    server.time.advance(60);
    pressed(&owner, "out").await;
    let body = json!({"start": entry["start"], "end": entry["end"], "note": "later"});
    owner.put(path(&entry), 1, body).await.expect(200);
    let history = history(&owner, &entry).await;
    let [edit, create] = records(&history) else { panic!("two records: {history}") };
    assert_eq!((&edit["seq"], &create["seq"]), (&json!(4), &json!(1)));
    let chain = &history["chain"];
    assert_eq!(
        (&chain["head_seq"], &chain["head_hash"], &chain["verified"]),
        (&json!(4), &edit["hash"], &json!(true))
    );
    assert_eq!((&chain["stream"], &create["stream"]), (&edit["stream"], &edit["stream"]));
    for hash in [&edit["digest"], &edit["previous"], &edit["hash"], &chain["head_hash"]] {
        let text = hash.as_str().expect("a hash");
        assert!(text.len() == 64 && text.bytes().all(|byte| b"0123456789abcdef".contains(&byte)), "{text}");
    }
    assert_eq!(create["previous"], "0".repeat(64));
}

#[tokio::test]
async fn a_record_names_the_command_that_asked_for_it() {
    let (_server, owner) = TestServer::owner().await;
    let answer = owner.ask(post("/clock").key(7).json(&json!({"action": "in"}))).await.expect(200).json();
    let history = history(&owner, &answer["entry"]).await;
    assert_eq!(records(&history)[0]["command_id"], "0190e9f3-0c1e-7a3b-8a51-000000000007");
}

#[tokio::test]
async fn managers_read_everybodys_and_members_their_own() {
    let (server, team) = TestServer::team().await;
    let (hers, his) = (hour(&team.member).await, hour(&team.manager).await);
    history(&team.manager, &hers).await;
    let of_his = format!("{}/history", path(&his));
    team.member.get(of_his).await.expect_problem(404, "not_found");
    let of_hers = format!("{}/history", path(&hers));
    server.stranger().await.get(of_hers).await.expect_problem(404, "not_found");
}
