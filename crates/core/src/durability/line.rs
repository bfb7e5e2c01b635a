//! Lines that carry their own checksum: the SHA-256 of the text as 64 hexadecimal digits, a space, the text, a line feed. A
//! flipped byte anywhere in a line is found, and `sha256sum` finds it too.

use sha2::{Digest, Sha256};

use crate::journal::Hash;

/// Digits of a checksum.
pub(crate) const DIGITS: usize = 64;

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// It has no end.
    #[error("is cut off")]
    CutOff,
    /// It is not the text that was written.
    #[error("does not match its checksum: it was torn while it was written, or changed afterwards")]
    Checksum,
    /// The text is whole and says something that it must not.
    #[error("{0}")]
    Content(String),
}

/// Appends `text`, which has no line feed, as a line.
pub(crate) fn write(text: &str, lines: &mut Vec<u8>) {
    let checksum = Hash(Sha256::digest(text).into());
    lines.reserve(DIGITS + text.len() + 2);
    lines.extend_from_slice(checksum.to_string().as_bytes());
    lines.push(b' ');
    lines.extend_from_slice(text.as_bytes());
    lines.push(b'\n');
}

/// The text of the first line of `lines`, and the lines after it.
pub(crate) fn read(lines: &[u8]) -> (Result<&str, LineFault>, &[u8]) {
    let Some(end) = lines.iter().position(|byte| *byte == b'\n') else {
        return (Err(LineFault::CutOff), &[]);
    };
    (text(&lines[..end]).ok_or(LineFault::Checksum), &lines[end + 1..])
}

fn text(line: &[u8]) -> Option<&str> {
    let (checksum, text) = line.split_at_checked(DIGITS)?;
    let text = text.strip_prefix(b" ")?;
    let expected = Hash(Sha256::digest(text).into()).to_string();
    (expected.as_bytes() == checksum).then_some(std::str::from_utf8(text).ok()?)
}
