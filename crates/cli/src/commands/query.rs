//! Query strings.

use std::fmt::Write;

/// `name=value` pairs, each value percent-encoded.
pub(super) fn query(pairs: &[(&str, &str)]) -> String {
    let encoded: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
    encoded.join("&")
}

/// Everything but the unreserved characters of RFC 3986 is encoded.
fn encode(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_percent_encoded() {
        assert_eq!(
            query(&[("zone", "Europe/Vienna"), ("name", "März & co.csv")]),
            "zone=Europe%2FVienna&name=M%C3%A4rz%20%26%20co.csv"
        );
    }
}
