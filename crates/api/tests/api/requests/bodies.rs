//! Bodies that are no JSON, or too much of it.

use crate::support::{TestServer, patch, post};

async fn sent(body: impl Into<Vec<u8>>) -> crate::support::Answered {
    let (_server, owner) = TestServer::owner().await;
    let answer = owner.ask(patch("/me").body("application/json; charset=utf-8", body)).await;
    assert_eq!(owner.get("/me").await.json()["member"]["version"], 1, "nothing changed");
    answer
}

#[tokio::test]
async fn what_is_not_json_is_told_with_line_and_column() {
    for (body, said) in [
        ("", "The body is not JSON: EOF while parsing a value at line 1, column 0."),
        ("{\n\"name\": \"Olga\",\n}", "The body is not JSON: trailing comma at line 3, column 1."),
        ("{\"name\": \"Olga\"} x", "The body is not JSON: trailing characters at line 1, column 18."),
        ("{\"name\": \"Ol", "The body is not JSON: EOF while parsing a string at line 1, column 12."),
        (
            "{\"name\": \"a\u{1}b\"}",
            "The body is not JSON: control character (\\u0000-\\u001F) found while parsing a string at line 1, column 12.",
        ),
        ("{\"name\": NaN}", "The body is not JSON: expected value at line 1, column 10."),
        ("name=Olga", "The body must be a JSON object, in braces."),
    ] {
        assert_eq!(sent(body).await.expect_invalid(""), said);
    }
    assert!(sent(b"{\"name\": \"\xff\"}").await.expect_invalid("").contains("at line 1, column"));
}

#[tokio::test]
async fn what_is_json_but_not_ours_is_told_with_a_pointer() {
    for (body, pointer, said) in [
        ("[]", "", "The body must be a JSON object, in braces."),
        (" [\"Olga\"]", "", "The body must be a JSON object, in braces."),
        ("null", "", "The body must be a JSON object, in braces."),
        ("\"x\"", "", "The body must be a JSON object, in braces."),
        ("{\"name\": [1]}", "/name", "invalid type: sequence, expected a string"),
        ("{\"name\": {\"a\": 1}}", "/name", "invalid type: map, expected a string"),
        ("{\"locale\": 1}", "/locale", "is of the wrong type"),
        ("{\"name\": \"A\", \"name\": \"B\"}", "/name", "is there twice"),
        (
            "{\"a/b~c\": 1}",
            "/a~1b~0c",
            "is not known here; expected one of `name`, `time_zone`, `locale`, `duration_format`",
        ),
    ] {
        assert_eq!(sent(body).await.expect_invalid(pointer), said, "{body}");
    }
}

#[tokio::test]
async fn a_missing_field_is_named() {
    let server = TestServer::empty();
    let answer =
        server.anonymous().ask(post("/auth/login").body("application/json", "{\"email\":\"a@b.c\"}")).await;
    assert_eq!(answer.expect_invalid("/password"), "is missing");
}

#[tokio::test]
async fn a_body_nests_at_most_32_levels() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert_eq!(sent(nested(33)).await.expect_invalid(""), "The body nests more than 32 levels deep.");
    // A string may hold as many brackets as it likes.
    assert_eq!(sent(format!("\"{}\"", "[".repeat(99))).await.status, 422);
    sent("[".repeat(60_000)).await.expect_invalid("");
}

#[tokio::test]
async fn a_body_has_at_most_64_kibibytes() {
    let padded = |bytes: usize| format!("{{\"name\":\"Olga\"{}}}", " ".repeat(bytes - 15));
    let (_server, owner) = TestServer::owner().await;
    let just = patch("/me").body("application/json", padded(65_536));
    owner.ask(just).await.expect(200);
    sent(padded(65_537)).await.expect_problem(413, "too_large");
    sent(vec![b' '; 10_000_000]).await.expect_problem(413, "too_large");
}

#[tokio::test]
async fn a_body_that_announces_too_much_is_refused_before_it_is_read() {
    let (_server, owner) = TestServer::owner().await;
    let ask = patch("/me").body("application/json", "{}").header("content-length", "10000000");
    owner.ask(ask).await.expect_problem(413, "too_large");
}

#[tokio::test]
async fn emoji_and_right_to_left_text_come_back_as_they_were_sent() {
    let (_server, owner) = TestServer::owner().await;
    let name = "👩‍🚒 سلام ‏دنیا é";
    let answer = owner.ask(patch("/me").json(&serde_json::json!({ "name": name }))).await.expect(200);
    assert_eq!(answer.json()["member"]["name"], name);
}
