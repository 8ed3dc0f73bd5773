//! References from one object to others, for drawing relationships and for finding what is missing.

use std::borrow::Cow;

use crate::json::{Document, JsonError, Limits, Raw, Text, Value, elements, members};

/// One reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference<'a> {
    /// The property, such as `source_ref` or `object_refs`.
    pub property: Cow<'a, str>,
    /// The id referred to.
    pub target: Cow<'a, str>,
}

/// All references of an object; markings included, extensions and embedded objects searched.
pub fn references<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Vec<Reference<'a>>, JsonError> {
    Ok(references_of(&Document::parse(bytes, limits)?))
}

/// The same for a document that has been parsed.
pub fn references_of<'a>(document: &Document<'a>) -> Vec<Reference<'a>> {
    let mut found = Vec::new();
    for member in document.members() {
        collect(member.key, &member.value, 0, &mut found);
    }
    found
}

/// Values nest, so text is scanned once per level; references deeper than this are not looked for.
const DEEPEST: u32 = 6;

fn collect<'a>(key: Text<'a>, value: &Value<'a>, depth: u32, found: &mut Vec<Reference<'a>>) {
    let mut add = |target: Cow<'a, str>| {
        if target.contains("--") {
            found.push(Reference { property: key.decode(), target });
        }
    };
    match value {
        Value::Text(text) if key.raw().ends_with("_ref") => add(text.decode()),
        Value::Array(raw) if key.raw().ends_with("_refs") => {
            elements(*raw).filter_map(|item| item.text()).for_each(|text| add(text.decode()));
        }
        Value::Object(raw) if depth < DEEPEST && may_refer(*raw) => {
            for (key, value) in members(*raw) {
                collect(key, &value, depth + 1, found);
            }
        }
        Value::Array(raw) if depth < DEEPEST && may_refer(*raw) => {
            for item in elements(*raw) {
                if let Value::Object(_) = item {
                    collect(key, &item, depth + 1, found);
                }
            }
        }
        _ => {}
    }
}

fn may_refer(raw: Raw<'_>) -> bool {
    memchr::memmem::find(raw.as_str().as_bytes(), b"_ref").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_found_at_the_top_and_inside() {
        let text = br#"{"type":"sighting","sighting_of_ref":"indicator--1","where_sighted_refs":["identity--1","identity--2"],
            "granular_markings":[{"marking_ref":"marking-definition--1","selectors":["a"]}],
            "body_multipart":[{"body_raw_ref":"file--1"}],"x_ref":"not an id","name":"a--b"}"#;
        let found = references(text, &Limits::default()).expect("valid");
        let targets: Vec<&str> = found.iter().map(|reference| &*reference.target).collect();
        assert_eq!(
            targets,
            ["indicator--1", "identity--1", "identity--2", "marking-definition--1", "file--1"]
        );
        assert_eq!(found[3].property, "marking_ref");
    }
}
