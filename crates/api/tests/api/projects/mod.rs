//! `/projects`

mod create;
mod edit;
mod list;
mod show;

use serde_json::{Value, json};

use super::support::Client;

/// A project that `client` makes.
pub async fn made(client: &Client, name: &str) -> Value {
    client.post("/projects", json!({"name": name})).await.expect(201).json()
}
