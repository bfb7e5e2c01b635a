//! A request, written the way a test reads.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, Method, Request, header},
};
use serde_json::Value;

/// A request to a path under `/api`.
#[derive(Debug, Clone)]
pub struct Ask {
    method: Method,
    path: String,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Vec<u8>,
}

pub fn get(path: impl Into<String>) -> Ask {
    Ask::new(Method::GET, path)
}

pub fn post(path: impl Into<String>) -> Ask {
    Ask::new(Method::POST, path)
}

pub fn put(path: impl Into<String>) -> Ask {
    Ask::new(Method::PUT, path)
}

pub fn patch(path: impl Into<String>) -> Ask {
    Ask::new(Method::PATCH, path)
}

pub fn delete(path: impl Into<String>) -> Ask {
    Ask::new(Method::DELETE, path)
}

impl Ask {
    pub fn new(method: Method, path: impl Into<String>) -> Self {
        Self { method, path: path.into(), headers: Vec::new(), body: Vec::new() }
    }

    /// With a JSON body.
    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    /// With any body.
    pub fn body(self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self }.header("content-type", content_type)
    }

    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::try_from(name).expect("a header name");
        self.headers.push((name, HeaderValue::try_from(value).expect("a header value")));
        self
    }

    /// With `If-Match` for a version.
    pub fn if_match(self, version: u64) -> Self {
        self.header("if-match", &format!("\"{version}\""))
    }

    /// With an `Idempotency-Key`; the same number is the same key.
    pub fn key(self, number: u64) -> Self {
        self.header("idempotency-key", &format!("0190e9f3-0c1e-7a3b-8a51-{number:012x}"))
    }

    /// Whether it only reads.
    pub fn is_safe(&self) -> bool {
        self.method.is_safe()
    }

    /// The same request about ids that nobody has.
    pub fn with_other_ids(mut self) -> Self {
        let segments = self.path.split('/').map(|segment| match segment.len() {
            36 => "0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42",
            _ => segment,
        });
        self.path = segments.collect::<Vec<_>>().join("/");
        self
    }

    /// As it goes to the router. A path that begins with `//` is taken from the root instead of `/api`.
    pub fn into_request(self) -> Request<Body> {
        let uri = match self.path.strip_prefix('/') {
            Some(from_root) if from_root.starts_with('/') => from_root.to_owned(),
            _ => format!("/api{}", self.path),
        };
        let mut request =
            Request::builder().method(self.method).uri(uri).header(header::HOST, "localhost:3000");
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        request.body(Body::from(self.body)).expect("a request")
    }
}
