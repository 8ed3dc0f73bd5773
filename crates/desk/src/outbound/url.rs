//! URLs that a node asks: `http` or `https`, a host, no credentials inside.

use std::fmt;
use std::net::Ipv6Addr;

use http::Uri;

/// A URL that can be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url {
    origin: Origin,
    /// Path and query, beginning with `/`.
    target: String,
}

/// Whom a URL asks: two URLs with one origin ask the same server.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    /// True for `https`.
    pub tls: bool,
    /// In lower case; an IPv6 address without its brackets.
    pub host: String,
    /// The port, said or implied.
    pub port: u16,
}

/// Why a text is no usable URL.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{url:?} {what}")]
pub struct UrlError {
    url: String,
    what: &'static str,
}

/// Longer URLs are refused.
const MAX_BYTES: usize = 16 << 10;

impl Url {
    /// Reads an absolute URL. A fragment is dropped.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        let refused = |what| UrlError { url: text.chars().take(200).collect(), what };
        if text.len() > MAX_BYTES {
            return Err(refused("is too long for a URL"));
        }
        let uri: Uri = text.parse().map_err(|_| refused("is no URL; write it as https://host/path"))?;
        let tls = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(refused("does not begin with https:// or http://")),
        };
        let authority = uri.authority().ok_or_else(|| refused("names no host"))?;
        if authority.as_str().contains('@') {
            return Err(refused("holds credentials; give them by file instead"));
        }
        let host = match authority.host().strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(address) if address.parse::<Ipv6Addr>().is_ok() => address.to_ascii_lowercase(),
            None if !authority.host().contains(['[', ']']) => {
                authority.host().trim_end_matches('.').to_ascii_lowercase()
            }
            _ => return Err(refused("holds brackets around what is no IPv6 address")),
        };
        if host.is_empty() {
            return Err(refused("names no host"));
        }
        let port = match &authority.as_str()[authority.host().len()..] {
            "" if tls => 443,
            "" => 80,
            said => {
                said.trim_start_matches(':').parse().map_err(|_| refused("has a port that is no number"))?
            }
        };
        let target = uri.path_and_query().map_or("/", |target| target.as_str());
        let slash = if target.starts_with('/') { "" } else { "/" };
        Ok(Self { origin: Origin { tls, host, port }, target: format!("{slash}{target}") })
    }

    /// What `reference` means when it is found at this URL.
    pub fn join(&self, reference: &str) -> Result<Self, UrlError> {
        let reference = reference.trim();
        if let Some(rest) = reference.strip_prefix("//") {
            let scheme = if self.origin.tls { "https" } else { "http" };
            return Self::parse(&format!("{scheme}://{rest}"));
        }
        if has_scheme(reference) {
            return Self::parse(reference);
        }
        let path = self.path();
        let target = match reference.chars().next() {
            Some('/') => reference.to_owned(),
            Some('?') => format!("{path}{reference}"),
            Some('#') | None => self.target.clone(),
            Some(_) => format!("{}{reference}", &path[..=path.rfind('/').unwrap_or(0)]),
        };
        let (path, query) = target.split_at(target.find(['?', '#']).unwrap_or(target.len()));
        let target = format!("{}{query}", without_dots(path));
        Self::parse(&format!("{}{target}", self.origin))
    }

    /// The same origin with another path and query; `target` begins with `/`.
    pub fn at(&self, target: &str) -> Result<Self, UrlError> {
        Self::parse(&format!("{}{target}", self.origin))
    }

    /// Whom it asks.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Whether it asks over TLS.
    pub fn is_tls(&self) -> bool {
        self.origin.tls
    }

    /// The host.
    pub fn host(&self) -> &str {
        &self.origin.host
    }

    /// The path without the query.
    pub fn path(&self) -> &str {
        self.target.split_once('?').map_or(self.target.as_str(), |(path, _)| path)
    }

    /// Path and query.
    pub fn target(&self) -> &str {
        &self.target
    }
}

/// RFC 3986 §5.2.4: `.` stays here, `..` goes up, and nothing goes above the top.
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/').skip(1) {
        match segment {
            "." => {}
            ".." => drop(kept.pop()),
            other => kept.push(other),
        }
    }
    let ends_open = matches!(path.rsplit('/').next(), Some("." | "..")) && !kept.is_empty();
    format!("/{}{}", kept.join("/"), if ends_open { "/" } else { "" })
}

/// RFC 3986 §3.1: a letter, then letters, digits, `+`, `-` and `.`, then a colon.
fn has_scheme(reference: &str) -> bool {
    let Some((scheme, _)) = reference.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

impl Origin {
    /// The host as it stands in the `Host` field.
    pub fn authority(&self) -> String {
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        match (self.tls, self.port) {
            (true, 443) | (false, 80) => host,
            (_, port) => format!("{host}:{port}"),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", if self.tls { "https" } else { "http" }, self.authority())
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.origin, self.target)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn urls_are_read_and_written_in_one_form() {
        for (text, written) in [
            ("https://A.example", "https://a.example/"),
            ("HTTPS://a.example:443/x?y#z", "https://a.example/x?y"),
            ("http://[::1]:8600/taxii2/", "http://[::1]:8600/taxii2/"),
            ("https://a.example.?q", "https://a.example/?q"),
        ] {
            assert_eq!(Url::parse(text).map(|url| url.to_string()), Ok(written.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_could_mislead_is_refused() {
        for text in [
            "",
            "a.example/x",
            "ftp://a.example/",
            "file:///etc/passwd",
            "https://user:pw@a.example/",
            "https://a.example@127.0.0.1/",
            "https:///x",
            "https://a.example:99999/",
            "https://a.example:/",
            "https://a b/",
            "http://8[12]:80/",
            "http://[a.example]/",
            "http://[::1/",
            "https://a.example/\r\nHost: b",
        ] {
            assert!(Url::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn references_lead_where_a_browser_would_go() {
        let base = Url::parse("https://a.example/api/root?x=1").expect("a URL");
        for (reference, meant) in [
            ("/taxii2/", "https://a.example/taxii2/"),
            ("next", "https://a.example/api/next"),
            ("./next/", "https://a.example/api/next/"),
            ("../../../top?a=..", "https://a.example/top?a=.."),
            ("..", "https://a.example/"),
            (".", "https://a.example/api/"),
            ("?page=2", "https://a.example/api/root?page=2"),
            ("//b.example/c", "https://b.example/c"),
            ("http://a.example/", "http://a.example/"),
            ("", "https://a.example/api/root?x=1"),
        ] {
            assert_eq!(
                base.join(reference).map(|url| url.to_string()),
                Ok(meant.to_owned()),
                "{reference:?}"
            );
        }
        assert!(base.join("javascript:alert(1)").is_err());
        let same = base.join("HTTPS://A.EXAMPLE:443/y").expect("a URL");
        assert_eq!(same.origin(), base.origin());
        assert_ne!(base.join("http://a.example/").expect("a URL").origin(), base.origin());
    }

    proptest! {
        #[test]
        fn any_text_is_survived_and_what_is_read_is_written_back(text in "(https?://)?[ -~]{0,60}") {
            if let Ok(url) = Url::parse(&text) {
                prop_assert_eq!(Url::parse(&url.to_string()), Ok(url));
            }
        }

        #[test]
        fn a_relative_reference_never_leaves_the_origin(reference in "[a-z0-9/?._=-]{0,40}") {
            let base = Url::parse("https://a.example/x/y").expect("a URL");
            if let Ok(joined) = base.join(&reference) {
                prop_assert!(reference.starts_with("//") || joined.origin() == base.origin());
            }
        }
    }
}
