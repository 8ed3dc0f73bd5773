//! Our own form: the object that `entente notify plan` reads, or a list `facts` with source and confidence of each.

use serde_json::{Map, Value};
use ui::sentence;

use super::{Contents, Item};

/// Reads it.
pub(super) fn read(value: &Value, contents: &mut Contents) {
    let Value::Object(object) = value else {
        return contents.miss("/", sentence!("refused-import-object"));
    };
    for (key, value) in object {
        let place = format!("/{key}");
        match (key.as_str(), value) {
            ("title", Value::String(title)) => contents.title = Some(title.clone()),
            ("exercise", Value::Bool(exercise)) => contents.exercise = *exercise,
            ("title" | "exercise", _) => contents.miss(place, sentence!("refused-import-title")),
            ("regimes", Value::Object(each)) => {
                for (regime, applies) in each {
                    contents.say(format!("{place}/{regime}"), format!("applies {regime}"), applies.clone());
                }
            }
            ("regime", named) => {
                let one = std::slice::from_ref(named);
                for regime in named.as_array().map_or(one, Vec::as_slice).iter().filter_map(Value::as_str) {
                    contents.say(place.clone(), format!("applies {regime}"), Value::Bool(true));
                }
            }
            ("fields", Value::Object(each)) => {
                for (field, value) in each {
                    contents.say(format!("{place}/{field}"), field.clone(), value.clone());
                }
            }
            ("facts", Value::Array(list)) => {
                for (index, fact) in list.iter().enumerate() {
                    listed(&format!("{place}/{index}"), fact, contents);
                }
            }
            (key, _) if key.starts_with("submitted(") => {
                contents.miss(place, sentence!("refused-import-submission"));
            }
            (key, value) => contents.say(place, key, value.clone()),
        }
    }
}

fn listed(place: &str, fact: &Value, contents: &mut Contents) {
    let Value::Object(fact) = fact else {
        return contents.miss(place, sentence!("refused-import-listed"));
    };
    let Some(field) = fact.get("field").and_then(Value::as_str) else {
        return contents.miss(place, sentence!("refused-import-fact"));
    };
    let text = |fact: &Map<String, Value>, key: &str| {
        fact.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    contents.items.push(Item {
        place: place.to_owned(),
        field: field.to_owned(),
        value: fact.get("value").cloned().unwrap_or_default(),
        estimate: fact.get("estimate").and_then(Value::as_bool).unwrap_or(false),
        source: text(fact, "source"),
        confidence: text(fact, "confidence"),
    });
}
