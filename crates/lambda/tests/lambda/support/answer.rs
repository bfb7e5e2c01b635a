//! Asking through a gateway.

use std::sync::atomic::{AtomicU64, Ordering};

use axum::{
    body::to_bytes,
    http::{HeaderMap, Method, Request},
};
use serde_json::Value;

use super::{ApiGateway, Outcome, RuntimeApi};

/// A whole answer.
#[derive(Debug)]
pub struct Answered {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answered {
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.body));
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }
}

/// Somebody who asks through a gateway.
#[derive(Clone)]
pub struct Client {
    api: RuntimeApi,
    gateway: ApiGateway,
    token: Option<String>,
    if_match: &'static str,
}

impl Client {
    pub fn new(api: RuntimeApi, gateway: ApiGateway) -> Self {
        Self { api, gateway, token: None, if_match: "" }
    }

    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    pub fn token(&self) -> &str {
        self.token.as_deref().expect("a token")
    }

    /// With `If-Match`, where it is not empty.
    pub fn with_if_match(&self, if_match: &'static str) -> Self {
        Self { if_match, ..self.clone() }
    }

    pub async fn get(&self, path: &str) -> Answered {
        self.ask(Method::GET, path, "", Vec::new()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answered {
        self.ask(Method::POST, path, "application/json", body.to_string().into_bytes()).await
    }

    pub async fn ask(&self, method: Method, path: &str, content_type: &str, body: Vec<u8>) -> Answered {
        static ASKED: AtomicU64 = AtomicU64::new(0);
        let number = ASKED.fetch_add(1, Ordering::Relaxed);
        let mut request = Request::builder().method(&method).uri(path).header("host", "time.example.com");
        if !method.is_safe() {
            // As every client of ours sends one: a kept answer is looked up and written.
            let key = format!("0190e9f3-0c1e-7a3b-8a51-{number:012x}");
            request = request.header("idempotency-key", key);
        }
        if !content_type.is_empty() {
            request = request.header("content-type", content_type);
        }
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if !self.if_match.is_empty() {
            request = request.header("if-match", self.if_match);
        }
        let (parts, ()) = request.body(()).expect("a request").into_parts();
        let event = self.gateway.event(&parts, &body).to_string();
        let id = format!("invocation-{number}");
        match self.api.invoke(&id, &event).await {
            Outcome::Failed(words) => panic!("the invocation failed: {words}"),
            Outcome::Answered(answer) => {
                let (parts, body) = self.gateway.response(&answer).into_parts();
                let body = to_bytes(body, usize::MAX).await.expect("the whole body");
                Answered { status: parts.status.as_u16(), headers: parts.headers, body: body.to_vec() }
            }
        }
    }
}
