//! Bodies: text, or base64 of anything else.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::EventError;

/// The bytes of a body in an event.
///
/// # Errors
/// [`EventError::NotBase64`] where it says that it is base64 and is not.
pub fn bytes_of(body: Option<String>, is_base64: bool) -> Result<Vec<u8>, EventError> {
    match body {
        None => Ok(Vec::new()),
        Some(text) if is_base64 => STANDARD.decode(text).map_err(|_| EventError::NotBase64),
        Some(text) => Ok(text.into_bytes()),
    }
}

/// A body for an answer, and whether it is base64.
pub fn text_of(bytes: Vec<u8>, is_text: bool) -> (String, bool) {
    if !is_text || bytes.len() > MOST_TEXT_BYTES {
        return (STANDARD.encode(bytes), true);
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, false),
        Err(error) => (STANDARD.encode(error.into_bytes()), true),
    }
}

/// A character of text may take six in JSON, while base64 always takes four for three: longer texts go as base64, so
/// that it is known beforehand what fits.
const MOST_TEXT_BYTES: usize = 512 * 1024;
