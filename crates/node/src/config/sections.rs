//! The sections of the configuration and their keys.

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Result;
use desk::outbound::OutboundOptions;
use model::{Bilingual, Role, Side};
use serde::Deserialize;

use super::values::{AllowedText, LinkPeer};
use crate::exit::Ending;

/// Declares a section; its documentation becomes the text of `config example`. An example that begins with `#` is
/// printed as a comment: the key has no default.
macro_rules! section {
    ($(#[doc = $about:literal])* $section:ident {
        $( $(#[doc = $doc:literal])* $(#[serde($($serde:tt)*)])? $key:ident: $kind:ty = $example:literal, )*
    }) => {
        $(#[doc = $about])*
        #[derive(Debug, Clone, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $section {
            $( $(#[doc = $doc])* $(#[serde($($serde)*)])? pub $key: $kind, )*
        }

        impl $section {
            /// The section as `config example` prints it.
            pub fn example(name: &str) -> String {
                let mut text = String::from("\n");
                $( text.push_str(concat!("#", $about, "\n")); )*
                text.push_str(&format!("[{name}]\n"));
                $(
                    $( text.push_str(concat!("#", $doc, "\n")); )*
                    let (comment, value) = match $example.strip_prefix('#') {
                        Some(value) => ("# ", value.trim_start()),
                        None => ("", $example),
                    };
                    text.push_str(&format!("{comment}{} = {value}\n", stringify!($key)));
                )*
                text
            }
        }
    };
}
pub(super) use section;

/// A section in which every key has a default or may be absent.
macro_rules! all_default {
    ($($section:ident),*) => {
        $( impl Default for $section {
            fn default() -> Self {
                toml::from_str("").expect("every key of the section has a default")
            }
        } )*
    };
}
pub(super) use all_default;

section! {
    /// The party that runs this node, as its card tells others.
    Party {
        /// A short name for URLs and tables: 1 to 32 characters from a-z, 0-9 and -.
        short: String = "\"ecsc\"",
        /// The full name in English.
        name_en: String = "\"European Cyber Situation Centre\"",
        /// The full name in French.
        name_fr: String = "\"Centre européen de situation cyber\"",
        /// The side of the Atlantic: EU, US, NATO or OTHER.
        side: Side = "\"EU\"",
        /// What the party is: csirt, agency, isac, operator, manufacturer, ministry, nato, observer.
        roles: Vec<Role> = "[\"agency\"]",
        /// Whom to call, in plain words.
        #[serde(default)]
        contact: String = "\"duty officer, +32 2 555 01 00, soc@ecsc.example\"",
    }
}

impl Party {
    /// Its name in both languages.
    pub fn name(&self) -> Bilingual {
        Bilingual::new(&self.name_en, &self.name_fr)
    }

    pub(super) fn check(&self) -> Result<()> {
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if !(1..=32).contains(&self.short.len()) || !self.short.bytes().all(fits) {
            return Err(Ending::usage(format!(
                "[party] short = {:?} needs 1 to 32 characters from a-z, 0-9 and -",
                self.short
            )));
        }
        if !self.name().is_complete() {
            return Err(Ending::usage("[party] name_en and name_fr must both say something"));
        }
        if self.roles.is_empty() {
            return Err(Ending::usage("[party] roles names at least one role"));
        }
        Ok(())
    }
}

section! {
    /// Console, API and TAXII.
    Http {
        /// The address to listen on. Anything but loopback needs TLS.
        #[serde(default = "http_listen")]
        listen: SocketAddr = "\"127.0.0.1:8600\"",
        /// The certificate chain in PEM, the leaf first.
        #[serde(default)]
        tls_cert: Option<PathBuf> = "# \"tls/chain.pem\"",
        /// Its private key in PEM, readable by the owner alone.
        #[serde(default)]
        tls_key: Option<PathBuf> = "# \"tls/key.pem\"",
        /// The URL under which browsers and TAXII clients reach the node, without a final slash.
        #[serde(default)]
        public_url: Option<String> = "# \"https://entente.ecsc.example\"",
        /// A loopback address of their own for metrics. Without it `/metrics` is served by `listen`, when that is loopback.
        #[serde(default)]
        metrics_listen: Option<SocketAddr> = "# \"127.0.0.1:8601\"",
    }
}

impl Http {
    /// True when the listener itself speaks TLS.
    pub fn has_tls(&self) -> bool {
        self.tls_cert.is_some()
    }

    /// True when browsers reach the node over TLS, here or at a proxy.
    pub fn is_secure(&self) -> bool {
        self.has_tls() || self.public_url.as_ref().is_some_and(|url| url.starts_with("https://"))
    }
}

fn http_listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8600))
}

section! {
    /// Links to the nodes of other parties: TLS 1.3 with X25519MLKEM768, known by the certificates on party cards.
    /// A peer is dialled at the address on its card; trust it with `entente party trust`.
    Link {
        /// The address to listen on; without it this node only dials.
        #[serde(default)]
        listen: Option<SocketAddr> = "# \"0.0.0.0:8602\"",
        /// The address that peers dial, `host:port`, for the card; needed when `listen` is 0.0.0.0 or behind a router.
        #[serde(default)]
        address: Option<String> = "# \"link.ecsc.example:8602\"",
        /// Where to dial a peer instead of at the address on its card; each may also stand under `[[link.peers]]`.
        #[serde(default)]
        peers: Vec<LinkPeer> = "# [{ party = \"party:…\", address = \"10.1.2.3:8602\" }]",
    }
}

impl Link {
    pub(super) fn check(&self) -> Result<()> {
        for (n, peer) in self.peers.iter().enumerate() {
            let party = peer.party.get_ref();
            if self.peers[..n].iter().any(|other| other.party.get_ref() == party) {
                return Err(Ending::usage(format!(
                    "line {}: [[link.peers]] names {party} a second time; keep one address for each peer",
                    peer.line
                )));
            }
        }
        Ok(())
    }
}

section! {
    /// HTTP from this node to others, such as `entente exchange pull`. Only public addresses are asked, over TLS.
    Outbound {
        /// Hosts and networks that may be asked although they are not public, or without TLS.
        #[serde(default)]
        allow: Vec<AllowedText> = "[]",
        /// The certificate authorities to trust, in PEM; without it those of the system.
        #[serde(default)]
        ca_file: Option<PathBuf> = "# \"tls/authorities.pem\"",
    }
}

impl Outbound {
    /// The way out as the desk takes it.
    pub fn options(&self) -> OutboundOptions {
        OutboundOptions {
            allow: self.allow.iter().map(|text| text.0.clone()).collect(),
            ca_file: self.ca_file.clone(),
            ..OutboundOptions::default()
        }
    }
}

section! {
    /// Duties to report.
    Notify {
        /// An authority takes reports under these regimes by a public form at /report, for operators without a node and
        /// without an account; without any there is no such form. Names as in `entente notify pack list`.
        #[serde(default)]
        public_reports: Vec<String> = "[]",
    }
}

impl Notify {
    pub(super) fn check(&self) -> Result<()> {
        let known = &packs::Library::embedded().packs;
        match self.public_reports.iter().find(|regime| !known.contains_key(*regime)) {
            None => Ok(()),
            Some(stranger) => Err(Ending::usage(format!(
                "[notify] public_reports: no pack is called {stranger:?}; see `entente notify pack list`"
            ))),
        }
    }
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

section! {
    /// Logs, written to standard error.
    Log {
        /// `text` for people, `json` for machines.
        #[serde(default = "log_format")]
        format: LogFormat = "\"text\"",
        /// What is logged, such as `info`, `warn` or `info,desk=debug`.
        #[serde(default = "log_filter")]
        filter: String = "\"info\"",
    }
}

fn log_format() -> LogFormat {
    LogFormat::Text
}

fn log_filter() -> String {
    "info".to_owned()
}

all_default!(Notify, Http, Link, Outbound, Log);
