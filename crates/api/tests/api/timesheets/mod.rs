//! `/timesheets`

mod as_of;
mod bad_input;
mod create;
mod delete;
mod edit;
mod history;
mod list;
mod local_times;
mod pages;
pub mod quarter;
mod restore;
mod tampering;

use serde_json::{Value, json};

use super::support::Client;

/// An entry that `client` types for themselves.
pub async fn typed(client: &Client, start: &str, end: &str) -> Value {
    client.post("/timesheets", json!({"start": start, "end": end})).await.expect(201).json()
}

/// Where an entry is.
#[track_caller]
pub fn path(entry: &Value) -> String {
    format!("/timesheets/{}", entry["id"].as_str().expect("an id"))
}

/// From eight to nine in Vienna, the day before the server's time begins.
pub async fn hour(client: &Client) -> Value {
    typed(client, "2026-03-01T08:00:00+01:00", "2026-03-01T09:00:00+01:00").await
}
