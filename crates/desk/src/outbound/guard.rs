//! The guard: which addresses a node may speak to. Public ones; others only when the configuration names them.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use super::error::OutboundError;
use super::url::Origin;

/// One entry of `[outbound] allow`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Allowed {
    /// A host by name, whatever address it has.
    Host(String),
    /// A network, or one address.
    Network(IpAddr, u8),
}

/// Why an entry of `allow` is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is neither a host, an address nor a network such as \"10.1.0.0/16\"")]
pub struct AllowedError(String);

impl FromStr for Allowed {
    type Err = AllowedError;

    fn from_str(text: &str) -> Result<Self, AllowedError> {
        let refused = || AllowedError(text.to_owned());
        if let Ok(address) = text.parse::<IpAddr>() {
            return Ok(Self::Network(address.to_canonical(), bits(address.to_canonical())));
        }
        if let Some((address, length)) = text.split_once('/') {
            let address: IpAddr = address.parse().map_err(|_| refused())?;
            let length: u8 = length.parse().map_err(|_| refused())?;
            return if length <= bits(address) { Ok(Self::Network(address, length)) } else { Err(refused()) };
        }
        let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_');
        // What ends in a number was meant as an address.
        let is_name = (1..=253).contains(&text.len())
            && text.bytes().all(fits)
            && text.rsplit('.').next().is_some_and(|last| last.bytes().any(|b| b.is_ascii_alphabetic()));
        if is_name { Ok(Self::Host(text.to_ascii_lowercase())) } else { Err(refused()) }
    }
}

impl fmt::Display for Allowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Host(host) => f.write_str(host),
            Self::Network(address, length) => write!(f, "{address}/{length}"),
        }
    }
}

fn bits(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

impl Allowed {
    fn covers(&self, host: &str, address: IpAddr) -> bool {
        match self {
            Self::Host(name) => name == host,
            Self::Network(network, length) => shares_prefix(*network, address, *length),
        }
    }
}

fn shares_prefix(network: IpAddr, address: IpAddr, length: u8) -> bool {
    let shift = |bits: u8| u32::from(bits - length.min(bits));
    match (network, address) {
        (IpAddr::V4(one), IpAddr::V4(other)) => {
            (one.to_bits() ^ other.to_bits()).checked_shr(shift(32)).unwrap_or(0) == 0
        }
        (IpAddr::V6(one), IpAddr::V6(other)) => {
            (one.to_bits() ^ other.to_bits()).checked_shr(shift(128)).unwrap_or(0) == 0
        }
        _ => false,
    }
}

/// Passes the addresses of a host, or refuses all of them when one is not fit: a name that answers with a public
/// and a private address at once is a trick or a mistake, and neither deserves a connection.
pub(super) fn pass(
    origin: &Origin,
    addresses: Vec<IpAddr>,
    allow: &[Allowed],
) -> Result<Vec<IpAddr>, OutboundError> {
    let addresses: Vec<IpAddr> = addresses.iter().map(IpAddr::to_canonical).collect();
    for address in &addresses {
        if allow.iter().any(|allowed| allowed.covers(&origin.host, *address)) {
            continue;
        }
        if let Some(what) = not_public(*address) {
            return Err(OutboundError::Guarded { host: origin.host.clone(), address: *address, what });
        }
        // Credentials and threat information do not cross the open network in the clear.
        if !origin.tls {
            return Err(OutboundError::Plain { host: origin.host.clone() });
        }
    }
    Ok(addresses)
}

/// What keeps an address from being public, after the IANA registries of special-purpose addresses (RFC 6890).
fn not_public(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => not_public_v4(address),
        IpAddr::V6(address) => not_public_v6(address),
    }
}

const SPECIAL_V4: [([u8; 4], u8, &str); 18] = [
    ([0, 0, 0, 0], 8, "unspecified"),
    ([10, 0, 0, 0], 8, "private"),
    ([100, 64, 0, 0], 10, "shared by carriers"),
    ([127, 0, 0, 0], 8, "this machine"),
    ([169, 254, 0, 0], 16, "link-local, where clouds keep their metadata"),
    ([172, 16, 0, 0], 12, "private"),
    ([192, 0, 0, 0], 24, "reserved for protocols"),
    ([192, 0, 2, 0], 24, "for documentation"),
    ([192, 31, 196, 0], 24, "reserved for name servers"),
    ([192, 52, 193, 0], 24, "reserved for relays"),
    ([192, 88, 99, 0], 24, "a relay of the past"),
    ([192, 168, 0, 0], 16, "private"),
    ([198, 18, 0, 0], 15, "for measurements"),
    ([198, 51, 100, 0], 24, "for documentation"),
    ([203, 0, 113, 0], 24, "for documentation"),
    ([224, 0, 0, 0], 4, "multicast"),
    ([240, 0, 0, 0], 4, "reserved"),
    // Azure answers its machines from this public-looking address.
    ([168, 63, 129, 16], 32, "the metadata service of a cloud"),
];

fn not_public_v4(address: Ipv4Addr) -> Option<&'static str> {
    let inside = |(network, length, _): &&([u8; 4], u8, &str)| {
        shares_prefix(IpAddr::V4(Ipv4Addr::from(*network)), IpAddr::V4(address), *length)
    };
    SPECIAL_V4.iter().find(inside).map(|(_, _, what)| *what)
}

/// Public is only 2000::/3 (RFC 4291 §2.4), without the stretches in it that lead elsewhere. An IPv4 address inside
/// counts as itself, however it is wrapped.
fn not_public_v6(address: Ipv6Addr) -> Option<&'static str> {
    let [a, b, c, ..] = address.segments();
    if let Some(inner) = wrapped_v4(address) {
        return not_public_v4(inner);
    }
    match (a, b) {
        (0x2001, 0x0db8) | (0x3fff, 0x0000..=0x0fff) => Some("for documentation"),
        (0x2001, 0x0000..=0x01ff) => Some("reserved for protocols"),
        (0x2000..=0x3fff, _) => None,
        (0xfe80..=0xfebf, _) => Some("link-local"),
        (0xfc00..=0xfdff, _) | (0xfec0..=0xfeff, _) => Some("private"),
        (0xff00..=0xffff, _) => Some("multicast"),
        (0, 0) if c == 0 && address.is_loopback() => Some("this machine"),
        _ => Some("not a public address"),
    }
}

/// The IPv4 address inside: mapped, translated (RFC 6052) or 6to4 (RFC 3056).
fn wrapped_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let low = Ipv4Addr::from_bits(address.to_bits() as u32);
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => Some(low),
        [0x2002, high, low, ..] => Some(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn origin(tls: bool) -> Origin {
        Origin { tls, host: "peer.example".into(), port: 443 }
    }

    fn passes(address: &str, allow: &[&str]) -> bool {
        let allow: Vec<Allowed> = allow.iter().map(|text| text.parse().expect("an entry")).collect();
        pass(&origin(true), vec![address.parse().expect("an address")], &allow).is_ok()
    }

    #[test]
    fn only_public_addresses_pass_unasked() {
        for address in
            ["1.1.1.1", "193.0.6.139", "2606:4700:4700::1111", "2001:67c:2e8::1", "64:ff9b::101:101"]
        {
            assert!(passes(address, &[]), "{address}");
        }
        for address in [
            "127.0.0.1",
            "127.255.0.1",
            "0.0.0.0",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.100.100.200",
            "192.0.0.192",
            "168.63.129.16",
            "224.0.0.1",
            "255.255.255.255",
            "240.0.0.1",
            "198.18.0.1",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "fe80::1",
            "fd00:ec2::254",
            "fc00::1",
            "fec0::1",
            "ff02::1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2002:a9fe:a9fe::1",
            "2001::1",
            "2001:db8::1",
            "100::1",
        ] {
            assert!(!passes(address, &[]), "{address}");
        }
    }

    #[test]
    fn the_configuration_opens_exactly_what_it_names() {
        assert!(passes("10.1.2.3", &["10.1.0.0/16"]));
        assert!(!passes("10.2.2.3", &["10.1.0.0/16"]));
        assert!(passes("::ffff:10.1.2.3", &["10.1.0.0/16"]), "a mapped address is the address");
        assert!(passes("fd00::7", &["fd00::/8"]));
        assert!(passes("127.0.0.1", &["peer.example"]));
        assert!(!passes("127.0.0.1", &["other.example"]));
        assert!(passes("127.0.0.1", &["127.0.0.1"]));
        assert!(passes("192.168.0.1", &["0.0.0.0/0"]) && !passes("::1", &["0.0.0.0/0"]));
    }

    #[test]
    fn one_bad_address_among_good_ones_refuses_the_name() {
        let answer = vec!["1.1.1.1".parse().expect("an address"), "127.0.0.1".parse().expect("an address")];
        assert!(matches!(pass(&origin(true), answer, &[]), Err(OutboundError::Guarded { .. })));
    }

    #[test]
    fn without_tls_only_what_is_allowed_is_asked() {
        let public = vec!["1.1.1.1".parse().expect("an address")];
        let named = ["peer.example".parse().expect("an entry")];
        assert!(matches!(pass(&origin(false), public.clone(), &[]), Err(OutboundError::Plain { .. })));
        assert!(pass(&origin(false), public, &named).is_ok());
    }

    #[test]
    fn entries_that_say_nothing_clear_are_refused() {
        for text in ["", "10.0.0.0/33", "10.0.0/8", "10.0.0", "fd00::/129", "a b", "https://a", "x/8", "1234"]
        {
            assert!(text.parse::<Allowed>().is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_wrapping_opens_what_is_closed(bits: u32) {
            let inner = Ipv4Addr::from_bits(bits);
            let closed = not_public_v4(inner).is_some();
            let [a, b, c, d] = inner.octets();
            let pair = |high: u8, low: u8| u16::from(high) << 8 | u16::from(low);
            let translated = Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, pair(a, b), pair(c, d));
            let six_to_four = Ipv6Addr::new(0x2002, pair(a, b), pair(c, d), 0, 0, 0, 0, 1);
            for wrapped in [inner.to_ipv6_mapped(), translated, six_to_four] {
                let passed = pass(&origin(true), vec![IpAddr::V6(wrapped)], &[]).is_ok();
                prop_assert_eq!(passed, !closed, "{}", wrapped);
            }
        }

        #[test]
        fn a_network_covers_what_shares_its_first_bits(bits: u128, other: u128, length in 0u8..=128) {
            let (one, two) = (IpAddr::V6(Ipv6Addr::from_bits(bits)), IpAddr::V6(Ipv6Addr::from_bits(other)));
            let mask = if length == 0 { 0 } else { u128::MAX << (128 - length) };
            prop_assert_eq!(shares_prefix(one, two, length), bits & mask == other & mask);
        }

        #[test]
        fn an_entry_is_written_as_it_is_read(bits: u32, length in 0u8..=32) {
            let entry = Allowed::Network(IpAddr::V4(Ipv4Addr::from_bits(bits)), length);
            prop_assert_eq!(entry.to_string().parse::<Allowed>(), Ok(entry));
        }
    }
}
