//! Talking HTTP as an API client does.

use std::fmt;

use serde_json::{Value, json};
use ureq::{Agent, http};

/// Everyone's password.
pub const PASSWORD: &str = "correct horse battery";

/// A signed-in member.
#[derive(Clone)]
pub struct Person {
    agent: Agent,
    server: String,
    token: String,
}

/// An answer, whole.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its body.
    pub body: Vec<u8>,
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.status, String::from_utf8_lossy(&self.body))
    }
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }
}

/// An agent that takes every status for an answer.
pub fn agent() -> Agent {
    // The server ends a connection after some seconds without a request: one kept for the next may just be ending.
    let config = Agent::config_builder().http_status_as_error(false).max_redirects(0).proxy(None);
    config.max_idle_connections(0).build().into()
}

/// Sends JSON.
///
/// # Errors
/// Where the server went away.
pub fn send(
    agent: &Agent,
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: Option<&Value>,
) -> Result<Answer, ureq::Error> {
    let mut request = http::Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut response = match body {
        Some(body) => agent.run(
            request.header("content-type", "application/json").body(body.to_string()).expect("a request"),
        )?,
        None => agent.run(request.body(()).expect("a request"))?,
    };
    Ok(Answer { status: response.status().as_u16(), body: response.body_mut().read_to_vec()? })
}

impl Person {
    /// The owner of a new organisation on an empty server.
    pub fn owner(server: &str) -> Self {
        let sign_up = json!({"email": "owner@example.com", "password": PASSWORD, "name": "Ada Owner",
            "time_zone": "Europe/Vienna", "organisation": "Example"});
        Self::signed_up(server, &sign_up)
    }

    /// Whoever signs up like this.
    pub fn signed_up(server: &str, sign_up: &Value) -> Self {
        let agent = agent();
        let answer = send(&agent, "POST", &format!("{server}/api/auth/signup"), &[], Some(sign_up))
            .expect("an answer");
        assert_eq!(answer.status, 201, "{:?}", answer.json());
        Self::signed_in(server, sign_up["email"].as_str().expect("an address"))
    }

    /// Whoever has this address.
    pub fn signed_in(server: &str, email: &str) -> Self {
        let agent = agent();
        let credentials = json!({"email": email, "password": PASSWORD});
        let answer = send(&agent, "POST", &format!("{server}/api/auth/token"), &[], Some(&credentials))
            .expect("an answer");
        assert_eq!(answer.status, 200, "{:?}", answer.json());
        let token = answer.json()["access_token"].as_str().expect("a token").to_owned();
        Self { agent, server: server.to_owned(), token: format!("Bearer {token}") }
    }

    /// Somebody whom this owner invites and who signs up.
    pub fn invited(&self, name: &str) -> Self {
        let email = format!("{name}@example.com");
        let invited = self.post("/members", &json!({"name": name, "email": email, "role": "member"}));
        assert_eq!(invited.status, 201, "{:?}", invited.json());
        let url = invited.json()["invitation"]["url"].as_str().expect("a link").to_owned();
        let invitation = url.rsplit(['/', '#', '=']).next().expect("a token").to_owned();
        let sign_up = json!({"email": email, "password": PASSWORD, "name": name,
            "time_zone": "Europe/Vienna", "invitation": invitation});
        Self::signed_up(&self.server, &sign_up)
    }

    /// The same person on a server that was started again at another address.
    pub fn at(&self, server: &str) -> Self {
        Self { agent: agent(), server: server.to_owned(), token: self.token.clone() }
    }

    /// Sends a command that nobody repeats.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, None, Some(body)).expect("an answer")
    }

    /// Sends a command with an id.
    ///
    /// # Errors
    /// Where the server went away.
    pub fn command(&self, path: &str, id: &str, body: &Value) -> Result<Answer, ureq::Error> {
        self.send("POST", path, Some(id), Some(body))
    }

    /// Sends anything below `/api`.
    ///
    /// # Errors
    /// Where the server went away.
    pub fn send(
        &self,
        method: &str,
        path: &str,
        command: Option<&str>,
        body: Option<&Value>,
    ) -> Result<Answer, ureq::Error> {
        let mut headers = vec![("authorization", self.token.as_str())];
        headers.extend(command.map(|id| ("idempotency-key", id)));
        send(&self.agent, method, &format!("{}/api{path}", self.server), &headers, body)
    }
}
