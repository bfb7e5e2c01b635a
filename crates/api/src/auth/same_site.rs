//! Whether a browser was sent here by another site's page (CSRF).

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, Method, header, request::Parts},
};

use crate::{
    ApiState, PublicUrl,
    problem::{Code, Problem},
};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// What a request's headers tell about the page that sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sender {
    Us,
    Another,
    /// No browser, or one too old to tell.
    Unknown,
}

fn sender(headers: &HeaderMap, url: &PublicUrl) -> Sender {
    if let Some(site) = headers.get(SEC_FETCH_SITE) {
        // `none`: the person typed it. Whatever is not understood is another site.
        let ours = site == "same-origin" || site == "none";
        return if ours { Sender::Us } else { Sender::Another };
    }
    match headers.get(header::ORIGIN) {
        Some(origin) if origin == url.origin() => Sender::Us,
        Some(_) => Sender::Another,
        None => Sender::Unknown,
    }
}

/// Refuses a change that a cookie authenticates unless our own page sent it.
pub fn require_our_page(method: &Method, headers: &HeaderMap, url: &PublicUrl) -> Result<(), Problem> {
    if method.is_safe() || sender(headers, url) == Sender::Us { Ok(()) } else { Err(refused(url)) }
}

fn refused(url: &PublicUrl) -> Problem {
    Problem::new(
        Code::Forbidden,
        format!(
            "This request was not sent by a page of {}; programs send a Bearer token, not a cookie.",
            url.origin()
        ),
    )
}

/// For what needs no session but may begin or end one: programs may, other sites' pages may not.
#[derive(Debug)]
pub struct SameSite;

impl FromRequestParts<ApiState> for SameSite {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        let url = &state.settings.public_url;
        if sender(&parts.headers, url) == Sender::Another { Err(refused(url)) } else { Ok(Self) }
    }
}
