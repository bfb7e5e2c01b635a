//! A command sent again (I4).

use serde_json::{Value, json};
use vibesheets_core::Role;

use super::{clocked_in, pressed};
use crate::{
    projects,
    support::{Answered, Ask, Client, TestServer, post},
};

fn clock_in(project: &Value) -> Ask {
    post("/clock").key(1).json(&json!({"action": "in", "project_id": project["id"], "note": "Warp"}))
}

fn path(noun: &str, thing: &Value) -> String {
    format!("/{noun}/{}", thing["id"].as_str().expect("an id"))
}

/// Sends `ask` again: the first answer, and nothing else happens.
async fn expect_first_again(client: &Client, ask: &Ask, first: &Answered) {
    let everything = async || {
        let sheet = "/timesheets?start_date=2026-02-01&end_date=2026-04-30";
        (client.get(sheet).await.expect(200).body, client.get("/status").await.expect(200).body)
    };
    let before = everything().await;
    let again = client.ask(ask.clone()).await.expect(first.status.as_u16());
    assert_eq!(again.body, first.body);
    for header in ["etag", "location", "content-type"] {
        assert_eq!(again.header(header), first.header(header));
    }
    assert_eq!(everything().await, before);
}

#[tokio::test]
async fn sent_up_to_five_times_minutes_and_days_later_it_has_one_effect_and_its_first_answer() {
    let (server, owner) = TestServer::owner().await;
    let project = projects::made(&owner, "Loom").await;
    let ask = clock_in(&project);
    let first = owner.ask(ask.clone()).await.expect(200);
    for _ in 0..4 {
        expect_first_again(&owner, &ask, &first).await;
    }
    server.time.advance(11 * 60);
    expect_first_again(&owner, &ask, &first).await;
    server.time.advance(3 * 86_400);
    let owner = server.another_session(&owner).await;
    expect_first_again(&owner, &ask, &first).await;
}

#[tokio::test]
async fn what_became_of_the_project_and_of_the_entry_changes_nothing_about_the_first_answer() {
    let (server, owner) = TestServer::owner().await;
    let project = projects::made(&owner, "Loom").await;
    let ask = clock_in(&project);
    let first = owner.ask(ask.clone()).await.expect(200);
    owner.patch(path("projects", &project), 1, json!({"archived": true})).await.expect(200);
    expect_first_again(&owner, &ask, &first).await;

    server.time.advance(60);
    let out = post("/clock").key(2).json(&json!({"action": "out"}));
    let first_out = owner.ask(out.clone()).await.expect(200);
    expect_first_again(&owner, &ask, &first).await;

    let entry = path("timesheets", &first.json()["entry"]);
    let edit = json!({"start": "2026-03-02T07:00:00Z", "end": "2026-03-02T07:30:00Z", "note": "edited"});
    owner.put(&entry, 2, edit).await.expect(200);
    expect_first_again(&owner, &ask, &first).await;
    expect_first_again(&owner, &out, &first_out).await;

    owner.delete(&entry, 3).await.expect(204);
    expect_first_again(&owner, &ask, &first).await;
    expect_first_again(&owner, &out, &first_out).await;
}

#[tokio::test]
async fn entries_typed_edited_deleted_and_restored_are_so_once_too() {
    let (server, owner) = TestServer::owner().await;
    let body = json!({"start": "2026-03-01T07:00:00Z", "end": "2026-03-01T08:00:00Z"});
    let create = post("/timesheets").key(1).json(&body);
    let created = owner.ask(create.clone()).await.expect(201);
    let entry = path("timesheets", &created.json());
    let edit = crate::support::put(&entry).key(2).if_match(1).json(&body);
    let edited = owner.ask(edit.clone()).await.expect(200);
    let delete = crate::support::delete(&entry).key(3).if_match(2);
    let deleted = owner.ask(delete.clone()).await.expect(204);
    let restore = post(format!("{entry}/restore")).key(4);
    let restored = owner.ask(restore.clone()).await.expect(200);
    assert_eq!([edited.version(), deleted.version(), restored.version()], [2, 3, 4]);
    server.time.advance(3 * 86_400);
    let owner = server.another_session(&owner).await;
    for (ask, first) in [(create, created), (edit, edited), (delete, deleted), (restore, restored)] {
        expect_first_again(&owner, &ask, &first).await;
    }
}

#[tokio::test]
async fn one_key_names_one_request() {
    let (_server, owner) = TestServer::owner().await;
    let ask = clock_in(&json!({}));
    let first = owner.ask(ask.clone()).await.expect(200);
    for other in [
        post("/clock").key(1).json(&json!({"action": "out"})),
        post("/clock").key(1).body("application/json", "{ \"action\": \"in\", \"note\": \"Warp\" }"),
        post("/clock?").key(1).json(&json!({"action": "in", "note": "Weft"})),
        post("/timesheets")
            .key(1)
            .json(&json!({"start": "2026-03-01T07:00:00Z", "end": "2026-03-01T08:00:00Z"})),
        post("/tags").key(1).json(&json!({"name": "urgent"})),
    ] {
        owner.ask(other).await.expect_problem(422, "idempotency_key_reused");
    }
    expect_first_again(&owner, &ask, &first).await;
}

#[tokio::test]
async fn everybody_has_keys_of_their_own() {
    let (server, owner) = TestServer::owner().await;
    let mia = server.join(&owner, "Mia", Role::Member).await;
    let stranger = server.stranger().await;
    let ask = clock_in(&json!({}));
    for client in [&owner, &mia, &stranger] {
        let entry = client.ask(ask.clone()).await.expect(200).json()["entry"].clone();
        assert_eq!(entry["member_id"], json!(client.member_id()));
    }
}

#[tokio::test]
async fn a_refusal_is_not_kept_and_its_key_works_later() {
    let (server, owner) = TestServer::owner().await;
    let out = post("/clock").key(1).json(&json!({"action": "out"}));
    owner.ask(out.clone()).await.expect_problem(409, "not_clocked_in");
    clocked_in(&owner).await;
    server.time.advance(60);
    let first = owner.ask(out.clone()).await.expect(200);
    assert_eq!(first.json()["entry"]["seconds"], 60);
    expect_first_again(&owner, &out, &first).await;
    // Nor does a refused body take the key.
    let wrong = post("/clock").key(2).json(&json!({"action": "in", "note": 1}));
    owner.ask(wrong).await.expect_invalid("/note");
    owner.ask(post("/clock").key(2).json(&json!({"action": "in"}))).await.expect(200);
}

#[tokio::test]
async fn without_a_key_each_request_is_a_command_of_its_own() {
    let (_server, owner) = TestServer::owner().await;
    let first = pressed(&owner, "in").await;
    pressed(&owner, "out").await;
    assert_ne!(pressed(&owner, "in").await["entry"]["id"], first["entry"]["id"]);
}

#[tokio::test]
async fn a_key_is_a_uuid() {
    let (_server, owner) = TestServer::owner().await;
    for key in ["", "1", "0190e9f3-0c1e-7a3b-8a51", "not-a-uuid-at-all"] {
        let ask = post("/clock").header("idempotency-key", key).json(&json!({"action": "in"}));
        let problem = owner.ask(ask).await.expect_problem(422, "invalid");
        assert!(problem["detail"].as_str().expect("a sentence").contains("must be a UUID"), "{problem}");
    }
    assert_eq!(owner.get("/status").await.json()["clocked_in"], false);
}
