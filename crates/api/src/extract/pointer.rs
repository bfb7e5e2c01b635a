//! JSON pointers (RFC 6901) to what is wrong.

use serde_path_to_error::{Path, Segment};
use vibesheets_core::{Reason, actions::FieldError};

/// The pointer that `path` is.
pub fn of(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => {
                pointer.push('/');
                pointer.push_str(&index.to_string());
            }
            Segment::Map { key } => push_key(&mut pointer, key),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

/// Serde blames the object for a missing or unknown member; people look for the member. What serde says of itself has
/// no code; what our own types say carries theirs.
pub fn blame(pointer: &str, message: &str) -> FieldError {
    let named = |prefix: &str| {
        let rest = message.strip_prefix(prefix)?;
        rest.split_once('`').map(|(name, _)| name)
    };
    let known = || message.split_once("`, ").map_or("", |(_, known)| known);
    let mut blamed = pointer.to_owned();
    // Serde quotes what was sent: nothing in there is a code of ours.
    let quotes = ["missing field `", "duplicate field `", "unknown field `", "unknown variant `", "invalid "];
    let is_ours = !quotes.iter().any(|beginning| message.starts_with(beginning));
    let reason = if let Some(reason) = Reason::carried_by(message).filter(|_| is_ours) {
        reason
    } else if let Some(name) = named("missing field `") {
        push_key(&mut blamed, name);
        Reason::new("missing", "is missing")
    } else if let Some(name) = named("duplicate field `") {
        push_key(&mut blamed, name);
        Reason::new("given_twice", "is there twice")
    } else if let Some(name) = named("unknown field `") {
        if !blamed.ends_with(&format!("/{}", escaped(name))) {
            push_key(&mut blamed, name);
        }
        Reason::new("unknown_field", format!("is not known here; {}", known()))
    } else if message.starts_with("unknown variant `") {
        Reason::new("unknown_value", message)
    } else if message.starts_with("invalid type: ") {
        Reason::new("wrong_type", message)
    } else if message.starts_with("UUID parsing failed") {
        Reason::new("not_an_id", message)
    } else {
        Reason::new("invalid", message)
    };
    FieldError::new(blamed, reason)
}

fn push_key(pointer: &mut String, key: &str) {
    pointer.push('/');
    pointer.push_str(&escaped(key));
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
