//! Answers as API Gateway wants them.

use std::collections::BTreeMap;

use axum::http::{HeaderMap, StatusCode, header};
use serde::Serialize;

use super::{Shape, body};

/// The longest body of an answer, in bytes: as base64, with headers, it stays below the 6 MB that Lambda can send.
pub const MOST_BODY_BYTES: usize = 4_400_000;

/// An answer to an event.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EventAnswer {
    status_code: u16,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    headers: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    multi_value_headers: BTreeMap<String, Vec<String>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cookies: Vec<String>,
    body: String,
    is_base64_encoded: bool,
}

impl EventAnswer {
    /// Of a whole answer.
    pub fn new(shape: Shape, status: StatusCode, mut headers: HeaderMap, bytes: Vec<u8>) -> Self {
        // The gateway writes it, for the body that it decoded.
        headers.remove(header::CONTENT_LENGTH);
        let (body, is_base64_encoded) = body::text_of(bytes, is_text(&headers));
        let mut answer = Self {
            status_code: status.as_u16(),
            headers: BTreeMap::new(),
            multi_value_headers: BTreeMap::new(),
            cookies: Vec::new(),
            body,
            is_base64_encoded,
        };
        match shape {
            Shape::RestApi => answer.multi_value_headers = lists(&headers),
            Shape::HttpApi => {
                let mut lists = lists(&headers);
                answer.cookies = lists.remove(header::SET_COOKIE.as_str()).unwrap_or_default();
                answer.headers = lists.into_iter().map(|(name, values)| (name, values.join(", "))).collect();
            }
        }
        answer
    }
}

fn lists(headers: &HeaderMap) -> BTreeMap<String, Vec<String>> {
    let mut lists: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in headers {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        lists.entry(name.as_str().to_owned()).or_default().push(value);
    }
    lists
}

fn is_text(headers: &HeaderMap) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    content_type.is_none_or(|of| {
        let essence = of.split(';').next().unwrap_or_default().trim();
        essence.starts_with("text/") || essence == "application/json" || essence.ends_with("+json")
    })
}
