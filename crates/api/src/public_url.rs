//! The address that people type.

use std::{fmt, net::IpAddr, str::FromStr};

use axum::http::Uri;

use crate::Environment;

/// Scheme, host and port under which people reach the server, such as `https://time.example.com`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    host: String,
    https: bool,
}

/// Why a text is no public URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "must be a scheme and a host, with a port where it is not the usual one, such as https://time.example.com"
)]
pub struct InvalidPublicUrl;

/// Passwords and sessions would cross the network in the clear.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0} would send passwords in the clear: use https, or an address of this machine such as http://localhost:3000"
)]
pub struct InsecurePublicUrl(String);

impl PublicUrl {
    /// As browsers write it in `Origin`: no path, no slash at the end, no port where it is the usual one.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Whether it begins with `https`.
    pub const fn is_https(&self) -> bool {
        self.https
    }

    /// Whether it names this machine.
    pub fn is_loopback(&self) -> bool {
        let host = self.host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost"
            || host.ends_with(".localhost")
            || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    /// Whether the server may be reached there: plain http beyond this machine only in development.
    ///
    /// # Errors
    /// [`InsecurePublicUrl`] that says what to use instead.
    pub fn check_transport(&self, environment: Environment) -> Result<(), InsecurePublicUrl> {
        if self.https || self.is_loopback() || environment == Environment::Development {
            Ok(())
        } else {
            Err(InsecurePublicUrl(self.origin.clone()))
        }
    }
}

impl FromStr for PublicUrl {
    type Err = InvalidPublicUrl;

    fn from_str(text: &str) -> Result<Self, InvalidPublicUrl> {
        let uri: Uri = text.parse().map_err(|_| InvalidPublicUrl)?;
        let https = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(InvalidPublicUrl),
        };
        let authority = uri.authority().ok_or(InvalidPublicUrl)?;
        let is_bare = uri.path() == "/" && uri.query().is_none() && !authority.as_str().contains('@');
        let host = authority.host().to_ascii_lowercase();
        if !is_bare || host.is_empty() {
            return Err(InvalidPublicUrl);
        }
        let scheme = if https { "https" } else { "http" };
        let usual_port = if https { 443 } else { 80 };
        let origin = match authority.port_u16() {
            Some(port) if port != usual_port => format!("{scheme}://{host}:{port}"),
            _ => format!("{scheme}://{host}"),
        };
        Ok(Self { origin, host, https })
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> PublicUrl {
        text.parse().expect("a public URL")
    }

    #[test]
    fn an_origin_is_written_as_browsers_write_it() {
        for (text, origin) in [
            ("https://Time.Example.com/", "https://time.example.com"),
            ("https://time.example.com:443", "https://time.example.com"),
            ("http://localhost:3000", "http://localhost:3000"),
            ("http://[::1]:80", "http://[::1]"),
        ] {
            assert_eq!(url(text).origin(), origin);
        }
        for text in
            ["", "localhost:3000", "ftp://x", "https://x/path", "https://x?q", "https://a@x", "https://"]
        {
            assert_eq!(text.parse::<PublicUrl>(), Err(InvalidPublicUrl), "{text}");
        }
    }

    #[test]
    fn plain_http_beyond_this_machine_is_for_development_only() {
        for text in ["https://x.example", "http://localhost:3000", "http://127.0.0.1", "http://[::1]:3000"] {
            assert_eq!(url(text).check_transport(Environment::Production), Ok(()), "{text}");
        }
        for text in ["http://x.example", "http://10.0.0.1:3000", "http://localhost.example"] {
            assert!(url(text).check_transport(Environment::Staging).is_err(), "{text}");
            assert!(url(text).check_transport(Environment::Development).is_ok(), "{text}");
        }
    }
}
