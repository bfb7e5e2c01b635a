//! The layer: names, times and logs each request, bounds it, survives its panic, and finishes its answer.

use std::{
    convert::Infallible,
    future::Future,
    panic::AssertUnwindSafe,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use axum::{
    body::Body,
    extract::{MatchedPath, Request},
    http::{HeaderMap, HeaderValue, Method, header},
    response::{IntoResponse, Response},
};
use futures_util::FutureExt;
use tokio::time::{Instant, timeout};
use tower::{Layer, Service};
use tracing::{Instrument, Span, field::Empty};
use vibesheets_core::RandomSource;

use super::{
    SecurityHeaders,
    request_id::{RequestIds, X_REQUEST_ID},
};
use crate::problem::Problem;

/// How long a request may take, other than an import or an export.
const LONGEST_REQUEST: Duration = Duration::from_secs(10);

/// A read that takes longer is logged.
const SLOW_READ: Duration = Duration::from_secs(1);

/// What the layer needs, made once.
pub struct Edge {
    headers: SecurityHeaders,
    request_ids: RequestIds,
    paths_without_time_limit: Vec<String>,
}

impl Edge {
    /// `paths_without_time_limit` watch their own progress: imports and exports.
    pub fn new(https: bool, random: &dyn RandomSource, paths_without_time_limit: Vec<String>) -> Self {
        Self {
            headers: SecurityHeaders::new(https),
            request_ids: RequestIds::new(random),
            paths_without_time_limit,
        }
    }

    fn time_limit(&self, path: &str) -> Option<Duration> {
        let has_none =
            self.paths_without_time_limit.iter().any(|unlimited| path.ends_with(unlimited.as_str()));
        (!has_none).then_some(LONGEST_REQUEST)
    }

    fn finish(&self, response: &mut Response, request_id: HeaderValue, prefix: &str) {
        if let Some(problem) = response.extensions_mut().remove::<Arc<Problem>>() {
            write_problem(response, &problem, request_id.to_str().unwrap_or_default());
        }
        let headers = response.headers_mut();
        self.headers.apply(headers);
        headers.insert(X_REQUEST_ID, request_id);
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
        if !prefix.is_empty() {
            mount_location(headers, prefix);
        }
    }
}

/// Puts [`Edge`] around every route.
#[derive(Clone)]
pub struct EdgeLayer(pub Arc<Edge>);

impl<S> Layer<S> for EdgeLayer {
    type Service = EdgeService<S>;

    fn layer(&self, inner: S) -> EdgeService<S> {
        EdgeService { edge: Arc::clone(&self.0), inner }
    }
}

/// A route with [`Edge`] around it.
#[derive(Clone)]
pub struct EdgeService<S> {
    edge: Arc<Edge>,
    inner: S,
}

impl<S> Service<Request> for EdgeService<S>
where
    S: Service<Request, Response = Response, Error = Infallible>,
    S::Future: Send + 'static,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let edge = Arc::clone(&self.edge);
        let request_id = edge.request_ids.of(request.headers());
        let path = request.extensions().get::<MatchedPath>();
        let limit = edge.time_limit(path.map_or("", MatchedPath::as_str));
        let prefix = if request.uri().path().starts_with("/api/") { "/api" } else { "" };
        let is_read = request.method().is_safe();
        let span = request_span(request.method(), path, &request_id);
        let work = self.inner.call(request);
        let logged_in = span.clone();
        Box::pin(
            async move {
                let began = Instant::now();
                let mut response = bounded(work, limit).await;
                edge.finish(&mut response, request_id, prefix);
                log(&logged_in, is_read, &response, began.elapsed());
                Ok(response)
            }
            .instrument(span),
        )
    }
}

fn request_span(method: &Method, path: Option<&MatchedPath>, request_id: &HeaderValue) -> Span {
    tracing::info_span!(
        "request",
        %method,
        // The pattern, not the path: ids stay out of the log's cardinality, and whatever was typed out of the log.
        path = path.map_or("", MatchedPath::as_str),
        request_id = request_id.to_str().unwrap_or_default(),
        status = Empty,
        microseconds = Empty,
    )
}

async fn bounded<F>(work: F, limit: Option<Duration>) -> Response
where
    F: Future<Output = Result<Response, Infallible>>,
{
    let survived = AssertUnwindSafe(work).catch_unwind();
    let outcome = match limit {
        None => Some(survived.await),
        Some(limit) => timeout(limit, survived).await.ok(),
    };
    match outcome {
        Some(Ok(Ok(response))) => response,
        Some(Err(panic)) => Problem::internal(panic_message(&*panic)).into_response(),
        None => Problem::unavailable("did not finish in time").into_response(),
    }
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    format!(
        "panicked: {}",
        text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without a word")
    )
}

fn write_problem(response: &mut Response, problem: &Problem, request_id: &str) {
    if let Some(internal) = &problem.internal {
        tracing::error!(code = ?problem.code, "{internal}");
    }
    // A problem holds nothing that fails to serialize.
    let body = serde_json::to_vec(&problem.body(request_id)).unwrap_or_default();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    *response.body_mut() = Body::from(body);
}

/// Handlers do not know where they are mounted; a kept answer may go out under another mount than it was made under.
fn mount_location(headers: &mut HeaderMap, prefix: &str) {
    if let Some(location) = headers.get(header::LOCATION).and_then(|location| location.to_str().ok())
        // A whole address is somewhere else.
        && location.starts_with('/')
        && let Ok(mounted) = HeaderValue::try_from(format!("{prefix}{location}"))
    {
        headers.insert(header::LOCATION, mounted);
    }
}

/// Pages ask again every few seconds: of reads that went as they should the log says nothing, so that changes and
/// failures are seen in it.
fn log(span: &Span, is_read: bool, response: &Response, elapsed: Duration) {
    let is_routine = is_read && response.status().is_success() && elapsed < SLOW_READ;
    if is_routine || span.is_disabled() {
        return;
    }
    span.record("status", response.status().as_u16());
    span.record("microseconds", u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX));
    tracing::info!("answered");
}
