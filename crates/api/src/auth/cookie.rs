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
        read(headers, self.name())
    }

    /// Keeps `token` in the browser for as long as it is good.
    pub fn set(self, token: &str) -> HeaderValue {
        write(self.name(), token, SESSION_SECONDS, self.https)
    }

    /// Takes the cookie from the browser.
    pub fn clear(self) -> HeaderValue {
        write(self.name(), "", 0, self.https)
    }
}

/// The value that a browser sent under `name`.
pub(super) fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|cookies| cookies.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then_some(value))
}

/// A cookie that no script reads and no other site's page sends, for `max_age` seconds.
pub(super) fn write(name: &str, value: &str, max_age: i64, https: bool) -> HeaderValue {
    let secure = if https { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Strict{secure}");
    // Values are base64url, digits and dots.
    HeaderValue::try_from(text).expect("a cookie is plain ASCII")
}
