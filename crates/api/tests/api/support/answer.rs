//! A whole answer.

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderMap, Response, StatusCode},
};
use serde_json::Value;

/// A whole answer.
#[derive(Debug, Clone)]
pub struct Answered {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answered {
    pub async fn read(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("the whole body");
        Self { status: parts.status, headers: parts.headers, body }
    }

    /// Holds the status, and shows the body where it is another.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", String::from_utf8_lossy(&self.body));
        self
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }

    /// Holds status, code and content type of a problem, and gives its body.
    #[track_caller]
    pub fn expect_problem(self, status: u16, code: &str) -> Value {
        let answer = self.expect(status);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let problem = answer.json();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["status"], status);
        assert_eq!(problem["request_id"], answer.header("x-request-id"));
        problem
    }

    /// Holds that the one wrong field is at `pointer`, and gives what is said about it.
    #[track_caller]
    pub fn expect_invalid(self, pointer: &str) -> String {
        let problem = self.expect_problem(422, "invalid");
        let errors = problem["errors"].as_array().expect("errors");
        assert_eq!(errors.len(), 1, "{problem}");
        assert_eq!(errors[0]["pointer"], pointer, "{problem}");
        errors[0]["detail"].as_str().expect("a detail").to_owned()
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    /// The version that `ETag` names.
    #[track_caller]
    pub fn version(&self) -> u64 {
        self.header("etag").trim_matches('"').parse().expect("a version in the ETag")
    }
}
