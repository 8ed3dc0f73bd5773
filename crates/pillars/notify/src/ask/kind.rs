//! What kind of answer a question wants, and what people call it.

use model::Bilingual;
use packs::Library;
use packs::words::FactKind;
use serde::Serialize;

use crate::wording::same;

/// The kind of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AskKind {
    /// When it was.
    Moment,
    /// Yes, no, or not known.
    Truth,
    /// How many.
    Number,
    /// Words.
    Text,
    /// A time zone.
    Zone,
    /// A country.
    Country,
    /// Classes of entity.
    Class,
    /// A decision that a person makes with reasons: the question.
    Decision(String),
}

/// The kind of answer that `key` wants.
pub fn kind_of(library: &Library, key: &str) -> AskKind {
    let words = &library.words;
    match key {
        "tz" => return AskKind::Zone,
        "country" | "holidays" => return AskKind::Country,
        "entity_class" => return AskKind::Class,
        _ => {}
    }
    if key.starts_with("applies ") {
        return AskKind::Decision(key.to_owned());
    }
    let decided = words.determinations.iter().find(|(_, question)| question.fact.as_deref() == Some(key));
    if let Some((question, _)) = decided {
        return AskKind::Decision(question.clone());
    }
    let of_field = || words.fields.get(key).and_then(|field| field.kind);
    match words.facts.get(key).map(|fact| fact.kind).or_else(of_field) {
        Some(FactKind::Instant) => AskKind::Moment,
        Some(FactKind::Truth) => AskKind::Truth,
        Some(FactKind::Number) => AskKind::Number,
        None if key.starts_with("received(") || key.starts_with("submitted(") => AskKind::Moment,
        None => AskKind::Text,
    }
}

/// What people call `key`.
pub fn name_of(library: &Library, key: &str) -> Bilingual {
    let words = &library.words;
    if let Some(fact) = words.facts.get(key) {
        return fact.name();
    }
    if let Some(field) = words.fields.get(key) {
        return field.name();
    }
    match key {
        "tz" => words.term("ask-tz"),
        "country" | "holidays" => words.term("ask-country"),
        "entity_class" => words.term("ask-class"),
        _ => same(key),
    }
}
