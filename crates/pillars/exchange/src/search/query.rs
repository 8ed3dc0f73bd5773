//! From what somebody types to a safe question: words that must all occur, each at least as a beginning.

use std::borrow::Cow;

/// Characters of a question that are read.
const MOST_CHARS: usize = 200;
/// Words of a question that count.
const MOST_WORDS: usize = 12;

/// Ways in which analysts make addresses harmless, and what they stand for.
const DEFANGED: [(&str, &str); 12] = [
    ("[.]", "."),
    ("(.)", "."),
    ("{.}", "."),
    ("[dot]", "."),
    ("(dot)", "."),
    ("\\.", "."),
    ("[:]", ":"),
    ("[://]", "://"),
    ("[@]", "@"),
    ("(@)", "@"),
    ("[at]", "@"),
    ("(at)", "@"),
];

/// The question in FTS5's language; `None` when it holds no word. Whatever was typed stays inside quotes, so
/// operators of that language are ordinary text.
pub fn fts(text: &str) -> Option<String> {
    let text: String = text.chars().take(MOST_CHARS).collect();
    let text = refang(&text);
    let words: Vec<String> = text
        .split_whitespace()
        .map(without_scheme)
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .take(MOST_WORDS)
        .map(|word| format!("\"{}\"*", word.replace('"', "\"\"").replace('\0', "")))
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn refang(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for (harmless, meant) in DEFANGED {
        if text.contains(harmless) {
            text = Cow::Owned(text.replace(harmless, meant));
        }
    }
    text
}

/// `hxxps://evil.example/a` is looked for as `evil.example/a`: the domain by itself is then found too.
fn without_scheme(word: &str) -> &str {
    match word.split_once("://") {
        Some((_, rest)) if rest.chars().any(char::is_alphanumeric) => rest.trim_end_matches('/'),
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defanged_addresses_are_meant_as_they_were() {
        assert_eq!(fts("hxxp://evil[.]example/").as_deref(), Some("\"evil.example\"*"));
        assert_eq!(fts("192[.]0[.]2[.]7").as_deref(), Some("\"192.0.2.7\"*"));
        assert_eq!(fts("someone[at]evil(dot)example").as_deref(), Some("\"someone@evil.example\"*"));
    }

    #[test]
    fn nothing_typed_is_an_operator() {
        assert_eq!(fts("a\" OR title:b*").as_deref(), Some("\"a\"\"\"* \"OR\"* \"title:b*\"*"));
        assert_eq!(fts("  \"\" * ( - "), None);
        assert_eq!(fts(&"a ".repeat(1000)).map(|query| query.matches('*').count()), Some(MOST_WORDS));
    }
}
