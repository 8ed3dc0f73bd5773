//! Granular markings (§7.2.3): their shape, and that every selector finds something.

use super::super::finding::Place;
use super::super::schema::granular_marking;
use super::{Check, excerpt};
use crate::json::{Document, Raw, Value, elements, members};

/// Checks the list; the selectors are looked up later, when the whole object is known.
pub(super) fn check_shape(check: &mut Check<'_>, raw: Raw<'_>, place: &Place<'_>) {
    for (index, item) in elements(raw).enumerate() {
        let here = place.item(index);
        match item {
            Value::Object(marking) => check.embedded(granular_marking(), marking, &here),
            other => {
                let message = format!("an object expected, found {}", other.kind());
                check.error(&here, "§7.2.3", "property-type", message);
            }
        }
    }
}

/// Looking up is bounded by the bytes walked, so that many selectors into a large object do not
/// cost more than reading it some dozens of times.
pub(super) fn check_selectors(check: &mut Check<'_>, document: &Document<'_>, markings: Raw<'_>) {
    let mut budget = document.as_str().len().saturating_mul(64).max(1 << 20);
    let list = Place::Root.key("granular_markings");
    for (index, marking) in elements(markings).enumerate() {
        let Value::Object(marking) = marking else { continue };
        let here = list.item(index);
        let selectors = members(marking).find(|(key, _)| key.is("selectors"));
        let Some((_, Value::Array(selectors))) = selectors else { continue };
        let place = here.key("selectors");
        for (number, selector) in elements(selectors).enumerate() {
            let Some(text) = selector.text() else { continue };
            let text = text.decode();
            match find(document, &text, &mut budget) {
                Found::Yes => {}
                Found::No => {
                    let message = format!("selector {:?} finds nothing in this object", excerpt(&text));
                    check.error(&place.item(number), "§7.2.3", "selector-missing", message);
                }
                Found::Exhausted => {
                    let message = "too many selectors to look up; the rest was not checked";
                    check.warning(&place.item(number), "§7.2.3", "selector-budget", message);
                    return;
                }
            }
        }
    }
}

enum Found {
    Yes,
    No,
    Exhausted,
}

fn find(document: &Document<'_>, selector: &str, budget: &mut usize) -> Found {
    let mut steps = selector.split('.');
    // The index of the document is searched too, and costs.
    match budget.checked_sub(document.members().len() * 8) {
        Some(left) => *budget = left,
        None => return Found::Exhausted,
    }
    let Some(mut value) = steps.next().and_then(|first| document.get(first)).copied() else {
        return Found::No;
    };
    for step in steps {
        let (Value::Array(raw) | Value::Object(raw)) = value else { return Found::No };
        match budget.checked_sub(raw.as_str().len()) {
            Some(left) => *budget = left,
            None => return Found::Exhausted,
        }
        let next = match value {
            Value::Array(list) => index(step).and_then(|index| elements(list).nth(index)),
            Value::Object(object) => members(object).find(|(key, _)| key.is(step)).map(|(_, value)| value),
            _ => None,
        };
        match next {
            Some(next) => value = next,
            None => return Found::No,
        }
    }
    Found::Yes
}

fn index(step: &str) -> Option<usize> {
    step.strip_prefix('[')?.strip_suffix(']')?.parse().ok()
}
