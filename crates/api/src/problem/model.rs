//! A problem, and its body on the wire.

use std::sync::Arc;

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;
use vibesheets_core::{Entry, actions::FieldError};

use super::Code;
use crate::dto::EntryDto;

/// An error on its way out. What is told and what is logged are different fields.
#[derive(Debug, Clone)]
pub struct Problem {
    /// For programs.
    pub code: Code,
    /// For people: what was wrong and what to do.
    pub detail: String,
    /// Each wrong field.
    pub errors: Vec<FieldError>,
    /// The entry in the way.
    pub entry: Option<Box<Entry>>,
    /// The version that the thing has now.
    pub current: Option<u32>,
    /// For the log only.
    pub internal: Option<String>,
}

impl Problem {
    /// A problem with nothing but a sentence.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), errors: Vec::new(), entry: None, current: None, internal: None }
    }

    /// Wrong fields.
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let detail = match errors.as_slice() {
            [FieldError { pointer, detail }] if pointer.is_empty() => detail.clone(),
            [FieldError { pointer, detail }] => format!("{pointer}: {detail}"),
            _ => "Some fields are not valid; `errors` says which.".to_owned(),
        };
        Self { errors, ..Self::new(Code::Invalid, detail) }
    }

    /// One wrong field.
    pub fn invalid_field(pointer: impl Into<String>, detail: impl ToString) -> Self {
        Self::invalid(vec![FieldError::new(pointer, detail)])
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
            request_id,
            errors: self
                .errors
                .iter()
                .map(|error| ProblemField { pointer: &error.pointer, detail: &error.detail })
                .collect(),
            entry: self.entry.as_deref().map(EntryDto::from),
            current: self.current,
        }
    }
}

/// The edge writes the body, since only it knows the request's id.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.code.status().into_response();
        if self.code == Code::Unavailable {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        if self.code.status() == axum::http::StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(Arc::new(self));
        response
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
    /// What is wrong and what would be right.
    #[schema(example = "must be a time with an offset such as 2026-03-29T22:00:00+01:00")]
    detail: &'a str,
}
