//! Marking definitions (§7.2.1).

use super::super::finding::Place;
use super::super::marking::official;
use super::Check;
use crate::json::{Document, Raw, Value, elements, members};

/// The deprecated `definition`: an object, its content by `definition_type`.
pub(super) fn check_definition(check: &mut Check<'_>, raw: Raw<'_>, place: &Place<'_>) {
    for (key, value) in members(raw) {
        let name = key.decode();
        let is_word = name == "statement" || name == "tlp";
        if is_word && value.text().is_none() {
            let message = format!("a string expected, found {}", value.kind());
            check.error(&place.key(&name), "§7.2.1", "property-type", message);
        }
    }
}

/// Rules that concern the marking definition as a whole.
pub(super) fn check_marking_definition(check: &mut Check<'_>, document: &Document<'_>) {
    let id = document.get("id").and_then(Value::text);
    let kind = document.get("definition_type").and_then(Value::text);
    let definition = document.get("definition");
    if let (Some(kind), Some(Value::Object(definition))) = (kind, definition) {
        for word in ["statement", "tlp"] {
            if kind.is(word) && !members(*definition).any(|(key, _)| key.is(word)) {
                let place = Place::Root.key("definition");
                let message = format!("a marking of type {word} holds the property {word}");
                check.error(&place, "§7.2.1", "required-property-missing", message);
            }
        }
        let is_official = id.is_some_and(|id| official(&id.decode()).is_some());
        if kind.is("tlp") && !is_official {
            let message =
                "TLP markings are fixed objects; refer to the ones of the standard instead of a copy";
            check.warning(&Place::Root.key("id"), "§7.2.1", "tlp-copy", message);
        }
    }
    let Some(id) = id else { return };
    if let Some(Value::Array(refs)) = document.get("object_marking_refs") {
        let circular = elements(*refs).filter_map(|value| value.text()).any(|text| text.is(&id.decode()));
        if circular {
            let place = Place::Root.key("object_marking_refs");
            check.error(&place, "§7.2.1", "circular-marking", "a marking definition must not mark itself");
        }
    }
}
