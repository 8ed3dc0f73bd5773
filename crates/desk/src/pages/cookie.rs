//! The session's cookie (RFC 6265): read from requests, set, and cleared.

use http::HeaderMap;
use http::header::COOKIE;

/// Over TLS the browser itself enforces `Secure`, `Path=/` and no `Domain` by the prefix.
pub(super) const fn session_name(secure: bool) -> &'static str {
    if secure { "__Host-entente" } else { "entente" }
}

/// The value of one cookie.
pub(super) fn get<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// `Set-Cookie` for a session that ends with the browser.
pub(super) fn set(secure: bool, token: &str) -> String {
    let tail = if secure { "; Secure" } else { "" };
    format!("{}={token}; Path=/; HttpOnly; SameSite=Strict{tail}", session_name(secure))
}

/// `Set-Cookie` that removes it.
pub(super) fn clear(secure: bool) -> String {
    format!("{}; Max-Age=0", set(secure, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.insert(COOKIE, "xentente=no; lang=fr;entente=yes".parse().expect("a header"));
        assert_eq!(get(&headers, "entente"), Some("yes"));
        assert_eq!(get(&headers, "ent"), None);
        assert!(set(true, "t").starts_with("__Host-entente=t; Path=/; HttpOnly; SameSite=Strict; Secure"));
    }
}
