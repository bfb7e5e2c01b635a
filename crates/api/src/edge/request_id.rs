//! A name for each request, by which a person's report and the log find each other.

use std::sync::atomic::{AtomicU32, Ordering};

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use vibesheets_core::RandomSource;

/// Taken from the client where it is sane, always answered.
pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const LONGEST: usize = 64;

/// Makes request ids: which process, and which of its requests.
#[derive(Debug)]
pub struct RequestIds {
    process: [u8; 4],
    next: AtomicU32,
}

impl RequestIds {
    /// For one process.
    pub fn new(random: &dyn RandomSource) -> Self {
        let mut process = [0; 4];
        random.fill(&mut process);
        Self { process, next: AtomicU32::new(1) }
    }

    /// The client's own id where it is short and plain, or a new one.
    pub fn of(&self, headers: &HeaderMap) -> HeaderValue {
        match headers.get(X_REQUEST_ID) {
            Some(sent) if is_sane(sent.as_bytes()) => sent.clone(),
            _ => self.make(),
        }
    }

    fn make(&self) -> HeaderValue {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let text = format!("{:08x}-{number:08x}", u32::from_be_bytes(self.process));
        // Hexadecimal digits and a hyphen are always a header value.
        HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static("unknown"))
    }
}

/// It goes into logs and headers: nothing that could end a line or a field.
fn is_sane(id: &[u8]) -> bool {
    (1..=LONGEST).contains(&id.len())
        && id.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(byte))
}
