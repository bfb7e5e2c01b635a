//! Bytes to text.

use crate::import::{FileRefusal, RefusalCode};

/// The file's text without its byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, FileRefusal> {
    if bytes.starts_with(&[0xFF, 0xFE])
        || bytes.starts_with(&[0xFE, 0xFF])
        || bytes.iter().take(2).any(|b| *b == 0)
    {
        return Err(FileRefusal::new(
            RefusalCode::NotUtf8,
            Some(1),
            "the file is UTF-16, or not text; save it as CSV in UTF-8",
        ));
    }
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let valid = &bytes[..error.valid_up_to()];
        let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
        FileRefusal::new(
            RefusalCode::NotUtf8,
            Some(1 + valid.iter().filter(|byte| **byte == b'\n').count() as u64),
            format!(
                "the byte 0x{byte:02X} at position {} is not UTF-8; save the file as CSV in UTF-8",
                valid.len()
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(decode(b"\xEF\xBB\xBFUser"), Ok("User"));
        assert_eq!(decode(b"User"), Ok("User"));
    }

    #[test]
    fn what_is_not_utf_8_is_refused_by_line_and_byte() {
        let refusal = decode(b"User\nJ\xE4ger").expect_err("Latin-1 is not UTF-8");
        assert_eq!((refusal.code, refusal.line), (RefusalCode::NotUtf8, Some(2)));
        assert!(refusal.detail.contains("0xE4 at position 6"), "{}", refusal.detail);
        for utf_16 in [&b"\xFF\xFEU\0s\0"[..], b"\xFE\xFF\0U\0s", b"U\0s\0"] {
            assert!(decode(utf_16).is_err_and(|refusal| refusal.detail.contains("UTF-16")));
        }
    }
}
