//! Undoing what people do to addresses so that nobody clicks on them: `hxxp://evil[.]example`.

use std::borrow::Cow;

/// Ways in which analysts make addresses harmless, and what they stand for. Lower case; longer ones first.
const DEFANGED: [(&str, &str); 28] = [
    ("[://]", "://"),
    ("(://)", "://"),
    ("[:]//", "://"),
    ("[dot]", "."),
    ("(dot)", "."),
    ("{dot}", "."),
    ("[at]", "@"),
    ("(at)", "@"),
    ("{at}", "@"),
    ("[.]", "."),
    ("(.)", "."),
    ("{.}", "."),
    ("[,]", "."),
    ("[:]", ":"),
    ("(:)", ":"),
    ("[/]", "/"),
    ("[@]", "@"),
    ("(@)", "@"),
    ("{@}", "@"),
    ("\\.", "."),
    ("[.", "."),
    (".]", "."),
    ("(.", "."),
    (".)", "."),
    ("hxxps://", "https://"),
    ("hxxp://", "http://"),
    ("h**p", "http"),
    ("fxp://", "ftp://"),
];

/// The text as it was meant. What holds none of these is returned as it is.
pub fn refang(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    if text.contains(is_invisible) {
        text = Cow::Owned(text.replace(is_invisible, ""));
    }
    if !text.contains(['[', '(', '{', '\\', ']', ')', '*', 'x', 'X']) {
        return text;
    }
    for (harmless, meant) in DEFANGED {
        if let Some(changed) = replaced(&text, harmless, meant) {
            text = Cow::Owned(changed);
        }
    }
    text
}

/// Characters that nobody sees and that come along when one copies from a page.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// Every occurrence replaced, whatever its case; `None` when there is none.
fn replaced(text: &str, harmless: &str, meant: &str) -> Option<String> {
    let low = text.to_ascii_lowercase();
    if !low.contains(harmless) {
        return None;
    }
    let (mut out, mut at) = (String::with_capacity(text.len()), 0);
    for (found, _) in low.match_indices(harmless) {
        out.push_str(&text[at..found]);
        out.push_str(meant);
        at = found + harmless.len();
    }
    out.push_str(&text[at..]);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::refang;

    #[test]
    fn what_was_made_harmless_is_meant_as_it_was() {
        let meant = [
            ("hxxp://evil[.]example/a", "http://evil.example/a"),
            ("HXXPS[://]evil(dot)example", "https://evil.example"),
            ("hxxps[:]//evil[.example", "https://evil.example"),
            ("192[.]0[.]2[.]7", "192.0.2.7"),
            ("192.0.2[.]0/24", "192.0.2.0/24"),
            ("someone[AT]evil{.}example", "someone@evil.example"),
            ("2001:db8[:]:1", "2001:db8::1"),
            ("evil\\.example", "evil.example"),
            ("evil\u{200b}.example", "evil.example"),
            ("CVE-2026-31337", "CVE-2026-31337"),
        ];
        for (harmless, dangerous) in meant {
            assert_eq!(refang(harmless), dangerous, "{harmless}");
        }
    }

    #[test]
    fn words_in_brackets_stay_words() {
        assert_eq!(refang("[update] Grey Heron (2026)"), "[update] Grey Heron (2026)");
    }
}
