//! The session's cookie: set by the server, never readable by the page.

use axum::http::{HeaderMap, HeaderValue, header};

use vibesheets_core::actions::accounts::SESSION_SECONDS;

use crate::PublicUrl;

/// The session's cookie under one public URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionCookie {
    https: bool,
}

impl SessionCookie {
    /// `Secure` and the `__Host-` prefix need https.
    pub const fn of(url: &PublicUrl) -> Self {
        Self { https: url.is_https() }
    }

    const fn name(self) -> &'static str {
        if self.https { "__Host-vibesheets" } else { "vibesheets" }
    }

    /// The token that a browser sent.
    pub fn read(self, headers: &HeaderMap) -> Option<&str> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|cookies| cookies.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find_map(|(name, token)| (name == self.name()).then_some(token))
    }

    /// Keeps `token` in the browser for as long as it is good.
    pub fn set(self, token: &str) -> HeaderValue {
        self.write(token, SESSION_SECONDS)
    }

    /// Takes the cookie from the browser.
    pub fn clear(self) -> HeaderValue {
        self.write("", 0)
    }

    fn write(self, token: &str, max_age: i64) -> HeaderValue {
        let secure = if self.https { "; Secure" } else { "" };
        let name = self.name();
        let text = format!("{name}={token}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Strict{secure}");
        // A token is base64url and dots.
        HeaderValue::try_from(text).expect("a cookie is plain ASCII")
    }
}
