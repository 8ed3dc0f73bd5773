//! An address or a range of addresses, and what it holds.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

/// A network in CIDR notation (RFC 4632, RFC 4291 §2.3); a single address is a network of itself alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Network {
    /// The first address, host bits cleared.
    first: IpAddr,
    bits: u8,
}

/// The text is no address and no network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an address and not a network in CIDR notation")]
pub struct NoNetwork;

impl Network {
    /// The network of `bits` leading bits that holds `address`; `None` when there are not so many bits.
    pub fn new(address: IpAddr, bits: u8) -> Option<Self> {
        let width = width(address);
        let first = match address {
            _ if bits > width => return None,
            IpAddr::V4(v4) => IpAddr::V4((v4.to_bits() & mask(bits, 32) as u32).into()),
            IpAddr::V6(v6) => IpAddr::V6((v6.to_bits() & mask(bits, 128)).into()),
        };
        Some(Self { first, bits })
    }

    /// How many leading bits are fixed.
    pub const fn bits(&self) -> u8 {
        self.bits
    }

    /// True for one address alone.
    pub fn is_address(&self) -> bool {
        self.bits == width(self.first)
    }

    /// The first and the last address as bytes that sort as addresses do: 4 of IPv4, 16 of IPv6.
    pub fn span(&self) -> (Vec<u8>, Vec<u8>) {
        match self.first {
            IpAddr::V4(v4) => {
                let last = v4.to_bits() | !(mask(self.bits, 32) as u32);
                (v4.octets().to_vec(), last.to_be_bytes().to_vec())
            }
            IpAddr::V6(v6) => {
                let last = v6.to_bits() | !mask(self.bits, 128);
                (v6.octets().to_vec(), last.to_be_bytes().to_vec())
            }
        }
    }

    /// Every network that holds this one, itself last: at most 33 or 129.
    pub fn holders(&self) -> impl Iterator<Item = Self> {
        let first = self.first;
        (0..=self.bits).filter_map(move |bits| Self::new(first, bits))
    }

    /// True when every address of `other` is in this one.
    pub fn holds(&self, other: &Self) -> bool {
        self.bits <= other.bits && Self::new(other.first, self.bits) == Some(*self)
    }
}

const fn width(address: IpAddr) -> u8 {
    match address {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

/// `bits` leading ones of a number `of` bits wide, in the low bits of the result.
const fn mask(bits: u8, of: u8) -> u128 {
    let all = u128::MAX >> (128 - of as u32);
    if bits == 0 { 0 } else { all & (all << (of - bits)) }
}

impl FromStr for Network {
    type Err = NoNetwork;

    /// Reads `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`; also with a port, which says nothing about where.
    fn from_str(text: &str) -> Result<Self, NoNetwork> {
        if let Some((address, bits)) = text.split_once('/') {
            // A length with a sign or a leading zero is a path or a date.
            let plain = bits.bytes().all(|b| b.is_ascii_digit()) && (bits == "0" || !bits.starts_with('0'));
            let bits = bits.parse().ok().filter(|_| plain).ok_or(NoNetwork)?;
            return Self::new(address.parse().map_err(|_| NoNetwork)?, bits).ok_or(NoNetwork);
        }
        let address: IpAddr = match text.parse() {
            Ok(address) => address,
            Err(_) => text.parse::<std::net::SocketAddr>().map_err(|_| NoNetwork)?.ip(),
        };
        Self::new(address, width(address)).ok_or(NoNetwork)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_address() {
            write!(f, "{}", self.first)
        } else {
            write!(f, "{}/{}", self.first, self.bits)
        }
    }
}

/// The addresses and networks that a text mentions, each once, at most `most`.
pub fn networks_in(text: &str, most: usize) -> Vec<Network> {
    let mut found = Vec::new();
    for word in text.split(|c: char| !(c.is_ascii_hexdigit() || matches!(c, '.' | ':' | '/'))) {
        if found.len() >= most {
            break;
        }
        // Anything shorter than `::1` or without a separator twice is a number or a word.
        let separators = word.bytes().filter(|b| matches!(b, b'.' | b':')).count();
        if word.len() < 3 || separators < 2 {
            continue;
        }
        // The scheme of a URL ends in a letter; what follows it does not.
        let word = word.trim_start_matches("://");
        let word = word.trim_end_matches(['.', '/']).trim_start_matches(['.', '/']);
        let network = word.parse().or_else(|_| word.split('/').next().unwrap_or("").parse());
        if let Ok(network) = network
            && !found.contains(&network)
        {
            found.push(network);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn network(text: &str) -> Network {
        text.parse().expect(text)
    }

    #[test]
    fn an_address_is_in_its_networks_and_in_no_other() {
        assert!(network("192.0.2.0/24").holds(&network("192.0.2.7")));
        assert!(network("192.0.2.99/24").holds(&network("192.0.2.0/25")));
        assert!(!network("192.0.2.0/25").holds(&network("192.0.2.128")));
        assert!(network("2001:db8::/32").holds(&network("2001:db8:1::7")));
        assert!(!network("0.0.0.0/0").holds(&network("::1")));
        assert_eq!(network("192.0.2.7").holders().count(), 33);
        assert_eq!(network("192.0.2.7:443"), network("192.0.2.7"));
        assert_eq!(network("[2001:db8::7]:443").to_string(), "2001:db8::7");
    }

    #[test]
    fn what_looks_like_one_and_is_none_is_refused() {
        for text in
            ["", "192.0.2", "192.0.2.0/33", "192.0.2.0/08", "192.0.2.0/+8", "2026/11", "::1/129", "1/2"]
        {
            assert_eq!(text.parse::<Network>(), Err(NoNetwork), "{text}");
        }
    }

    #[test]
    fn a_pattern_names_its_addresses() {
        let text =
            "[ipv4-addr:value = '192.0.2.7' OR ipv4-addr:value ISSUBSET '198.51.100.0/24'] at 12:30:45, v1.2,
            see http://203.0.113.9/a.b and 2001:db8::1. 192.0.2.7 again";
        let found: Vec<String> = networks_in(text, 10).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["192.0.2.7", "198.51.100.0/24", "203.0.113.9", "2001:db8::1"]);
        assert_eq!(networks_in(text, 2).len(), 2);
    }

    proptest! {
        #[test]
        fn the_span_of_a_network_holds_exactly_its_addresses(address: u32, bits in 0_u8..=32, other: u32) {
            let net = Network::new(IpAddr::V4(address.into()), bits).expect("a network");
            let (first, last) = net.span();
            let inside = (first..=last).contains(&other.to_be_bytes().to_vec());
            let other = Network::new(IpAddr::V4(other.into()), 32).expect("an address");
            prop_assert_eq!(inside, net.holds(&other));
            prop_assert_eq!(inside, other.holders().any(|holder| holder == net));
            prop_assert_eq!(net.to_string().parse::<Network>(), Ok(net));
        }

        #[test]
        fn no_text_stops_the_reading(text in ".{0,200}") {
            prop_assert!(networks_in(&text, 8).len() <= 8);
        }
    }
}
