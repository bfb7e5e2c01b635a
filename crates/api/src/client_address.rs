//! Where a request came from, as the edge that took it knows.

use std::net::{IpAddr, Ipv6Addr};

/// The client's address; a request extension that every edge sets: `serve` from the connection and the proxies that it
/// trusts, Lambda from the event's source address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// Bits of an IPv6 address that name one customer: providers hand out a /56, so all of it is one client.
const IPV6_BITS: u32 = 56;

impl ClientAddress {
    /// What is counted together: an IPv4 address, also where it is written as IPv6, or an IPv6 network.
    pub fn network(self) -> String {
        match self.0.to_canonical() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let network = address.to_bits() & (u128::MAX << (u128::BITS - IPV6_BITS));
                format!("{}/{IPV6_BITS}", Ipv6Addr::from_bits(network))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv4_address_stands_for_itself_and_an_ipv6_address_for_its_56_bits() {
        for (address, network) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:22ff::1", "2001:db8:1:2200::/56"),
            ("2001:db8:1:2200:ffff::", "2001:db8:1:2200::/56"),
            ("2001:db8:1:2300::1", "2001:db8:1:2300::/56"),
        ] {
            let address = ClientAddress(address.parse().expect("an address"));
            assert_eq!(address.network(), network);
        }
    }
}
