//! One call of an operation.

use axum::http::Method;
use serde_json::Value;

use crate::support::Client;

/// One call of an operation.
pub struct Call {
    pub path: String,
    pub content_type: &'static str,
    pub body: Vec<u8>,
    /// `If-Match`, where it is an edit.
    pub version: &'static str,
}

impl Call {
    pub async fn send(&self, client: &Client, operation: &str) {
        let method: Method =
            operation.split(' ').next().and_then(|word| word.parse().ok()).expect("a method");
        let client = client.with_if_match(self.version);
        let answer = client.ask(method, &self.path, self.content_type, self.body.clone()).await;
        // This function has no bucket: what it would do with one is S3's affair.
        // Without a bucket and without a key for checkpoints there is none of these.
        let is_as_it_should =
            answer.status < 400 || ["POST /import/uploads", "GET /checkpoint"].contains(&operation);
        assert!(is_as_it_should, "{operation}: {} {}", answer.status, String::from_utf8_lossy(&answer.body));
    }
}

pub fn get(path: impl Into<String>) -> Call {
    Call { path: path.into(), content_type: "", body: Vec::new(), version: "" }
}

pub fn send(path: impl Into<String>, body: &Value) -> Call {
    Call { content_type: "application/json", body: body.to_string().into_bytes(), ..get(path) }
}

pub fn edit(path: impl Into<String>, body: &Value) -> Call {
    Call { version: "\"1\"", ..send(path, body) }
}
