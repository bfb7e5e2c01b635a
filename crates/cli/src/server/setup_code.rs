//! The one-time code for the first sign-up, where other machines can reach the server.

use std::net::SocketAddr;

use vibesheets_api::{PublicUrl, SetupCode};
use vibesheets_core::RandomSource;

/// Letters and digits that nobody mixes up.
const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// 12 letters of 5 bits: 60 bits.
const LETTERS: usize = 12;

/// A code for a server that listens on `address` and is known as `url`; `None` where only this machine reaches it.
/// One behind a proxy listens on this machine only, and is reached by others all the same.
pub fn setup_code(address: SocketAddr, url: &PublicUrl, random: &dyn RandomSource) -> Option<SetupCode> {
    if address.ip().is_loopback() && url.is_loopback() {
        return None;
    }
    let mut bytes = [0; LETTERS];
    random.fill(&mut bytes);
    let letters: Vec<char> = bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    Some(SetupCode(groups.join("-")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::SystemRandom;

    fn code(address: &str, url: &str) -> Option<String> {
        let (address, url) = (address.parse().expect("an address"), url.parse().expect("a URL"));
        setup_code(address, &url, &SystemRandom).map(|code| code.0)
    }

    #[test]
    fn only_a_server_that_others_reach_has_a_code() {
        for loopback in ["127.0.0.1:3000", "[::1]:3000", "127.9.9.9:1"] {
            assert_eq!(code(loopback, "http://localhost:3000"), None);
        }
        let everywhere = code("0.0.0.0:3000", "http://localhost:3000").expect("a code");
        assert_eq!(everywhere.len(), 14);
        assert_ne!(code("0.0.0.0:3000", "http://localhost:3000"), Some(everywhere));
        assert!(code("127.0.0.1:3000", "https://time.example.com").is_some(), "behind a proxy");
    }
}
