//! The headers that every answer carries, ours and the web app's.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// One constant policy for the server and for CloudFront: the app's own files and nothing else. The Trusted Types
/// policies are Svelte's and SvelteKit's own.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
    trusted-types svelte-trusted-html sveltekit-trusted-url";

/// Everything a web page could ask a device for, switched off.
const PERMISSIONS_POLICY: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), \
    encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), \
    payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), usb=(), \
    xr-spatial-tracking=()";

/// The headers that every answer carries.
#[derive(Debug, Clone)]
pub struct SecurityHeaders(Vec<(HeaderName, HeaderValue)>);

impl SecurityHeaders {
    /// Those of a server that people reach over https, or not: only then may browsers be told to insist on it.
    pub fn new(https: bool) -> Self {
        let text = HeaderValue::from_static;
        let mut headers = vec![
            (header::CONTENT_SECURITY_POLICY, text(CONTENT_SECURITY_POLICY)),
            (header::X_CONTENT_TYPE_OPTIONS, text("nosniff")),
            (header::X_FRAME_OPTIONS, text("DENY")),
            // The filter it once switched on could itself be abused; 0 switches it off.
            (header::X_XSS_PROTECTION, text("0")),
            (header::REFERRER_POLICY, text("no-referrer")),
            (HeaderName::from_static("cross-origin-opener-policy"), text("same-origin")),
            (HeaderName::from_static("cross-origin-embedder-policy"), text("require-corp")),
            (HeaderName::from_static("cross-origin-resource-policy"), text("same-origin")),
            (HeaderName::from_static("permissions-policy"), text(PERMISSIONS_POLICY)),
        ];
        if https {
            let two_years = text("max-age=63072000; includeSubDomains; preload");
            headers.push((header::STRICT_TRANSPORT_SECURITY, two_years));
        }
        Self(headers)
    }

    /// Sets them on an answer.
    pub fn apply(&self, answer: &mut HeaderMap) {
        answer.reserve(self.0.len() + 3);
        for (name, value) in &self.0 {
            answer.insert(name.clone(), value.clone());
        }
    }
}
