//! Forms of strings: hashes, addresses, codes. Pure functions on text.

use super::super::schema::Kind;

/// A string that does not have the form its kind asks for.
pub(super) struct FormFlaw {
    pub clause: &'static str,
    pub code: &'static str,
    pub message: &'static str,
    /// False where the field at large deviates without harm.
    pub is_error: bool,
}

const fn strict(clause: &'static str, code: &'static str, message: &'static str) -> FormFlaw {
    FormFlaw { clause, code, message, is_error: true }
}

const fn mild(clause: &'static str, code: &'static str, message: &'static str) -> FormFlaw {
    FormFlaw { clause, code, message, is_error: false }
}

/// Checks a string of a kind that has a form.
pub(super) fn form_flaw(kind: &Kind, text: &str) -> Option<FormFlaw> {
    let (fine, flaw) = match kind {
        Kind::Binary => {
            (is_base64(text), strict("§2.1", "binary-form", "base64 (RFC 4648 §4, padded) expected"))
        }
        Kind::Hex => {
            (is_hex(text), strict("§2.8", "hex-form", "an even number of hexadecimal digits expected"))
        }
        Kind::Ipv4 => {
            (is_ipv4(text), strict("§6.8.1", "ipv4-form", "an IPv4 address or CIDR block expected"))
        }
        Kind::Ipv6 => {
            (is_ipv6(text), strict("§6.9.1", "ipv6-form", "an IPv6 address or CIDR block expected"))
        }
        Kind::Mac => (
            is_mac(text),
            strict("§6.10.1", "mac-form", "six lower-case hexadecimal pairs with colons expected"),
        ),
        Kind::RelationshipType => (
            is_relationship_type(text),
            strict("§5.1.2", "relationship-type", "only a-z, 0-9 and - are allowed in a relationship type"),
        ),
        Kind::Domain => {
            (is_domain(text), mild("§6.4.1", "domain-form", "a domain name (RFC 1034, RFC 5890) expected"))
        }
        Kind::Email => {
            (is_email(text), mild("§6.5.1", "email-form", "an address of the form local@domain expected"))
        }
        Kind::Url => (has_scheme(text), mild("§2.5", "url-form", "a URL (RFC 3986) expected")),
        Kind::Cpe => {
            (is_cpe(text), mild("§6.14.1", "cpe-form", "a CPE 2.3 name (cpe:2.3:…, 11 components) expected"))
        }
        Kind::Lang => (is_language(text), mild("§3.2", "language", "an RFC 5646 language code expected")),
        Kind::RegistryKey => (
            !is_short_hive(text),
            mild("§6.17.1", "registry-hive", "the hive must be written out, such as HKEY_LOCAL_MACHINE"),
        ),
        _ => return None,
    };
    if fine { None } else { Some(flaw) }
}

/// Dictionary keys (§2.3).
pub(super) fn is_dictionary_key(key: &str) -> bool {
    key.len() <= 250 && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

/// Outcome of looking at one hash.
pub(super) enum HashForm {
    Right,
    Unknown,
    Wrong(&'static str),
}

/// Whether a hash has the length its algorithm gives.
pub(super) fn hash_form(algorithm: &str, value: &str) -> HashForm {
    let (digits, wanted) = match algorithm {
        "MD5" => (32, "32 hexadecimal digits"),
        "SHA-1" => (40, "40 hexadecimal digits"),
        "SHA-256" | "SHA3-256" => (64, "64 hexadecimal digits"),
        "SHA-512" | "SHA3-512" => (128, "128 hexadecimal digits"),
        "SSDEEP" => {
            let fine = value.len() <= 160 && value.bytes().filter(|byte| *byte == b':').count() == 2;
            return if fine { HashForm::Right } else { HashForm::Wrong("of the form size:hash:hash") };
        }
        "TLSH" => {
            let body = value.strip_prefix("T1").unwrap_or(value);
            let fine = body.len() == 70 && body.bytes().all(|byte| byte.is_ascii_hexdigit());
            return if fine {
                HashForm::Right
            } else {
                HashForm::Wrong("70 hexadecimal digits, with or without T1")
            };
        }
        _ => return HashForm::Unknown,
    };
    let fine = value.len() == digits && value.bytes().all(|byte| byte.is_ascii_hexdigit());
    if fine { HashForm::Right } else { HashForm::Wrong(wanted) }
}

fn is_base64(text: &str) -> bool {
    let body = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    !text.is_empty()
        && text.len().is_multiple_of(4)
        && body.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/')
}

fn is_hex(text: &str) -> bool {
    !text.is_empty() && text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_address<A: std::str::FromStr>(text: &str, longest: u8) -> bool {
    let (address, prefix) =
        text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
    let prefix_fits = |prefix: &str| {
        prefix.len() <= 3
            && prefix.bytes().all(|byte| byte.is_ascii_digit())
            && prefix.parse::<u8>().is_ok_and(|bits| bits <= longest)
    };
    address.parse::<A>().is_ok() && prefix.is_none_or(prefix_fits)
}

/// IPv4 address or CIDR block.
fn is_ipv4(text: &str) -> bool {
    is_address::<std::net::Ipv4Addr>(text, 32)
}

/// IPv6 address or CIDR block.
fn is_ipv6(text: &str) -> bool {
    is_address::<std::net::Ipv6Addr>(text, 128)
}

fn is_mac(text: &str) -> bool {
    text.len() == 17
        && text.bytes().enumerate().all(|(at, byte)| match at % 3 {
            2 => byte == b':',
            _ => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
        })
}

fn is_relationship_type(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn is_domain(text: &str) -> bool {
    let name = text.strip_suffix('.').unwrap_or(text);
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.chars().any(|c| c.is_whitespace() || c.is_control() || "/:@[]".contains(c))
    };
    !name.is_empty() && name.len() <= 253 && name.split('.').all(label)
}

fn is_email(text: &str) -> bool {
    text.rsplit_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && !domain.is_empty() && !text.contains(char::is_whitespace)
    })
}

/// Whether the text begins with a scheme and holds no white space.
fn has_scheme(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let mut bytes = scheme.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
        && !rest.is_empty()
        && !rest.bytes().any(|byte| byte <= b' ' || byte == 0x7f)
}

/// Eleven components after `cpe:2.3:`, colons inside them escaped.
fn is_cpe(text: &str) -> bool {
    let Some(body) = text.strip_prefix("cpe:2.3:") else { return false };
    let mut components = 1;
    let mut escaped = false;
    for byte in body.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b':' => components += 1,
            _ => {}
        }
    }
    components == 11 && body.split(':').all(|component| !component.is_empty())
}

/// Well-formed language tag: a primary subtag of letters, then subtags of up to eight.
pub(super) fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let primary = parts.next().unwrap_or_default();
    (matches!(primary.len(), 2..=8) || matches!(primary, "x" | "i"))
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts
            .all(|part| matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

fn is_short_hive(text: &str) -> bool {
    let hive = text.split('\\').next().unwrap_or_default();
    ["HKLM", "HKCC", "HKCR", "HKCU", "HKU"].iter().any(|short| hive.eq_ignore_ascii_case(short))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_tell_right_from_wrong() {
        assert!(
            is_ipv4("198.51.100.3")
                && is_ipv4("198.51.100.0/24")
                && !is_ipv4("198.51.100.0/33")
                && !is_ipv4("1.2.3")
        );
        assert!(is_ipv6("2001:db8::1/64") && !is_ipv6("2001:db8::/129") && !is_ipv6("198.51.100.3"));
        assert!(is_mac("d2:fb:49:24:37:18") && !is_mac("D2:FB:49:24:37:18") && !is_mac("d2-fb-49-24-37-18"));
        assert!(is_base64("VGVzdA==") && !is_base64("VGVzdA=") && !is_base64("VG=zdA=="));
        assert!(is_cpe("cpe:2.3:a:acme:tool:1\\:2:*:*:*:*:*:*:*") && !is_cpe("cpe:/a:acme:tool"));
        assert!(
            is_language("en")
                && is_language("de-CH-1901")
                && !is_language("english text")
                && !is_language("")
        );
        assert!(is_domain("bücher.example.") && !is_domain("a..b") && !is_domain("http://a.example"));
        assert!(
            has_scheme("https://example.com/a?b")
                && has_scheme("urn:x")
                && !has_scheme("example.com/x y")
                && !has_scheme("/a")
        );
        assert!(is_short_hive("hklm\\Software") && !is_short_hive("HKEY_LOCAL_MACHINE\\Software"));
        assert!(matches!(hash_form("MD5", "d41d8cd98f00b204e9800998ecf8427e"), HashForm::Right));
        assert!(matches!(hash_form("MD5", "d41d"), HashForm::Wrong(_)));
        assert!(matches!(hash_form("imphash", "x"), HashForm::Unknown));
    }
}
