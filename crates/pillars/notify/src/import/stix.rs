//! A STIX 2.1 bundle with an incident: the incident itself, and what the bundle says of actors, techniques,
//! vulnerabilities and indicators.

use serde_json::{Value, json};
use ui::sentence;

use super::Contents;

/// The property extension of the incident core (OASIS incident extension suite).
const INCIDENT_CORE: &str = "extension-definition--ef765651-680c-498d-9894-99799f2fa126";

/// Reads it.
pub(super) fn read(value: &Value, contents: &mut Contents) {
    let Some(objects) = value["objects"].as_array() else {
        return contents.miss("/objects", sentence!("refused-import-bundle"));
    };
    let incidents: Vec<(usize, &Value)> = of_type(objects, "incident").collect();
    let [(index, incident)] = incidents[..] else {
        let count = incidents.len();
        return contents.miss("/objects", sentence!("refused-import-incidents", count = count));
    };
    let place = format!("/objects/{index}");
    if let Some(name) = incident["name"].as_str() {
        contents.title = Some(name.chars().take(200).collect());
    }
    let described = incident["description"].as_str().or(incident["name"].as_str());
    if let Some(text) = described {
        contents.say(format!("{place}/description"), "D01", json!(text));
    }
    core(&format!("{place}/extensions/{INCIDENT_CORE}"), &incident["extensions"][INCIDENT_CORE], contents);
    let listed: [(&str, &[&str], &str); 4] = [
        ("D08", &["attack-pattern"], "name"),
        ("D09", &["vulnerability"], "name"),
        ("D10", &["indicator"], "pattern"),
        ("D12", &["threat-actor", "intrusion-set"], "name"),
    ];
    for (field, types, property) in listed {
        let found = types.iter().flat_map(|kind| of_type(objects, kind));
        let names: Vec<&str> = found.filter_map(|(_, object)| object[property].as_str()).collect();
        if !names.is_empty() {
            contents.say("/objects", field, json!(names));
        }
    }
    let is_ransomware = |object: &Value| {
        object["malware_types"].as_array().into_iter().flatten().any(|kind| kind == "ransomware")
    };
    let families = of_type(objects, "malware").filter(|(_, object)| is_ransomware(object));
    let families: Vec<&str> = families.filter_map(|(_, object)| object["name"].as_str()).collect();
    if !families.is_empty() {
        contents.say("/objects", "R01", json!(families));
    }
}

fn of_type<'a>(objects: &'a [Value], kind: &'a str) -> impl Iterator<Item = (usize, &'a Value)> {
    objects.iter().enumerate().filter(move |(_, object)| object["type"] == kind)
}

/// What the extension knows and a form asks for.
fn core(place: &str, core: &Value, contents: &mut Contents) {
    if let Some(types) = core["incident_types"].as_array().filter(|types| !types.is_empty()) {
        contents.say(format!("{place}/incident_types"), "D02", json!(types));
    }
    if let Some(methods) = core["detection_methods"].as_array().filter(|methods| !methods.is_empty()) {
        contents.say(format!("{place}/detection_methods"), "D13", json!(methods));
    }
    if let Some(scores) = core["scores"].as_array().filter(|scores| !scores.is_empty()) {
        contents.say(format!("{place}/scores"), "E18", json!(scores));
    }
}
