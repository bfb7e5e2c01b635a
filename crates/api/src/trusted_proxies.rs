//! Whose request it is, behind the proxies that the operator trusts.

use std::{
    net::{IpAddr, SocketAddr},
    str::FromStr,
};

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use ipnet::IpNet;

use crate::ClientAddress;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Networks of the proxies whose `X-Forwarded-For` is believed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies(pub Vec<IpNet>);

impl TrustedProxies {
    /// The client of a request that came from `peer`. Each proxy adds the address that it was called from at the right, so
    /// the list is read from there, as long as whoever added is trusted; what is left of that, anybody may have written.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> ClientAddress {
        let mut client = peer.to_canonical();
        let values: Vec<&[u8]> = headers.get_all(X_FORWARDED_FOR).iter().map(HeaderValue::as_bytes).collect();
        for told in values.iter().rev().flat_map(|value| value.rsplit(|byte| *byte == b',')) {
            if !self.trusts(client) {
                break;
            }
            // What cannot be read ends what is known; what a client wrote before the proxies must not hide what they did.
            let Some(address) = str::from_utf8(told).ok().and_then(|told| address(told.trim())) else {
                break;
            };
            client = address.to_canonical();
        }
        ClientAddress(client)
    }

    fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// The text is no list of networks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("must be networks such as 10.0.0.0/8, 2001:db8::/32; `{0}` is none")]
pub struct InvalidNetwork(String);

/// Networks with commas between them; an address alone is a network of one.
impl FromStr for TrustedProxies {
    type Err = InvalidNetwork;

    fn from_str(text: &str) -> Result<Self, InvalidNetwork> {
        let network = |text: &str| {
            let alone = text.parse::<IpAddr>().map(IpNet::from);
            text.parse::<IpNet>().or(alone).map_err(|_| InvalidNetwork(text.to_owned()))
        };
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        parts.map(network).collect::<Result<_, _>>().map(Self)
    }
}

/// An address as proxies write it: alone, in brackets, or with a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|socket| socket.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client_of(trusted: &[&str], peer: &str, told: &[&str]) -> String {
        let trusted = trusted.iter().map(|network| network.parse().expect("a network")).collect();
        let mut headers = HeaderMap::new();
        for value in told {
            headers.append(X_FORWARDED_FOR, value.parse().expect("a header value"));
        }
        let ClientAddress(address) =
            TrustedProxies(trusted).client(peer.parse().expect("an address"), &headers);
        address.to_string()
    }

    #[test]
    fn whoever_is_no_trusted_proxy_is_the_client_whatever_it_says() {
        assert_eq!(client_of(&[], "192.0.2.1", &["203.0.113.7"]), "192.0.2.1");
        assert_eq!(client_of(&["10.0.0.0/8"], "192.0.2.1", &["203.0.113.7"]), "192.0.2.1");
        assert_eq!(client_of(&["10.0.0.0/8"], "10.1.2.3", &[]), "10.1.2.3");
    }

    #[test]
    fn what_no_text_can_be_made_of_hides_nothing_that_stands_to_its_right() {
        let trusted = TrustedProxies(vec!["10.0.0.0/8".parse().expect("a network")]);
        let mut headers = HeaderMap::new();
        for value in [&b"\xff, 203.0.113.7, 10.9.9.9"[..], b"10.8.8.8"] {
            headers.append(X_FORWARDED_FOR, HeaderValue::from_bytes(value).expect("a header value"));
        }
        let client = trusted.client("10.1.2.3".parse().expect("an address"), &headers);
        assert_eq!(client, ClientAddress("203.0.113.7".parse().expect("an address")));
    }

    #[test]
    fn the_list_is_read_from_the_right_as_far_as_it_is_trusted() {
        let trusted = ["10.0.0.0/8", "2001:db8:ffff::/48"];
        for (peer, told, expected) in [
            ("10.1.2.3", &["203.0.113.7"][..], "203.0.113.7"),
            ("::ffff:10.1.2.3", &["203.0.113.7"], "203.0.113.7"),
            ("10.1.2.3", &["198.51.100.1, 203.0.113.7, 10.9.9.9"], "203.0.113.7"),
            ("10.1.2.3", &["198.51.100.1", "203.0.113.7,10.9.9.9"], "203.0.113.7"),
            ("10.1.2.3", &["198.51.100.1, 203.0.113.7"], "203.0.113.7"),
            ("10.1.2.3", &["10.4.4.4"], "10.4.4.4"),
            ("2001:db8:ffff::1", &["[2001:db8::5]:443"], "2001:db8::5"),
            ("2001:db8:ffff::1", &["203.0.113.7:5000, [2001:db8:ffff::2]"], "203.0.113.7"),
            ("10.1.2.3", &["203.0.113.7, unknown"], "10.1.2.3"),
            ("10.1.2.3", &["203.0.113.7, "], "10.1.2.3"),
        ] {
            assert_eq!(client_of(&trusted, peer, told), expected, "{peer} {told:?}");
        }
    }
}
