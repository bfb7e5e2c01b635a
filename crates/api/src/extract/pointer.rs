//! JSON pointers (RFC 6901) to what is wrong.

use serde_path_to_error::{Path, Segment};

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

/// Serde blames the object for a missing or unknown member; people look for the member.
pub fn blame(pointer: &str, message: &str) -> (String, String) {
    let named = |prefix: &str| {
        let rest = message.strip_prefix(prefix)?;
        rest.split_once('`').map(|(name, _)| name)
    };
    let mut blamed = pointer.to_owned();
    let detail = if let Some(name) = named("missing field `") {
        push_key(&mut blamed, name);
        "is missing".to_owned()
    } else if let Some(name) = named("duplicate field `") {
        push_key(&mut blamed, name);
        "is there twice".to_owned()
    } else if let Some(name) = named("unknown field `") {
        if !blamed.ends_with(&format!("/{}", escaped(name))) {
            push_key(&mut blamed, name);
        }
        let known = message.split_once("`, ").map_or("", |(_, known)| known);
        format!("is not known here; {known}")
    } else {
        message.to_owned()
    };
    (blamed, detail)
}

fn push_key(pointer: &mut String, key: &str) {
    pointer.push('/');
    pointer.push_str(&escaped(key));
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
