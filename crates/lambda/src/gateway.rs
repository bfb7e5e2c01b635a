//! From an event to a request, through the router, and to an answer.

use std::convert::Infallible;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, HeaderValue, Request, Response, header},
};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tower::{Service, ServiceExt};
use vibesheets_api::{
    SecurityHeaders, TrustedProxies,
    problem::{Code, Problem},
};

use crate::event::{Arrived, Event, EventAnswer, EventError, MOST_BODY_BYTES, Shape, strip_prefix};

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The way in and out.
#[derive(Debug, Clone)]
pub struct Gateway {
    /// What a domain of one's own is mapped to, before our paths: `/v1`, or nothing.
    pub base_path: String,
    /// What the gateway's own refusals carry, as every answer does.
    pub headers: SecurityHeaders,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: TrustedProxies,
}

impl Gateway {
    /// Answers the event in `json` by `service`. `invocation` is Lambda's name for it, which becomes the request's where
    /// the client gave it none: so the log's lines and what is told to people carry the same.
    ///
    /// # Errors
    /// [`EventError::NotOurs`] for events of another service: there is nobody to answer.
    pub async fn answer<S>(&self, json: &str, invocation: &str, service: S) -> Result<EventAnswer, EventError>
    where
        S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>,
    {
        let event = Event::read(json)?;
        let shape = event.shape();
        let (request, prefix) = match event.arrived().and_then(|arrived| self.request(arrived, invocation)) {
            Ok(request) => request,
            Err(error @ EventError::NotOurs(_)) => return Err(error),
            Err(error) => return Ok(self.refuse(shape, &unreadable(&error), invocation)),
        };
        let Ok(response) = service.oneshot(request).await;
        Ok(self.whole(shape, response, &prefix).await)
    }

    /// Answers the event in `json` with a problem, where there is no service to ask.
    ///
    /// # Errors
    /// [`EventError::NotOurs`] as above.
    pub fn refuse_event(
        &self,
        json: &str,
        invocation: &str,
        problem: &Problem,
    ) -> Result<EventAnswer, EventError> {
        Ok(self.refuse(Event::read(json)?.shape(), problem, invocation))
    }

    /// The request, and what stands before its path in the client's address.
    fn request(&self, arrived: Arrived, invocation: &str) -> Result<(Request<Body>, String), EventError> {
        let stripped = strip_prefix(&arrived.path, &self.base_path);
        let base_path = if stripped.is_some() { self.base_path.as_str() } else { "" };
        let prefix = format!("{}{base_path}", arrived.stage);
        let path = stripped.unwrap_or(&arrived.path).to_owned();
        let client = arrived.client;
        let mut request = arrived.into_request(&path)?;
        if let Some(address) = client {
            let client = self.trusted_proxies.client(address, request.headers());
            request.extensions_mut().insert(client);
        }
        if let Ok(id) = HeaderValue::try_from(invocation)
            && !id.is_empty()
        {
            request.headers_mut().entry(X_REQUEST_ID).or_insert(id);
        }
        Ok((request, prefix))
    }

    async fn whole(&self, shape: Shape, response: Response<Body>, prefix: &str) -> EventAnswer {
        let (mut parts, body) = response.into_parts();
        let request_id = parts.headers.get(&X_REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default();
        match Limited::new(body, MOST_BODY_BYTES).collect().await {
            Ok(collected) => {
                mount_location(&mut parts.headers, prefix);
                EventAnswer::new(shape, parts.status, parts.headers, collected.to_bytes().into())
            }
            Err(error) if error.is::<LengthLimitError>() => self.refuse(shape, &too_large(), request_id),
            Err(error) => self.refuse(shape, &Problem::unavailable(error), request_id),
        }
    }

    fn refuse(&self, shape: Shape, problem: &Problem, request_id: &str) -> EventAnswer {
        tracing::error!(code = ?problem.code, internal = problem.internal, "{}", problem.detail);
        let mut headers = HeaderMap::new();
        self.headers.apply(&mut headers);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Ok(id) = HeaderValue::try_from(request_id) {
            headers.insert(X_REQUEST_ID, id);
        }
        // A problem holds nothing that fails to serialize.
        let body = serde_json::to_vec(&problem.body(request_id)).unwrap_or_default();
        EventAnswer::new(shape, problem.code.status(), headers, body)
    }
}

fn unreadable(error: &EventError) -> Problem {
    Problem {
        internal: Some(error.to_string()),
        ..Problem::new(Code::Invalid, "The request cannot be read.")
    }
}

fn too_large() -> Problem {
    Problem::new(
        Code::TooLarge,
        "This answer is larger than the 4.4 MB that can be sent here; ask for a shorter range. For larger files the \
         operator gives the server a bucket (VIBESHEETS_TRANSFER_BUCKET).",
    )
}

/// Our paths begin behind what the gateway took away; clients know only the whole address.
fn mount_location(headers: &mut HeaderMap, prefix: &str) {
    if let Some(location) = headers.get(header::LOCATION).and_then(|location| location.to_str().ok())
        && location.starts_with('/')
        && let Ok(mounted) = HeaderValue::try_from(format!("{prefix}{location}"))
    {
        headers.insert(header::LOCATION, mounted);
    }
}
