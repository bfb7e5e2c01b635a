//! The version that an edit was decided on.

use std::{convert::Infallible, future::Future};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};

use crate::{
    ApiState,
    problem::{Code, Problem},
};

/// What `If-Match` says: one version, or nothing that could be used as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(Option<u32>);

impl IfMatch {
    /// The version; where there is none, the refusal names the version that the thing has now, which `current`
    /// finds. An unknown thing is thereby told as unknown.
    ///
    /// # Errors
    /// What `current` fails with, or a problem that says how to make the edit conditional.
    pub async fn version<E: Into<Problem>>(
        self,
        current: impl Future<Output = Result<u32, E>>,
    ) -> Result<u32, Problem> {
        if let Some(version) = self.0 {
            return Ok(version);
        }
        let current = current.await.map_err(Into::into)?;
        let detail = format!(
            "Say which version you edit: send `If-Match: \"{current}\"`, the ETag of what you read. \
             `*`, weak tags and lists are not taken."
        );
        Err(Problem { current: Some(current), ..Problem::new(Code::PreconditionRequired, detail) })
    }

    fn from_headers(headers: &HeaderMap) -> Self {
        let mut sent = headers.get_all(header::IF_MATCH).iter();
        match (sent.next(), sent.next()) {
            (Some(value), None) => Self(value.to_str().ok().and_then(strong_version)),
            _ => Self(None),
        }
    }
}

/// A version's one spelling: quoted, in decimal, without sign or leading zero.
fn strong_version(tag: &str) -> Option<u32> {
    let digits = tag.trim().strip_prefix('"')?.strip_suffix('"')?;
    let plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    if plain { digits.parse().ok() } else { None }
}

impl FromRequestParts<ApiState> for IfMatch {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &ApiState) -> Result<Self, Infallible> {
        Ok(Self::from_headers(&parts.headers))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_strong_tag_is_a_version() {
        assert_eq!(strong_version("\"3\""), Some(3));
        assert_eq!(strong_version(" \"4294967295\" "), Some(u32::MAX));
        for tag in
            ["*", "3", "\"\"", "W/\"3\"", "\"3\", \"4\"", "\"03\"", "\"+3\"", "\"4294967296\"", "\"x\""]
        {
            assert_eq!(strong_version(tag), None, "{tag}");
        }
    }
}
