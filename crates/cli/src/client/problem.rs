//! What the server refused, in its own words.

use serde::Deserialize;
use serde_json::Value;

use super::replies::Entry;
use crate::{
    failure::{Exit, Failure},
    output::date_and_time,
};

#[derive(Debug, Deserialize)]
struct Problem {
    title: String,
    #[serde(default)]
    detail: Option<String>,
    code: String,
    #[serde(default)]
    request_id: Option<String>,
    #[serde(default)]
    errors: Vec<FieldError>,
    #[serde(default)]
    entry: Option<Entry>,
}

#[derive(Debug, Deserialize)]
struct FieldError {
    pointer: String,
    detail: String,
}

/// What `status` with `body` means.
pub fn failure(status: u16, body: &[u8]) -> Failure {
    let exit = if status == 503 { Exit::Unreachable } else { Exit::Refused };
    let value: Option<Value> = serde_json::from_slice(body).ok();
    let Some(problem) = value.clone().and_then(|value| serde_json::from_value::<Problem>(value).ok()) else {
        let detail = "not as a VibeSheets server does; check the address of the server";
        return Failure::new(Exit::Refused, format!("the server answered {status}, {detail}"));
    };
    Failure { exit, message: words(status, &problem), problem: value }
}

fn words(status: u16, problem: &Problem) -> String {
    let mut text = problem.detail.clone().unwrap_or_else(|| problem.title.clone());
    for error in &problem.errors {
        text.push_str(&format!("\n  {}: {}", error.pointer, error.detail));
    }
    if let Some(entry) = &problem.entry {
        text.push_str(&format!("\n  {}", obstacle(entry)));
    }
    let what_to_do = match problem.code.as_str() {
        "not_signed_in" => Some("run `vibesheets login`"),
        "already_clocked_in" => {
            Some("`vibesheets out` clocks out, `vibesheets in --switch` begins the next entry at once")
        }
        "not_clocked_in" => Some("`vibesheets in` clocks in"),
        _ => None,
    };
    if let Some(what_to_do) = what_to_do {
        text.push_str(&format!("\n  {what_to_do}"));
    }
    if let (500.., Some(id)) = (status, &problem.request_id) {
        text.push_str(&format!("\n  the server's log tells more about request {id}"));
    }
    text
}

fn obstacle(entry: &Entry) -> String {
    let start = date_and_time(&entry.start);
    match &entry.end {
        Some(end) => format!("the entry from {start} to {}", date_and_time(end)),
        None => format!("the entry open since {start}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_what_is_in_the_way_and_what_to_do() {
        let body = br#"{"type":"about:blank","title":"Already clocked in","status":409,"detail":"You are clocked in.",
            "code":"already_clocked_in","request_id":"r","entry":{"id":"e","start":"2026-03-02T08:00:00+01:00","end":null,
            "work_date":"2026-03-02","note":"","tags":[]}}"#;
        insta::assert_snapshot!(failure(409, body).message, @r"
        You are clocked in.
          the entry open since 2026-03-02 08:00
          `vibesheets out` clocks out, `vibesheets in --switch` begins the next entry at once
        ");
    }

    #[test]
    fn wrong_fields_are_named() {
        let body = br#"{"title":"Invalid","code":"invalid","detail":"The request is not valid.","errors":[{"pointer":"/at","detail":"lies ahead"}]}"#;
        insta::assert_snapshot!(failure(422, body).message, @r"
        The request is not valid.
          /at: lies ahead
        ");
    }

    #[test]
    fn an_answer_of_something_else_is_not_taken_for_ours() {
        let failure = failure(404, b"<html>not here</html>");
        assert_eq!(
            failure.message,
            "the server answered 404, not as a VibeSheets server does; check the address of the server"
        );
    }
}
