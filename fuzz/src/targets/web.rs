//! What a browser sends before anybody has signed in: the address, and the language it asks for.

use ui::{Locale, query};

/// A choice of language or theme leaves the address, and nothing in it reaches a header unescaped.
pub fn address(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = Locale::negotiate(Some(text), Some(text), Some(text));
    if let Some(choice) = query::choice(text) {
        assert!(choice.cookies.iter().all(|cookie| cookie.bytes().all(|byte| (0x20..0x7f).contains(&byte))));
        assert!(
            query::get(&choice.location, "lang").is_none() && query::get(&choice.location, "theme").is_none()
        );
        assert_eq!(query::choice(&choice.location), None, "it would be redirected for ever");
    }
    let sorted = query::with(text, &[("sort", Some(text)), ("after", None)]);
    let value = query::get(&sorted, "sort").expect("what was set is there");
    assert_eq!(value, query::encode(text));
    assert!(value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)));
    assert!(query::get(&sorted, "after").is_none());
}
