//! The words of an object that somebody may look for.

use formats::json::{Document, Value, elements, members};
use formats::stix::summary_of;

/// Longer titles are cut.
const TITLE_CHARS: usize = 200;
/// Bytes of text indexed of one object.
const MOST_BYTES: usize = 16 * 1024;

/// Members whose text is indexed, with everything below them.
const TELLING: [&str; 21] = [
    "name",
    "description",
    "labels",
    "aliases",
    "pattern",
    "value",
    "content",
    "abstract",
    "explanation",
    "relationship_type",
    "hashes",
    "external_references",
    "goals",
    "path",
    "key",
    "subject",
    "command_line",
    "account_login",
    "display_name",
    "user_id",
    "product",
];

/// The text to index: the telling members, separated by line ends.
pub(super) fn of(document: &Document<'_>) -> String {
    let mut out = String::new();
    for name in TELLING {
        if let Some(value) = document.get(name) {
            gather(value, 0, &mut out);
        }
    }
    out
}

/// The title as it is kept.
pub(super) fn title(document: &Document<'_>) -> String {
    summary_of(document).title.chars().take(TITLE_CHARS).collect()
}

fn gather(value: &Value<'_>, depth: u32, out: &mut String) {
    const DEEPEST: u32 = 4;
    if out.len() >= MOST_BYTES || depth > DEEPEST {
        return;
    }
    match value {
        Value::Text(text) => {
            let text = text.decode();
            let room = MOST_BYTES - out.len();
            out.push_str(&text[..text.floor_char_boundary(room.min(text.len()))]);
            out.push('\n');
        }
        Value::Array(raw) => elements(*raw).for_each(|item| gather(&item, depth + 1, out)),
        Value::Object(raw) => members(*raw).for_each(|(_, value)| gather(&value, depth + 1, out)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_patterns_and_references_are_found_and_length_is_bounded() {
        let text = br#"{"id":"malware--1","name":"Caf\u00e9","x_other":"not this",
            "external_references":[{"source_name":"cve","external_id":"CVE-2026-1"}],"hashes":{"MD5":"ab"}}"#;
        let words = of(&Document::parse(text, &formats::json::Limits::default()).expect("valid"));
        assert!(words.contains("Café") && words.contains("CVE-2026-1") && words.contains("ab"));
        assert!(!words.contains("not this"));
        let long = format!("{{\"description\":\"{}\"}}", "é".repeat(MOST_BYTES));
        let words = of(&Document::parse(long.as_bytes(), &formats::json::Limits::default()).expect("valid"));
        assert!(words.len() <= MOST_BYTES + 1);
    }
}
