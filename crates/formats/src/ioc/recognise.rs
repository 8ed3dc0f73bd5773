//! What kind of thing one word is: an address, a hash, a CVE number, an ATT&CK number, a STIX id.

use super::Network;
use crate::stix::Identifier;

/// A word that means more than its letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ioc {
    /// An address or a network.
    Network(Network),
    /// MD5, SHA-1, SHA-224, SHA-256, SHA-384 or SHA-512, in lower case.
    Hash(String),
    /// `CVE-2026-31337`.
    Cve(String),
    /// An ATT&CK number: `T1059.001`, `TA0001`, `G0007`, `S0002`, `M1013`, `C0015`, `DS0017`.
    Attack(String),
    /// A STIX id.
    Stix(String),
    /// A whole URL, a domain or a mail address.
    Address(String),
}

/// What the word is, when it is one of them. The word must have been given its meaning back
/// ([`refang`](super::refang)).
pub fn recognise(word: &str) -> Option<Ioc> {
    let word = bare(word);
    if let Ok(network) = word.parse() {
        return Some(Ioc::Network(network));
    }
    let low = word.to_ascii_lowercase();
    if Identifier::parse(&low).is_ok() {
        return Some(Ioc::Stix(low));
    }
    let upper = word.to_ascii_uppercase().replace(['\u{2010}', '\u{2011}', '\u{2013}'], "-");
    let is_hash =
        matches!(low.len(), 32 | 40 | 56 | 64 | 96 | 128) && low.bytes().all(|b| b.is_ascii_hexdigit());
    if is_hash {
        Some(Ioc::Hash(low))
    } else if is_cve(&upper) {
        Some(Ioc::Cve(upper))
    } else if let Some(number) = attack(&upper) {
        Some(Ioc::Attack(number))
    } else if is_address(&low) {
        Some(Ioc::Address(low))
    } else {
        None
    }
}

/// Without what surrounds a word in a sentence.
fn bare(word: &str) -> &str {
    let around =
        |c: char| matches!(c, '"' | '\'' | '<' | '>' | ',' | ';' | '(' | ')' | '«' | '»' | '“' | '”' | '`');
    word.trim_matches(around).trim_end_matches('.')
}

fn is_cve(word: &str) -> bool {
    let Some((year, number)) = word.strip_prefix("CVE-").and_then(|rest| rest.split_once('-')) else {
        return false;
    };
    let digits = |text: &str, least, most| {
        (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
    };
    digits(year, 4, 4) && digits(number, 4, 19)
}

/// The number as ATT&CK writes it; its addresses write a sub-technique as `T1059/001`.
fn attack(word: &str) -> Option<String> {
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    let number = |text: &str| {
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (letters, rest) = text.split_at(letters);
        matches!(letters, "T" | "TA" | "G" | "S" | "M" | "C" | "DS") && digits(rest, 4)
    };
    match word.split_once(['.', '/']) {
        None => number(word).then(|| word.to_owned()),
        Some((main, sub)) => {
            (main.starts_with('T') && number(main) && digits(sub, 3)).then(|| format!("{main}.{sub}"))
        }
    }
}

/// A URL, a domain or a mail address: labels with dots between them, the last one of letters.
fn is_address(word: &str) -> bool {
    let rest = word.split_once("://").map_or(word, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    let Some((_, last)) = host.rsplit_once('.') else { return false };
    last.len() >= 2 && last.chars().all(char::is_alphabetic) && host.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_known_by_its_form() {
        let cve = |text: &str| Some(Ioc::Cve(text.to_owned()));
        assert_eq!(recognise("cve-2026-31337,"), cve("CVE-2026-31337"));
        assert_eq!(recognise("CVE\u{2011}2026\u{2011}31337"), cve("CVE-2026-31337"));
        assert_eq!(recognise("CVE-26-1"), None);
        assert_eq!(recognise("t1059/001"), Some(Ioc::Attack("T1059.001".to_owned())));
        assert_eq!(recognise("TA0001"), Some(Ioc::Attack("TA0001".to_owned())));
        assert_eq!(recognise("G7"), None);
        let hash = "D41D8CD98F00B204E9800998ECF8427E";
        assert_eq!(recognise(hash), Some(Ioc::Hash(hash.to_lowercase())));
        let id = "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f";
        assert_eq!(recognise(&id.to_uppercase()), Some(Ioc::Stix(id.to_owned())));
        assert!(matches!(recognise("<192.0.2.0/24>"), Some(Ioc::Network(_))));
        assert_eq!(
            recognise("https://Evil.example/a?b"),
            Some(Ioc::Address("https://evil.example/a?b".to_owned()))
        );
        assert_eq!(recognise("someone@evil.example"), Some(Ioc::Address("someone@evil.example".to_owned())));
        for words in ["heron", "Heron.", "v1.2", "e.g", "a..b", "", "2026-11-25"] {
            assert_eq!(recognise(words), None, "{words:?}");
        }
    }
}
