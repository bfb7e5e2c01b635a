//! The embedded web app: its files with their best encoding, and its start page for every path that it draws itself.

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use tower::ServiceExt;
use vibesheets_api::SecurityHeaders;
use vibesheets_web::{Asset, Representation};

/// Names that carry a hash of their content.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Everything else is asked for again, and answered with 304 where it is the same.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// The API with the app beside it: what the API does not know is drawn by the app, except below the API's own path.
pub fn beside(api: Router, security: SecurityHeaders) -> Router {
    let alone = api.clone();
    api.fallback(async move |request: Request| {
        if is_of_the_api(request.uri().path()) {
            return alone.oneshot(request).await.into_response();
        }
        let mut response = answer(&request);
        security.apply(response.headers_mut());
        response
    })
}

/// A program that misspells a path must not be answered with a page.
fn is_of_the_api(path: &str) -> bool {
    path.split('/').find(|part| !part.is_empty()) == Some("api")
}

fn answer(request: &Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    let path = request.uri().path();
    match vibesheets_web::find(path) {
        Some(asset) => file(&asset, request),
        None if is_page(path) => match vibesheets_web::fallback() {
            Some(asset) => file(&asset, request),
            None => text(
                StatusCode::NOT_FOUND,
                "The web app was not built into this program; run `make web` and build again.\n",
            ),
        },
        None => text(StatusCode::NOT_FOUND, "There is no such file.\n"),
    }
}

/// Whether the app's own router draws this path: a missing file must not look like a page.
fn is_page(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    !path.starts_with("/_app/") && !last.contains('.')
}

fn text(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store"), (header::CONTENT_TYPE, "text/plain; charset=utf-8")], text)
        .into_response()
}

fn file(asset: &Asset, request: &Request) -> Response {
    let (representation, encoding) = best(asset, request.headers());
    let mut response = if is_known(request.headers(), &representation.etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let body = match &representation.bytes {
            std::borrow::Cow::Borrowed(bytes) => Body::from(*bytes),
            std::borrow::Cow::Owned(bytes) => Body::from(bytes.clone()),
        };
        let mut response = body.into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
        if let Some(encoding) = encoding {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, if asset.immutable { FOR_EVER } else { ASK_AGAIN });
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(etag) = HeaderValue::from_str(&representation.etag) {
        headers.insert(header::ETAG, etag);
    }
    response
}

fn best<'a>(asset: &'a Asset, headers: &HeaderMap) -> (&'a Representation, Option<&'static str>) {
    match (&asset.brotli, &asset.gzip) {
        (Some(brotli), _) if accepts(headers, "br") => (brotli, Some("br")),
        (_, Some(gzip)) if accepts(headers, "gzip") => (gzip, Some("gzip")),
        _ => (&asset.identity, None),
    }
}

/// Whether `Accept-Encoding` names `encoding` and does not weigh it with zero (RFC 9110, 12.5.3).
fn accepts(headers: &HeaderMap, encoding: &str) -> bool {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|choice| {
        let (name, weight) = choice.split_once(';').unwrap_or((choice, ""));
        let refused =
            weight.trim().strip_prefix("q=").is_some_and(|q| q.bytes().all(|b| matches!(b, b'0' | b'.')));
        name.trim().eq_ignore_ascii_case(encoding) && !refused
    })
}

/// Whether the client says that it has these bytes (RFC 9110, 13.1.2).
fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let lines = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|known| {
        let known = known.trim();
        known == "*" || known.strip_prefix("W/").unwrap_or(known) == etag
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: header::HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_str(value).expect("a header"))])
    }

    #[test]
    fn an_encoding_counts_where_it_is_named_and_not_refused() {
        let accepts = |value: &str| accepts(&headers(header::ACCEPT_ENCODING, value), "br");
        assert!(accepts("gzip, deflate, br") && accepts("BR;q=0.5"));
        assert!(!accepts("gzip") && !accepts("br;q=0") && !accepts("br; q=0.0") && !accepts("broken"));
    }

    #[test]
    fn a_known_entity_tag_is_found_in_a_list_and_behind_a_weak_mark() {
        let known = |value: &str| is_known(&headers(header::IF_NONE_MATCH, value), "\"a\"");
        assert!(known("\"a\"") && known("\"b\", W/\"a\"") && known("*"));
        assert!(!known("\"b\"") && !known("a"));
    }

    #[test]
    fn a_missing_file_is_no_page() {
        assert!(is_page("/") && is_page("/week/2026-03-02") && is_page("/entries/0190e9f3"));
        assert!(!is_page("/favicon.ico") && !is_page("/_app/immutable/x") && !is_page("/x/y.js"));
    }
}
