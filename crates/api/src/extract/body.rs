//! Reading a body: its type, its size, its JSON.

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, header},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use serde::de::DeserializeOwned;
use serde_json::Value;
use vibesheets_core::Reason;

use super::{depth, pointer};
use crate::problem::{Code, Problem};

/// The most bytes a JSON body may have.
pub const MOST_BYTES: usize = 64 * 1024;

/// The whole body, where it is small enough.
pub async fn read(headers: &HeaderMap, body: Body) -> Result<Bytes, Problem> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: usize| length > MOST_BYTES) {
        return Err(too_large());
    }
    match Limited::new(body, MOST_BYTES).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large()),
        Err(error) => {
            Err(Problem::invalid_field("", Reason::new("broke_off", format!("The body broke off: {error}."))))
        }
    }
}

fn too_large() -> Problem {
    Problem::new(Code::TooLarge, "A JSON body may have at most 65,536 bytes.")
}

/// Whether the body says it is `expected`, whatever parameters follow.
pub fn has_content_type(headers: &HeaderMap, expected: &str) -> bool {
    let sent = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = sent.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case(expected)
}

/// Refuses bodies that do not say that they are JSON: a form of another site cannot say so.
pub fn require_json(headers: &HeaderMap) -> Result<(), Problem> {
    if has_content_type(headers, "application/json") {
        return Ok(());
    }
    Err(Problem::new(Code::UnsupportedMediaType, "Send JSON, with `Content-Type: application/json`."))
}

/// Reads `bytes` as a `T`, or says what is wrong where.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    depth::check(bytes)?;
    if bytes.trim_ascii_start().first().is_some_and(|first| b"[\"-0123456789tfn".contains(first)) {
        // An array would be read as the fields in their order, which nobody means.
        return Err(Problem::invalid_field(
            "",
            Reason::new("not_json", "The body must be a JSON object, in braces."),
        ));
    }
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let (pointer, error) = (pointer::of(error.path()), error.inner());
        if error.is_data() {
            Problem::invalid(vec![pointer::blame(&pointer, &without_position(error))])
        } else if serde_json::from_slice::<Value>(bytes).is_ok() {
            // A number where one of several words is due looks like a mistake of syntax to the parser.
            Problem::invalid_field(pointer, Reason::new("wrong_type", "is of the wrong type"))
        } else {
            not_json(error)
        }
    })?;
    json.end().map_err(|error| not_json(&error))?;
    Ok(value)
}

fn not_json(error: &serde_json::Error) -> Problem {
    let (what, line, column) = (without_position(error), error.line(), error.column());
    let detail = format!("The body is not JSON: {what} at line {line}, column {column}.");
    Problem::invalid_field("", Reason::new("not_json", detail))
}

/// serde_json ends its sentences with a position, which means nothing to whoever filled a form.
fn without_position(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}
