//! Who signs up.

use serde_json::{Value, json};

use super::Client;

/// Everybody's.
pub const PASSWORD: &str = "correct horse battery";

/// Asked for by the first sign-up; what `printf 'vibesheets setup code 1' | openssl dgst -sha256 -mac HMAC -macopt hexkey:KEY`
/// begins with, where KEY is `0f` 32 times.
pub const SETUP_CODE: &str = "5d734d7b0f534b99";

/// Signs somebody up and signs them in as a program; `more` is the organisation, the invitation, the setup code.
pub async fn sign_up(client: &Client, name: &str, more: &Value) -> Client {
    let email = format!("{}@example.com", name.to_lowercase());
    let mut body = json!({"email": email, "password": PASSWORD, "name": name, "time_zone": "Europe/Vienna"});
    for (field, value) in more.as_object().expect("fields") {
        body[field] = value.clone();
    }
    client.post("/api/auth/signup", &body).await.expect(201);
    let credentials = json!({"email": email, "password": PASSWORD});
    let token = client.post("/api/auth/token", &credentials).await.expect(200).json();
    client.with_token(token["access_token"].as_str().expect("a token"))
}

/// An admin of `owner`'s organisation.
pub async fn admin(client: &Client, owner: &Client, name: &str) -> Client {
    let invited =
        json!({"name": name, "role": "admin", "email": format!("{}@example.com", name.to_lowercase())});
    let added = owner.post("/api/members", &invited).await.expect(201).json();
    let link = added["invitation"]["url"].as_str().expect("a link");
    sign_up(client, name, &json!({"invitation": link.rsplit('#').next()})).await
}
