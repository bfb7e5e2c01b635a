//! Answers that can be kept and given again byte for byte (I4).

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};
use vibesheets_core::store::Answer;

use crate::problem::Problem;

/// An answer to a command, before it is kept.
///
/// ```text
/// 201 "1" /timesheets/0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42
/// {"id":"0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42", …
/// ```
/// is how it is kept: one line with status, ETag and Location (`-` where there is none), then the body.
#[derive(Debug)]
pub struct Reply {
    status: StatusCode,
    version: Option<u32>,
    location: Option<String>,
}

impl Reply {
    /// With status 200.
    pub const fn ok() -> Self {
        Self { status: StatusCode::OK, version: None, location: None }
    }

    /// With status 201, and where the new thing is: a path under the mount, such as `/projects/ID`.
    pub const fn created(location: String) -> Self {
        Self { status: StatusCode::CREATED, version: None, location: Some(location) }
    }

    /// With status 201, where the new thing is at no place of its own.
    pub const fn created_without_location() -> Self {
        Self { status: StatusCode::CREATED, version: None, location: None }
    }

    /// With status 204.
    pub const fn no_content() -> Self {
        Self { status: StatusCode::NO_CONTENT, version: None, location: None }
    }

    /// With an `ETag`.
    #[must_use]
    pub fn version(self, version: u32) -> Self {
        Self { version: Some(version), ..self }
    }

    /// To be kept, with `body` as JSON.
    pub fn json<T: Serialize>(&self, body: &T) -> Answer {
        let mut bytes = self.head();
        // Our bodies have string keys and no failing serializer.
        serde_json::to_writer(&mut bytes, body).expect("a body is always JSON");
        Answer(bytes)
    }

    /// To be kept, without a body.
    pub fn empty(&self) -> Answer {
        Answer(self.head())
    }

    fn head(&self) -> Vec<u8> {
        let version = self.version.map_or_else(|| "-".to_owned(), |version| format!("\"{version}\""));
        let location = self.location.as_deref().unwrap_or("-");
        let mut bytes = Vec::with_capacity(512);
        bytes.extend_from_slice(format!("{} {version} {location}\n", self.status.as_u16()).as_bytes());
        bytes
    }
}

/// A kept answer, read again.
#[derive(Debug)]
pub struct Kept {
    status: StatusCode,
    headers: HeaderMap,
    /// JSON, or nothing.
    pub body: Vec<u8>,
}

impl Kept {
    /// Reads a kept answer.
    ///
    /// # Errors
    /// A problem where the bytes are none of ours.
    pub fn read(answer: Answer) -> Result<Self, Problem> {
        Self::parse(answer.0).ok_or_else(|| Problem::internal("a kept answer cannot be read"))
    }

    fn parse(mut bytes: Vec<u8>) -> Option<Self> {
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        let body = bytes.split_off(end + 1);
        let mut head = std::str::from_utf8(&bytes[..end]).ok()?.splitn(3, ' ');
        let status = StatusCode::from_bytes(head.next()?.as_bytes()).ok()?;
        let mut headers = HeaderMap::with_capacity(16);
        for name in [header::ETAG, header::LOCATION] {
            match head.next()? {
                "-" => {}
                value => drop(headers.insert(name, HeaderValue::from_str(value).ok()?)),
            }
        }
        Some(Self { status, headers, body })
    }
}

impl IntoResponse for Kept {
    fn into_response(mut self) -> Response {
        if !self.body.is_empty() {
            self.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}

/// The response that a kept answer is.
///
/// # Errors
/// A problem where the bytes are none of ours.
pub fn answered(answer: Answer) -> Result<Response, Problem> {
    Kept::read(answer).map(IntoResponse::into_response)
}

/// The response that a kept answer is, where its body is not sent as it is kept: `show` makes of the one the other.
///
/// # Errors
/// A problem where the bytes are none of ours.
pub fn answered_with<K: DeserializeOwned, S: Serialize>(
    answer: Answer,
    show: impl FnOnce(K) -> S,
) -> Result<Response, Problem> {
    let mut kept = Kept::read(answer)?;
    let body = serde_json::from_slice(&kept.body).map_err(Problem::internal)?;
    kept.body = serde_json::to_vec(&show(body)).map_err(Problem::internal)?;
    Ok(kept.into_response())
}

/// A JSON answer to a question: nothing to keep.
pub fn json<T: Serialize>(body: &T) -> Response {
    let mut bytes = Vec::with_capacity(512);
    match serde_json::to_writer(&mut bytes, body) {
        Ok(()) => {
            let content_type = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
            (content_type, bytes).into_response()
        }
        Err(error) => Problem::internal(error).into_response(),
    }
}

/// A JSON answer with an `ETag`.
pub fn versioned<T: Serialize>(version: u32, body: &T) -> Response {
    let mut response = json(body);
    if let Ok(tag) = HeaderValue::try_from(format!("\"{version}\"")) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}
