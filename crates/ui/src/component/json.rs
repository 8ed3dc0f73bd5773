//! A JSON document as text: indented, keys highlighted, everything escaped. Reads tokens, not values, so a
//! broken document is shown as far as it makes sense and a huge one costs no more than the limit.

use maud::{Markup, PreEscaped, html};

use crate::{Locale, t};

/// No more of a document than this is shown; the rest is behind the link.
pub const JSON_LIMIT_BYTES: usize = 64 * 1024;

/// Deeper levels are not indented further.
const INDENT_LEVELS: usize = 24;

/// The viewer; `whole` is where the complete document is served.
pub fn json(locale: Locale, bytes: &[u8], whole: Option<&str>) -> Markup {
    let (shown, cut) = head(bytes);
    html! {
        div.code-frame tabindex="0" {
            pre.json translate="no" { code { (PreEscaped(Writer::new(&shown).write())) @if cut { "…" } } }
        }
        @if cut {
            p.muted {
                (t!(locale, "component-json-truncated", size = locale.bytes(JSON_LIMIT_BYTES as u64))) " "
                @if let Some(href) = whole { a href=(href) { (t!(locale, "component-json-whole")) } }
            }
        }
    }
}

/// The part that is shown, cut between characters.
fn head(bytes: &[u8]) -> (std::borrow::Cow<'_, str>, bool) {
    if bytes.len() <= JSON_LIMIT_BYTES {
        return (String::from_utf8_lossy(bytes), false);
    }
    let mut end = JSON_LIMIT_BYTES;
    while end > 0 && bytes[end] & 0b1100_0000 == 0b1000_0000 {
        end -= 1;
    }
    (String::from_utf8_lossy(&bytes[..end]), true)
}

struct Writer<'a> {
    rest: &'a str,
    out: String,
    depth: usize,
}

impl<'a> Writer<'a> {
    fn new(text: &'a str) -> Self {
        Self { rest: text, out: String::with_capacity(text.len() * 2), depth: 0 }
    }

    fn write(mut self) -> String {
        loop {
            self.rest = self.rest.trim_start();
            let Some(first) = self.rest.chars().next() else { return self.out };
            match first {
                '{' | '[' => self.open(first),
                '}' | ']' => self.close(first),
                ',' => {
                    self.take(1);
                    self.line();
                }
                ':' => {
                    self.take(1);
                    self.out.push(' ');
                }
                '"' => self.string(),
                _ => self.literal(),
            }
        }
    }

    fn open(&mut self, bracket: char) {
        self.take(1);
        let end = if bracket == '{' { '}' } else { ']' };
        let inside = self.rest.trim_start();
        if inside.starts_with(end) {
            self.rest = &inside[1..];
            self.out.push(end);
            return;
        }
        self.depth += 1;
        self.line();
    }

    fn close(&mut self, bracket: char) {
        self.depth = self.depth.saturating_sub(1);
        self.line();
        self.rest = &self.rest[1..];
        self.out.push(bracket);
    }

    fn string(&mut self) {
        let end = string_end(self.rest);
        let (string, rest) = self.rest.split_at(end);
        let class = if rest.trim_start().starts_with(':') { "k" } else { "s" };
        self.span(class, string);
        self.rest = rest;
    }

    /// A number, `true`, `null`, or whatever stands where a value should.
    fn literal(&mut self) {
        let end =
            self.rest.find(|c: char| c.is_whitespace() || "{}[],:\"".contains(c)).unwrap_or(self.rest.len());
        let (literal, rest) = self.rest.split_at(end);
        self.span("n", literal);
        self.rest = rest;
    }

    fn span(&mut self, class: &str, text: &str) {
        self.out.push_str("<span class=\"");
        self.out.push_str(class);
        self.out.push_str("\">");
        escape(&mut self.out, text);
        self.out.push_str("</span>");
    }

    /// Copies punctuation, which needs no escaping.
    fn take(&mut self, count: usize) {
        self.out.push_str(&self.rest[..count]);
        self.rest = &self.rest[count..];
    }

    fn line(&mut self) {
        self.out.push('\n');
        for _ in 0..self.depth.min(INDENT_LEVELS) {
            self.out.push_str("  ");
        }
    }
}

/// The byte after the closing quote, or the end of the text when there is none.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (i, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return i + 1,
            _ => {}
        }
    }
    text.len()
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            // Characters that reorder or hide text would let a document lie about itself (CVE-2021-42574).
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => {
                out.push_str(&format!("<span class=\"odd\">\\u{:04x}</span>", u32::from(c)));
            }
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        let out = Writer::new(text).write();
        out.replace("<span class=\"k\">", "")
            .replace("<span class=\"s\">", "")
            .replace("<span class=\"n\">", "")
            .replace("</span>", "")
    }

    #[test]
    fn documents_are_indented_without_being_understood() {
        assert_eq!(
            plain(r#"{"a":[1,{}],"b":"x"}"#),
            "{\n  &quot;a&quot;: [\n    1,\n    {}\n  ],\n  &quot;b&quot;: &quot;x&quot;\n}"
        );
    }

    #[test]
    fn nothing_in_a_document_becomes_markup() {
        let out = Writer::new("{\"<script>\":\"</pre>&\u{202e}\", <b>:").write();
        assert!(!out.contains("<script>") && !out.contains("</pre>") && !out.contains("<b>"));
        assert!(out.contains("\\u202e"));
    }

    #[test]
    fn broken_and_huge_documents_are_shown_as_far_as_they_go() {
        for text in ["", "}", "]]]", "\"never closed \\", "{\"a\"", "\\", "é", ",,,:"] {
            Writer::new(text).write();
        }
        let deep = "[".repeat(200_000);
        let page = json(Locale::Fr, deep.as_bytes(), Some("/whole")).0;
        assert!(page.contains("/whole") && page.len() < 64 * JSON_LIMIT_BYTES);
        let wide = "é".repeat(JSON_LIMIT_BYTES);
        assert!(!json(Locale::En, wide.as_bytes(), None).0.contains('\u{fffd}'));
    }
}
