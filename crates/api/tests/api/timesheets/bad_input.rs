//! What no entry says; nothing is written.

use serde_json::{Value, json};

use super::{hour, path};
use crate::support::{Client, TestServer, post, put};

fn with(field: &str, value: Value) -> Value {
    let mut body = json!({"start": "2026-02-01T08:00:00Z", "end": "2026-02-01T09:00:00Z"});
    body[field] = value;
    body
}

/// Typing and editing take the same body; neither writes.
async fn refused(client: &Client, entry: &Value, body: Value, pointer: &str) -> String {
    client.put(path(entry), 1, body.clone()).await.expect_invalid(pointer);
    client.post("/timesheets", body).await.expect_invalid(pointer)
}

async fn expect_nothing_written(client: &Client, entry: &Value) {
    let sheet = client.get("/timesheets?start_date=2026-01-01&end_date=2026-12-31").await.expect(200).json();
    assert_eq!(sheet["entries"], json!([entry]));
}

#[tokio::test]
async fn wrong_types_unknown_fields_and_foreign_words_are_told_where_they_are() {
    let (_server, owner) = TestServer::owner().await;
    let entry = hour(&owner).await;
    for (field, value) in [
        ("start", json!(1_772_438_400)),
        ("start", json!(null)),
        ("start", json!("yesterday")),
        ("start", json!("2026-02-30T08:00:00Z")),
        ("end", json!(true)),
        ("end", json!("2026-02-01")),
        ("time_zone", json!("Europe/Atlantis")),
        ("time_zone", json!("+01:00")),
        ("time_zone", json!("../etc/localtime")),
        ("time_zone", json!(1)),
        ("project_id", json!("Loom")),
        ("project_id", json!({"id": 1})),
        ("note", json!(1)),
        ("note", json!(null)),
        ("note", json!("bell\u{7}")),
        ("note", json!("nul\u{0}")),
        ("note", json!("\u{85}x\u{9b}")),
        ("note", json!("x".repeat(3_001))),
        ("tags", json!("a")),
        ("tags", json!(null)),
        ("billable", json!("yes")),
        ("billable", json!(1)),
        ("project", json!("Loom")),
        ("seconds", json!(3_600)),
        ("id", json!("0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42")),
        ("", json!(1)),
    ] {
        refused(&owner, &entry, with(field, value), &format!("/{field}")).await;
    }
    refused(&owner, &entry, with("tags", json!(["a", "line\nbreak"])), "/tags/1").await;
    refused(&owner, &entry, with("tags", json!(["a", "x".repeat(61)])), "/tags/1").await;
    refused(&owner, &entry, json!({"end": "2026-02-01T09:00:00Z"}), "/start").await;
    owner.post("/timesheets", with("member_id", json!("Mia"))).await.expect_invalid("/member_id");
    owner
        .put(path(&entry), 1, with("member_id", json!(owner.member_id())))
        .await
        .expect_invalid("/member_id");
    expect_nothing_written(&owner, &entry).await;
}

#[tokio::test]
async fn an_unknown_field_is_answered_with_the_known_ones() {
    let (_server, owner) = TestServer::owner().await;
    let said = owner.post("/timesheets", with("notes", json!("Warp"))).await.expect_invalid("/notes");
    for known in ["`start`", "`end`", "`note`", "`member_id`"] {
        assert!(said.contains(known), "{said}");
    }
}

#[tokio::test]
async fn absurd_times_are_refused_with_what_would_be_right() {
    let (_server, owner) = TestServer::owner().await;
    let entry = hour(&owner).await;
    for year in ["0001", "1999", "2200", "9999"] {
        for (field, day) in [("start", "01-01"), ("end", "12-31")] {
            for ending in ["Z", ""] {
                let value = json!(format!("{year}-{day}T12:00:00{ending}"));
                let said = refused(&owner, &entry, with(field, value), &format!("/{field}")).await;
                assert!(said.contains("between 2000-01-01 and 2199-12-31"), "{year}{ending}: {said}");
            }
        }
    }
    let said = refused(&owner, &entry, with("end", json!("2026-02-01T07:59:59Z")), "/end").await;
    assert_eq!(said, "the end lies before the start");
    let said = refused(&owner, &entry, with("end", json!("2027-02-01T08:00:00Z")), "/end").await;
    assert_eq!(said, "an entry is at most 31 days long");
    for leap_second in ["2026-02-01T23:59:61Z", "2026-02-01T24:00:01Z", "2026-02-01T23:60:00Z"] {
        refused(&owner, &entry, with("end", json!(leap_second)), "/end").await;
    }
    // To begin an open entry, one clocks in.
    owner.post("/timesheets", with("end", json!(null))).await.expect_invalid("/end");
    owner.post("/timesheets", json!({"start": "2026-02-01T08:00:00Z"})).await.expect_invalid("/end");
    expect_nothing_written(&owner, &entry).await;
}

#[tokio::test]
async fn what_is_no_json_or_too_much_of_it_is_refused() {
    let (_server, owner) = TestServer::owner().await;
    let entry = hour(&owner).await;
    for ask in [post("/timesheets"), put(path(&entry)).if_match(1)] {
        for body in ["", "{", "{\"start\": }", "null", "[]", "\u{feff}{}"] {
            owner.ask(ask.clone().body("application/json", body)).await.expect_invalid("");
        }
        let doubled =
            "{\"start\": \"2026-02-01T08:00:00Z\", \"start\": \"2026-02-01T09:00:00Z\", \"end\": null}";
        owner.ask(ask.clone().body("application/json", doubled)).await.expect_invalid("/start");
        let huge = with("note", json!("x".repeat(10_000_000)));
        owner.ask(ask.clone().json(&huge)).await.expect_problem(413, "too_large");
        let text = ask.body("text/plain", with("note", json!("")).to_string());
        owner.ask(text).await.expect_problem(415, "unsupported_media_type");
    }
    expect_nothing_written(&owner, &entry).await;
}

#[tokio::test]
async fn notes_of_every_script_come_back_as_they_were_sent() {
    let (_server, owner) = TestServer::owner().await;
    for (day, note) in
        (10..).zip(["👩‍🚒 Nachtschicht", "سلام ‏دنیا", "a\tb\nc", "=1+1", "<script>", "x\u{202e}y"])
    {
        let body = json!({"start": format!("2026-02-{day}T08:00:00Z"), "end": format!("2026-02-{day}T09:00:00Z"), "note": note});
        let entry = owner.post("/timesheets", body).await.expect(201).json();
        assert_eq!(owner.get(path(&entry)).await.json()["note"], note);
    }
}
