//! What the clock does not take; nothing is written.

use serde_json::{Value, json};

use crate::support::{TestServer, post};

#[tokio::test]
async fn what_is_wrong_is_told_where_it_is() {
    let (_server, owner) = TestServer::owner().await;
    let longest = "x".repeat(3_001);
    let wrong: [(Value, &str); 17] = [
        (json!({}), "/action"),
        (json!({"action": "pause"}), "/action"),
        (json!({"action": "IN"}), "/action"),
        (json!({"action": 1}), "/action"),
        (json!({"action": null}), "/action"),
        (json!({"action": "in", "at": 1_772_438_400}), "/at"),
        (json!({"action": "in", "project": "Loom"}), "/project"),
        (json!({"action": "in", "member_id": "0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42"}), "/member_id"),
        (json!({"action": "in", "project_id": "Loom"}), "/project_id"),
        (json!({"action": "in", "project_id": 7}), "/project_id"),
        (json!({"action": "in", "note": ["Warp"]}), "/note"),
        (json!({"action": "in", "note": "bell\u{7}"}), "/note"),
        (json!({"action": "in", "note": "nul\u{0}"}), "/note"),
        (json!({"action": "in", "note": longest}), "/note"),
        (json!({"action": "in", "tags": "a"}), "/tags"),
        (json!({"action": "in", "tags": ["a", ""]}), "/tags/1"),
        (json!({"action": "in", "billable": "yes"}), "/billable"),
    ];
    for (body, pointer) in wrong {
        owner.post("/clock", body).await.expect_invalid(pointer);
    }
    let many: Vec<String> = (0..21).map(|number| number.to_string()).collect();
    let said = owner.post("/clock", json!({"action": "in", "tags": many})).await.expect_invalid("/tags");
    assert_eq!(said, "an entry carries at most 20 tags");
    assert_eq!(owner.get("/status").await.json()["clocked_in"], false);
}

#[tokio::test]
async fn what_is_no_json_or_too_much_of_it_is_refused() {
    let (_server, owner) = TestServer::owner().await;
    for body in ["", "{", "{\"action\": in}", "action=in", "[\"in\"]", "{\"action\":\"in\"}{}"] {
        owner.ask(post("/clock").body("application/json", body)).await.expect_invalid("");
    }
    let form = post("/clock").body("application/x-www-form-urlencoded", "action=in");
    owner.ask(form).await.expect_problem(415, "unsupported_media_type");
    let huge = format!("{{\"action\":\"in\",\"note\":\"{}\"}}", "x".repeat(10_000_000));
    owner.ask(post("/clock").body("application/json", huge)).await.expect_problem(413, "too_large");
    assert_eq!(owner.get("/status").await.json()["clocked_in"], false);
}

#[tokio::test]
async fn notes_of_every_script_and_of_3000_characters_come_back_as_they_were_sent() {
    let (_server, owner) = TestServer::owner().await;
    for note in ["👩‍🚒 Nachtschicht", "سلام ‏دنیا", "two\nlines\tand a tab", &"😀".repeat(3_000)]
    {
        let answer = owner.post("/clock", json!({"action": "in", "note": note})).await.expect(200);
        assert_eq!(answer.json()["entry"]["note"], note);
        owner.post("/clock", json!({"action": "out"})).await.expect(200);
    }
}
