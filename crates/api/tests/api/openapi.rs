//! `GET /openapi.json`, and its copy in the repository.

use std::{fs, path::Path};

use serde_json::Value;
use vibesheets_api::openapi;

use crate::support::TestServer;

#[test]
fn the_committed_description_is_the_servers_own() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi.json");
    let made = openapi().to_pretty_json().expect("JSON") + "\n";
    if std::env::vars().any(|(name, _)| name == "UPDATE_SNAPSHOTS") {
        fs::write(&path, made).expect("written");
        return;
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    let first_difference =
        made.lines().zip(committed.lines()).position(|(made, committed)| made != committed);
    assert!(
        made == committed,
        "openapi.json differs from line {}; write it anew with UPDATE_SNAPSHOTS=1",
        first_difference.unwrap_or(0) + 1
    );
}

#[tokio::test]
async fn the_server_describes_itself() {
    let description = TestServer::empty().anonymous().get("/openapi.json").await.expect(200).json();
    assert_eq!(description["openapi"], "3.1.0");
    assert_eq!(description, serde_json::to_value(openapi()).expect("JSON"));
}

#[test]
fn every_reference_leads_somewhere_and_every_operation_says_who_it_is() {
    let description = serde_json::to_value(openapi()).expect("JSON");
    let mut references = Vec::new();
    collect_references(&description, &mut references);
    for reference in references {
        let pointer = reference.strip_prefix('#').expect("a reference into this document");
        assert!(description.pointer(pointer).is_some(), "{reference}");
    }
    let paths = description["paths"].as_object().expect("paths");
    let mut ids: Vec<&str> = Vec::new();
    for operation in paths.values().flat_map(|path| path.as_object().expect("operations").values()) {
        ids.push(operation["operationId"].as_str().expect("an id"));
        for field in ["summary", "tags"] {
            assert!(!operation[field].is_null(), "{field} of {operation}");
        }
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "each id once");
}

fn collect_references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| match value {
            Value::String(reference) if key == "$ref" => found.push(reference.clone()),
            value => collect_references(value, found),
        }),
        Value::Array(values) => values.iter().for_each(|value| collect_references(value, found)),
        _ => {}
    }
}
