//! Ranges of addresses in CIDR notation.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The addresses that share their first bits. IPv4 and IPv6 are apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Network {
    pub(crate) first: IpAddr,
    pub(crate) last: IpAddr,
}

impl Network {
    /// Without a prefix it is one address (IAM user guide, "IP address condition operators").
    pub(crate) fn read(text: &str) -> Option<Network> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse::<u32>().ok()?)),
            None => (text, None),
        };
        Some(match address.parse().ok()? {
            IpAddr::V4(address) => {
                let bits = 32_u32.checked_sub(prefix.unwrap_or(32))?;
                let host = u32::MAX.checked_shr(32_u32.saturating_sub(bits)).unwrap_or(0);
                let first = address.to_bits() & !host;
                Network { first: IpAddr::V4(first.into()), last: IpAddr::V4((first | host).into()) }
            }
            IpAddr::V6(address) => {
                let bits = 128_u32.checked_sub(prefix.unwrap_or(128))?;
                let host = u128::MAX.checked_shr(128_u32.saturating_sub(bits)).unwrap_or(0);
                let first = address.to_bits() & !host;
                Network { first: IpAddr::V6(first.into()), last: IpAddr::V6((first | host).into()) }
            }
        })
    }

    pub(super) fn contains(&self, address: IpAddr) -> bool {
        // Addresses of the other version are all before or all behind.
        self.first <= address && address <= self.last
    }
}

/// Addresses around the bounds of networks: between them, membership in each is everywhere the same.
pub(in crate::access) fn edges(networks: &BTreeSet<Network>) -> BTreeSet<IpAddr> {
    let mut edges = BTreeSet::from([Ipv4Addr::UNSPECIFIED.into(), Ipv6Addr::UNSPECIFIED.into()]);
    for network in networks {
        edges.insert(network.first);
        edges.extend(match network.last {
            IpAddr::V4(last) => last.to_bits().checked_add(1).map(|next| IpAddr::V4(next.into())),
            IpAddr::V6(last) => last.to_bits().checked_add(1).map(|next| IpAddr::V6(next.into())),
        });
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(network: &str, address: &str) -> bool {
        Network::read(network).unwrap().contains(address.parse().unwrap())
    }

    #[test]
    fn a_network_has_the_addresses_of_its_prefix() {
        assert!(contains("203.0.113.0/24", "203.0.113.255") && !contains("203.0.113.0/24", "203.0.114.0"));
        assert!(contains("2001:DB8:1234:5678::/64", "2001:db8:1234:5678:ffff::"));
        assert!(contains("10.1.2.3", "10.1.2.3") && !contains("10.1.2.3", "10.1.2.2"));
        assert!(contains("0.0.0.0/0", "255.255.255.255") && !contains("0.0.0.0/0", "::1"));
        assert!(contains("::/0", "::1") && !contains("::/0", "10.0.0.0"));
    }

    #[test]
    fn what_is_no_network_is_none() {
        for text in ["", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/x", "10.0.0.0/-1"] {
            assert_eq!(Network::read(text), None, "{text}");
        }
    }
}
