//! What a page shows of an object: a title, labels, a description.

use std::borrow::Cow;

use crate::json::{Document, JsonError, Limits, Value, elements, members};

/// What a page shows of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary<'a> {
    /// Name, else value, else pattern, else whatever tells the object from its neighbours.
    pub title: Cow<'a, str>,
    /// `labels`.
    pub labels: Vec<Cow<'a, str>>,
    /// `description`, `content`, `explanation` or `abstract`.
    pub description: Option<Cow<'a, str>>,
}

/// Members that can serve as a title, best first.
const TITLES: [&str; 16] = [
    "name",
    "value",
    "pattern",
    "path",
    "key",
    "subject",
    "abstract",
    "relationship_type",
    "product",
    "command_line",
    "account_login",
    "display_name",
    "user_id",
    "opinion",
    "serial_number",
    "number",
];

/// Summarises an object.
pub fn summary<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Summary<'a>, JsonError> {
    Ok(summary_of(&Document::parse(bytes, limits)?))
}

/// The same for a document that has been parsed.
pub fn summary_of<'a>(document: &Document<'a>) -> Summary<'a> {
    let text = |key: &str| document.get(key).and_then(Value::text).map(|text| text.decode());
    let titled = |key: &&str| match document.get(key)? {
        Value::Text(text) => Some(text.decode()),
        Value::Number(number) if *key == "number" => Some(Cow::Owned(format!("AS{number}"))),
        _ => None,
    };
    let title = TITLES.iter().find_map(titled).filter(|title| !title.trim().is_empty());
    let title = title.or_else(|| first_hash(document)).or_else(|| text("id")).unwrap_or_default();
    let labels = match document.get("labels") {
        Some(Value::Array(raw)) => {
            elements(*raw).filter_map(|value| value.text()).map(|text| text.decode()).collect()
        }
        _ => Vec::new(),
    };
    let description = ["description", "content", "explanation", "abstract"].into_iter().find_map(text);
    Summary { title, labels, description }
}

fn first_hash<'a>(document: &Document<'a>) -> Option<Cow<'a, str>> {
    let Value::Object(hashes) = document.get("hashes")? else { return None };
    members(*hashes).next().and_then(|(_, value)| value.text()).map(|text| text.decode())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(text: &str) -> String {
        summary(text.as_bytes(), &Limits::default()).expect("valid").title.into_owned()
    }

    #[test]
    fn the_best_title_is_taken() {
        assert_eq!(title(r#"{"id":"indicator--1","pattern":"[a:b = 1]","name":"Beacon"}"#), "Beacon");
        assert_eq!(title(r#"{"id":"indicator--1","pattern":"[a:b = 1]"}"#), "[a:b = 1]");
        assert_eq!(title(r#"{"id":"autonomous-system--1","number":64500}"#), "AS64500");
        assert_eq!(title(r#"{"id":"file--1","hashes":{"MD5":"ab"}}"#), "ab");
        assert_eq!(title(r#"{"id":"grouping--1"}"#), "grouping--1");
    }

    #[test]
    fn labels_and_description_come_along() {
        let text = br#"{"id":"note--1","content":"caf\u00e9","labels":["a","b"]}"#;
        let summary = summary(text, &Limits::default()).expect("valid");
        assert_eq!(summary.description.as_deref(), Some("café"));
        assert_eq!(summary.labels, ["a", "b"]);
    }
}
