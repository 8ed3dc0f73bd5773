//! Values of the configuration that are more than a string: read once, refused with their position.

use std::net::SocketAddr;

use desk::outbound::Allowed;
use model::PartyId;
use serde::Deserialize;

/// Where to dial one peer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkPeer {
    /// The party, by its id.
    pub party: toml::Spanned<PartyId>,
    /// Its address.
    pub address: HostPort,
    /// The line that names it, from 1; counted when the file was read.
    #[serde(skip)]
    pub line: usize,
}

/// `host:port`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct HostPort(pub String);

impl TryFrom<String> for HostPort {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let refused = || format!("{text:?} is no address; write host:port, such as \"10.1.2.3:8602\"");
        if let Ok(address) = text.parse::<SocketAddr>() {
            return if address.port() == 0 { Err(refused()) } else { Ok(Self(text)) };
        }
        let (host, port) = text.rsplit_once(':').ok_or_else(refused)?;
        let names = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_');
        let is_port = port.parse::<u16>().is_ok_and(|port| port > 0) && !port.starts_with('+');
        if (1..=253).contains(&host.len()) && host.bytes().all(names) && is_port {
            Ok(Self(text))
        } else {
            Err(refused())
        }
    }
}

/// A host or network that may be asked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct AllowedText(pub Allowed);

impl TryFrom<String> for AllowedText {
    type Error = desk::outbound::AllowedError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}

/// The line on which a byte of the file stands, from 1.
pub fn line_of(text: &str, byte: usize) -> usize {
    1 + text.bytes().take(byte).filter(|b| *b == b'\n').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_to_dial_names_host_and_port() {
        for good in ["10.1.2.3:8602", "[fd00::1]:8602", "link.ecsc.example:8602", "localhost:1"] {
            assert!(HostPort::try_from(good.to_owned()).is_ok(), "{good}");
        }
        for bad in [
            "",
            "10.1.2.3",
            "host:",
            "host:0",
            "host:99999",
            ":8602",
            "https://host:8602",
            "a b:1",
            "host:+1",
        ] {
            assert!(HostPort::try_from(bad.to_owned()).is_err(), "{bad}");
        }
    }
}
