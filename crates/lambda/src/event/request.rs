//! The request in an event.

use std::{fmt::Write, net::IpAddr};

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri},
};

/// The shape of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One value for each header, cookies apart.
    HttpApi,
    /// Lists of values.
    RestApi,
}

/// Why an event is no request.
#[derive(Debug, thiserror::Error)]
pub enum EventError {
    /// Not of API Gateway: a defect of the deployment.
    #[error("this event is none of API Gateway or a function URL: {0}")]
    NotOurs(String),
    /// The body says that it is base64 and is not.
    #[error("the event's body says that it is base64 and is not")]
    NotBase64,
    /// The path or the query can stand in no URI.
    #[error("the event's path or query is none")]
    NoUri,
}

/// A request as it arrived at the gateway.
#[derive(Debug)]
pub struct Arrived {
    /// The stage, where the gateway's own address has one before the path: `/prod`, or nothing.
    pub stage: String,
    /// The path behind the stage.
    pub path: String,
    /// Without the question mark; empty where there is none.
    pub query: String,
    /// What the client asks to be done.
    pub method: Method,
    /// All of them, cookies too.
    pub headers: HeaderMap,
    /// Decoded.
    pub body: Vec<u8>,
    /// Who connected to the gateway.
    pub client: Option<IpAddr>,
}

impl Arrived {
    /// As the router takes it, at `path`.
    ///
    /// # Errors
    /// [`EventError::NoUri`] where path and query are none.
    pub fn into_request(self, path: &str) -> Result<Request<Body>, EventError> {
        let mut target = if path.starts_with('/') { String::new() } else { "/".to_owned() };
        // A question mark that was decoded belongs to the path.
        push_legal(&mut target, &path.replace('?', "%3F"));
        if !self.query.is_empty() {
            target.push('?');
            push_legal(&mut target, &self.query);
        }
        let uri: Uri = target.parse().map_err(|_| EventError::NoUri)?;
        let mut request = Request::new(Body::from(self.body));
        *request.method_mut() = self.method;
        *request.uri_mut() = uri;
        *request.headers_mut() = self.headers;
        Ok(request)
    }
}

/// Gateways decode some of what clients encode; what may not stand in a URI is encoded again, and `%` is left alone.
fn push_legal(target: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'!' | b'$'..=b';' | b'=' | b'?'..=b'Z' | b'_' | b'a'..=b'z' | b'~' => {
                target.push(char::from(byte));
            }
            // Writing to a String never fails.
            _ => drop(write!(target, "%{byte:02X}")),
        }
    }
}

/// A header, where it is one: what is none cannot have come through the gateway, and is nothing to fail for.
pub fn append(headers: &mut HeaderMap, name: &str, value: &str) {
    let (name, value) = (HeaderName::try_from(name), HeaderValue::try_from(value));
    if let (Ok(name), Ok(value)) = (name, value) {
        headers.append(name, value);
    }
}

/// What follows `prefix` in `path`, where that is a whole number of segments; `/` where nothing does.
pub fn strip_prefix<'a>(path: &'a str, prefix: &str) -> Option<&'a str> {
    match path.strip_prefix(prefix)? {
        "" => Some("/"),
        rest if rest.starts_with('/') => Some(rest),
        _ => None,
    }
}
