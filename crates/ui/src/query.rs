//! Links that change one thing about the page at hand and keep the rest: sort order, filters, language.

use std::fmt::Write as _;

/// `path` with parameters set (`Some`) or dropped (`None`); all others stay, in their order.
///
/// `with("/a?q=x&after=9", &[("sort", Some("name")), ("after", None)])` is `/a?q=x&sort=name`.
pub fn with(path: &str, changes: &[(&str, Option<&str>)]) -> String {
    let path = path.split('#').next().unwrap_or("");
    let (base, query) = path.split_once('?').unwrap_or((path, ""));
    let mut out = base.to_owned();
    let mut mark = '?';
    let changed = |pair: &str| {
        let name = pair.split('=').next().unwrap_or("");
        changes.iter().any(|(n, _)| encode(n) == name)
    };
    for pair in query.split('&').filter(|p| !p.is_empty() && !changed(p)) {
        out.push(mark);
        out.push_str(pair);
        mark = '&';
    }
    for (name, value) in changes {
        if let Some(value) = value {
            let _ = write!(out, "{mark}{}={}", encode(name), encode(value));
            mark = '&';
        }
    }
    out
}

/// The raw value of a parameter, still percent-encoded.
pub fn get<'a>(path: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = path.split_once('?')?;
    query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

/// The value of a parameter as it was meant.
pub fn value(path: &str, name: &str) -> Option<String> {
    get(path, name).map(decode)
}

/// Undoes percent-encoding and `+`; what is not valid UTF-8 becomes U+FFFD.
pub fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = bytes.get(at + 1..at + 3).and_then(|two| {
            let two =
                std::str::from_utf8(two).ok().filter(|two| two.bytes().all(|b| b.is_ascii_hexdigit()))?;
            u8::from_str_radix(two, 16).ok()
        });
        match (bytes[at], escaped) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 2;
            }
            (b'+', _) => out.push(b' '),
            (byte, _) => out.push(byte),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Percent-encodes everything but RFC 3986 unreserved characters.
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// What to do with a request that chooses a language or theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Values of `Set-Cookie`.
    pub cookies: Vec<String>,
    /// Where to redirect (303): the same page without the parameters.
    pub location: String,
}

/// `?lang=` and `?theme=` become cookies, so that the choice lasts and the URL stays clean. A year,
/// readable by our script (the theme switch), never sent to other sites.
pub fn choice(path: &str) -> Option<Choice> {
    let lang = get(path, "lang").and_then(crate::Locale::from_code).map(|l| ("lang", l.code()));
    let theme = get(path, "theme").and_then(crate::Theme::from_code).map(|t| ("theme", t.code()));
    let cookie =
        |(name, value): (&str, &str)| format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax");
    let cookies: Vec<String> = lang.into_iter().chain(theme).map(cookie).collect();
    let location = with(path, &[("lang", None), ("theme", None)]);
    (!cookies.is_empty()).then_some(Choice { cookies, location })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_changes_what_it_names_and_keeps_the_rest() {
        assert_eq!(
            with("/a?q=x%20y&after=9#top", &[("sort", Some("-name")), ("after", None)]),
            "/a?q=x%20y&sort=-name"
        );
        assert_eq!(with("/a", &[("q", Some("é&=\"<"))]), "/a?q=%C3%A9%26%3D%22%3C");
        assert_eq!(with("/a?sort=x", &[("sort", None)]), "/a");
        assert_eq!(with("", &[]), "");
    }

    #[test]
    fn a_value_reads_as_it_was_written() {
        assert_eq!(value("/find?q=1+2%2B3&x=%C3%A9%&c", "q").as_deref(), Some("1 2+3"));
        assert_eq!(value("/find?q=1+2%2B3&x=%C3%A9%&c", "x").as_deref(), Some("é%"));
        assert_eq!(value("/find?q=1", "y"), None);
    }

    #[test]
    fn a_choice_becomes_a_cookie_and_leaves_the_page() {
        let choice = choice("/objects?type=malware&lang=fr&theme=dark").expect("two choices");
        assert_eq!(choice.location, "/objects?type=malware");
        assert!(choice.cookies[0].starts_with("lang=fr; Path=/"));
        assert!(choice.cookies[1].starts_with("theme=dark;"));
        assert_eq!(super::choice("/objects?lang=xx"), None);
    }
}
