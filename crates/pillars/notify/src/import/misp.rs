//! A MISP event: its title, its day, its attributes by what they are, its tags.

use serde_json::{Value, json};
use ui::sentence;

use super::Contents;

/// Reads it.
pub(super) fn read(value: &Value, contents: &mut Contents) {
    let Some(event) = value.get("Event").filter(|event| event.is_object()) else {
        return contents.miss("/", sentence!("refused-import-event"));
    };
    if let Some(info) = event["info"].as_str() {
        contents.title = Some(info.chars().take(200).collect());
        contents.say("/Event/info", "D01", json!(info));
    }
    if let Some(day) = event["date"].as_str() {
        contents.say("/Event/date", "detected", json!(day));
    }
    let tags: Vec<&str> =
        event["Tag"].as_array().into_iter().flatten().filter_map(|tag| tag["name"].as_str()).collect();
    if let Some(class) = tags.iter().find(|tag| tag.starts_with("rsit:")) {
        contents.say("/Event/Tag", "D02", json!(class));
    }
    contents.exercise = tags.iter().any(|tag| tag.starts_with("exercise:"));
    let mut kept = Kept::default();
    let own = event["Attribute"].as_array().into_iter().flatten().enumerate();
    for (index, attribute) in own {
        kept.take(&format!("/Event/Attribute/{index}"), attribute, contents);
    }
    for (index, object) in event["Object"].as_array().into_iter().flatten().enumerate() {
        for (inner, attribute) in object["Attribute"].as_array().into_iter().flatten().enumerate() {
            kept.take(&format!("/Event/Object/{index}/Attribute/{inner}"), attribute, contents);
        }
    }
    kept.say(contents);
}

/// Attributes by the field that they fill.
#[derive(Default)]
struct Kept {
    indicators: Vec<String>,
    samples: Vec<String>,
    vulnerabilities: Vec<String>,
    actors: Vec<String>,
    wallets: Vec<String>,
}

impl Kept {
    fn take(&mut self, place: &str, attribute: &Value, contents: &mut Contents) {
        let (Some(kind), Some(value)) = (attribute["type"].as_str(), attribute["value"].as_str()) else {
            return contents.miss(place, sentence!("refused-import-attribute"));
        };
        let line = format!("{kind}: {value}");
        match kind {
            "vulnerability" => self.vulnerabilities.push(value.to_owned()),
            "threat-actor" => self.actors.push(value.to_owned()),
            "btc" | "xmr" | "dash" => self.wallets.push(line),
            "malware-sample" | "md5" | "sha1" | "sha256" | "sha512" => self.samples.push(line),
            "comment" | "text" | "link" | "other" => {}
            _ => self.indicators.push(line),
        }
    }

    fn say(self, contents: &mut Contents) {
        for (field, list) in [
            ("D09", self.vulnerabilities),
            ("D10", self.indicators),
            ("D11", self.samples),
            ("D12", self.actors),
            ("R04", self.wallets),
        ] {
            if !list.is_empty() {
                contents.say("/Event/Attribute", field, json!(list));
            }
        }
    }
}
