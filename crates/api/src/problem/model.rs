//! A problem, and its body on the wire.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;
use vibesheets_core::{
    Entry, Reason,
    actions::{FieldError, accounts::SIGN_IN_LIMIT},
    store::AttemptLimit,
};

use super::Code;
use crate::dto::EntryDto;

/// An error on its way out. What is told and what is logged are different fields.
#[derive(Debug, Clone)]
pub struct Problem {
    /// For programs.
    pub code: Code,
    /// For people: what was wrong and what to do.
    pub detail: String,
    /// Which rule, or what exists, for programs.
    pub reason: Option<Box<Reason>>,
    /// Each wrong field.
    pub errors: Vec<FieldError>,
    /// The entry in the way.
    pub entry: Option<Box<Entry>>,
    /// The version that the thing has now.
    pub current: Option<u32>,
    /// After how many seconds there may be another attempt at a password.
    pub retry_after_seconds: Option<i64>,
    /// For the log only.
    pub internal: Option<String>,
}

impl Problem {
    /// A problem with nothing but a sentence.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            reason: None,
            errors: Vec::new(),
            entry: None,
            current: None,
            retry_after_seconds: None,
            internal: None,
        }
    }

    /// A problem for a reason that programs know too.
    pub fn because(code: Code, reason: Reason) -> Self {
        Self { detail: sentence(&reason.detail), reason: Some(Box::new(reason)), ..Self::new(code, "") }
    }

    /// Wrong fields.
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let detail = match errors.as_slice() {
            [FieldError { pointer, reason }] if pointer.is_empty() => reason.to_string(),
            [FieldError { pointer, reason }] => format!("{pointer}: {reason}"),
            _ => "Some fields are not valid; `errors` says which.".to_owned(),
        };
        Self { errors, ..Self::new(Code::Invalid, detail) }
    }

    /// One wrong field.
    pub fn invalid_field(pointer: impl Into<String>, reason: impl Into<Reason>) -> Self {
        Self::invalid(vec![FieldError::new(pointer, reason)])
    }

    /// No such `noun` in the caller's organisation: unknown, foreign and malformed ids are told alike.
    pub fn not_found(noun: &str) -> Self {
        Self::new(Code::NotFound, format!("There is no such {noun}."))
    }

    /// The caller has to sign in.
    pub fn not_signed_in() -> Self {
        Self::new(Code::NotSignedIn, "Sign in first.")
    }

    /// A defect. `internal` is logged with the request id and told to nobody.
    pub fn internal(internal: impl ToString) -> Self {
        let detail = "Something went wrong here. The log has more under this request id.";
        Self { internal: Some(internal.to_string()), ..Self::new(Code::Internal, detail) }
    }

    /// Not now, or it is not known whether it was done.
    pub fn unavailable(internal: impl ToString) -> Self {
        let detail = "The server cannot do this now. Try again with the same Idempotency-Key: \
                      a change that was made after all is not made twice.";
        Self { internal: Some(internal.to_string()), ..Self::new(Code::Unavailable, detail) }
    }

    /// What goes over the wire.
    pub fn body<'a>(&'a self, request_id: &'a str) -> ProblemBody<'a> {
        let status = self.code.status();
        ProblemBody {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or_default(),
            status: status.as_u16(),
            detail: &self.detail,
            code: self.code,
            reason: self.reason.as_ref().map(|reason| &*reason.code),
            params: self.reason.as_ref().map(|reason| &reason.params).filter(|params| !params.is_empty()),
            request_id,
            errors: self.errors.iter().map(ProblemField::from).collect(),
            entry: self.entry.as_deref().map(EntryDto::from),
            current: self.current,
        }
    }
}

/// Core's fragments begin with a word of theirs, small, and end bare; people read sentences.
fn sentence(fragment: &str) -> String {
    let mut characters = fragment.chars();
    let first = characters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    let stop = if fragment.ends_with('.') { "" } else { "." };
    format!("{first}{}{stop}", characters.as_str())
}

/// The edge writes the body, since only it knows the request's id.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.code.status().into_response();
        if self.code == Code::Unavailable {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if let Some(seconds) = self.retry_after_seconds {
            tell_limit(response.headers_mut(), seconds);
        }
        if self.code.status() == axum::http::StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// When to come again, and which limit it was, as draft-ietf-httpapi-ratelimit-headers-10 writes it: quota `q` in window
/// `w` of so many seconds, `r` left, `t` seconds until there is more.
fn tell_limit(headers: &mut HeaderMap, seconds: i64) {
    let AttemptLimit { most, window_seconds } = SIGN_IN_LIMIT;
    let policy = format!("\"sign-in\";q={most};w={window_seconds}");
    for (name, text) in [
        (header::RETRY_AFTER, seconds.to_string()),
        (HeaderName::from_static("ratelimit-policy"), policy),
        (HeaderName::from_static("ratelimit"), format!("\"sign-in\";r=0;t={seconds}")),
    ] {
        headers.insert(name, HeaderValue::try_from(text).expect("plain ASCII"));
    }
}

/// An error: RFC 9457, with what VibeSheets adds.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemBody<'a> {
    /// Always `about:blank`: `code` tells problems apart.
    #[serde(rename = "type")]
    #[schema(example = "about:blank")]
    kind: &'a str,
    /// The status in words.
    #[schema(example = "Conflict")]
    title: &'a str,
    /// The HTTP status.
    #[schema(example = 409)]
    status: u16,
    /// What was wrong and what to do, in English.
    #[schema(example = "Already clocked in.")]
    detail: &'a str,
    /// What was wrong, for programs.
    code: Code,
    /// Which rule or which thing is in the way, where `code` is `not_allowed` or `duplicate`: a word that never changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "last_owner")]
    reason: Option<&'a str>,
    /// What a sentence about the reason names.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<BTreeMap<String, String>>, nullable = false)]
    params: Option<&'a BTreeMap<Cow<'static, str>, String>>,
    /// Where the server's log has more.
    #[schema(example = "5f1d09c2-00000a41")]
    request_id: &'a str,
    /// Each wrong field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    errors: Vec<ProblemField<'a>>,
    /// The entry in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    entry: Option<EntryDto>,
    /// The version that the thing has now, to read it again and decide again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    current: Option<u32>,
}

/// Something wrong with one field.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProblemField)]
pub struct ProblemField<'a> {
    /// A JSON pointer (RFC 6901) into the body, or the parameter's name after a slash; empty for the whole.
    #[schema(example = "/start")]
    pointer: &'a str,
    /// What is wrong, for programs: a word that never changes.
    #[schema(value_type = String, example = "too_long")]
    code: &'a str,
    /// What a sentence about it names.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = BTreeMap<String, String>, required = false)]
    params: &'a BTreeMap<Cow<'static, str>, String>,
    /// What is wrong and what would be right, in English.
    #[schema(example = "must be a time with an offset such as 2026-03-29T22:00:00+01:00")]
    detail: &'a str,
}

impl<'a> From<&'a FieldError> for ProblemField<'a> {
    fn from(FieldError { pointer, reason }: &'a FieldError) -> Self {
        Self { pointer, code: &reason.code, params: &reason.params, detail: &reason.detail }
    }
}
