//! Browsers that somebody signed in with before: a cookie that outlives the session.
//!
//! Whoever guesses at an account from elsewhere must not keep its owner out. So a browser that brings this cookie has a
//! count of its own, in the place of the account's; the count of its address stays. It proves nothing else.

use aws_lc_rs::hmac;
use axum::http::{HeaderMap, HeaderValue};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::Timestamp;
use vibesheets_core::Email;

use super::cookie;
use crate::ApiSettings;

/// How long a browser is known after it last signed in, in seconds: 400 days, the longest that browsers keep a cookie.
const KNOWN_SECONDS: i64 = 400 * 86_400;

/// Makes and reads the cookies of known browsers: when it was made, and a code that also covers the address that signed
/// in, so that it names the account to us and to nobody else.
pub struct KnownBrowsers {
    https: bool,
    key: hmac::Key,
}

impl KnownBrowsers {
    /// With the settings' secret.
    pub fn new(settings: &ApiSettings) -> Self {
        let key = settings.secret.key_for("vibesheets known browser 1");
        Self { https: settings.public_url.is_https(), key: hmac::Key::new(hmac::HMAC_SHA256, &key) }
    }

    const fn name(&self) -> &'static str {
        if self.https { "__Host-vibesheets-known" } else { "vibesheets-known" }
    }

    /// Makes the browser known that signed in as `email` just now.
    pub fn set(&self, email: &Email, now: Timestamp) -> HeaderValue {
        let made_at = now.as_second();
        let code = URL_SAFE_NO_PAD.encode(hmac::sign(&self.key, signed(made_at, email).as_bytes()));
        cookie::write(self.name(), &format!("{made_at}.{code}"), KNOWN_SECONDS, self.https)
    }

    /// What tells this browser from others, where somebody signed in as `email` with it before.
    pub fn read<'a>(&self, headers: &'a HeaderMap, email: &Email, now: Timestamp) -> Option<&'a str> {
        let value = cookie::read(headers, self.name())?;
        let (made_at, code) = value.split_once('.')?;
        let seconds: i64 = made_at.parse().ok()?;
        // One spelling only, or each spelling would be another browser with a count of its own.
        let is_plain = seconds.to_string() == made_at;
        let is_young = now.as_second().checked_sub(seconds).is_some_and(|age| age < KNOWN_SECONDS);
        let code = URL_SAFE_NO_PAD.decode(code).ok()?;
        hmac::verify(&self.key, signed(seconds, email).as_bytes(), &code).ok()?;
        (is_plain && is_young).then_some(value)
    }
}

fn signed(made_at: i64, email: &Email) -> String {
    format!("{made_at}:{}", &**email)
}
