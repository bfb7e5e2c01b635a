//! `POST /clock`

mod bad_input;
mod device_time;
mod nights;
mod press;
mod races;
mod repeats;
mod work;

use serde_json::{Value, json};

use super::support::Client;

/// The open entry of `client`, who clocks in now.
pub async fn clocked_in(client: &Client) -> Value {
    pressed(client, "in").await["entry"].clone()
}

/// What a press of the button gives.
pub async fn pressed(client: &Client, action: &str) -> Value {
    client.post("/clock", json!({"action": action})).await.expect(200).json()
}
