//! Smaller bytes: a unit of DynamoDB pays for one kilobyte.

use std::io::{self, Read, Write};

use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};

/// The most bytes that unpack to: far above any payload or answer, far below a machine's memory.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// DEFLATE (RFC 1951).
pub(crate) fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.expect("writing into memory does not fail")
}

/// What was packed.
pub(crate) fn unpack(packed: &[u8]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    DeflateDecoder::new(packed).take(MOST_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_smaller_and_unpacks_to_itself() {
        let text = r#"{"changes":{"entries":{"entries":[{"before":null,"after":{"note":""}}]}}}"#.repeat(3);
        let packed = pack(text.as_bytes());
        assert!(packed.len() < text.len() / 2);
        assert_eq!(unpack(&packed).expect("unpacks"), text.as_bytes());
        assert!(unpack(&packed[..packed.len() / 2]).is_err());
    }
}
