//! The ransom part of an incident in the forms of others: a STIX 2.1 bundle, a MISP event. Names of the victim stay out.

use model::Timestamp;
use packs::Library;
use serde_json::{Value, json};

use crate::case::Case;
use crate::heads::{heads, typed};

/// The lines of a field.
fn lines(case: &Case, library: &Library, code: &str) -> Vec<String> {
    let value = heads(case, library, code).last().map_or(Value::Null, |head| head.fact.value.clone());
    match &value {
        Value::Array(list) => list.iter().map(typed).filter(|line| !line.is_empty()).collect(),
        Value::Null => Vec::new(),
        other => {
            typed(other).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
        }
    }
}

/// An id that is the same whenever it is made from the same incident.
fn id(kind: &str, case: &Case, part: &str) -> String {
    let digest = model::Digest::of(format!("{}\n{kind}\n{part}", case.id).as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.0[..16]);
    // RFC 9562, version 8: made from a digest of our own choice.
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{kind}--{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// The bundle: the incident, the family, each wallet as an indicator, and how they belong together.
pub fn stix(library: &Library, case: &Case, now: Timestamp) -> Value {
    let opened = Timestamp::from_microsecond(case.opened_us).unwrap_or(now);
    let (created, modified) = (model::time::millis(opened), model::time::millis(now));
    let dated = |kind: &str, part: &str, mut object: Value| {
        object["type"] = json!(kind);
        object["spec_version"] = json!("2.1");
        object["id"] = json!(id(kind, case, part));
        object["created"] = json!(created);
        object["modified"] = json!(modified);
        object
    };
    let mut objects = vec![dated("incident", "", json!({ "name": "Ransomware", "labels": ["ransomware"] }))];
    for family in lines(case, library, "R01") {
        let malware = json!({ "name": family, "is_family": true, "malware_types": ["ransomware"] });
        objects.push(dated("malware", &family, malware));
        let uses = json!({ "relationship_type": "related-to", "source_ref": id("malware", case, &family),
            "target_ref": id("incident", case, "") });
        objects.push(dated("relationship", &family, uses));
    }
    for wallet in lines(case, library, "R04") {
        let address = wallet.rsplit([' ', ':']).next().unwrap_or(&wallet).replace(['\'', '\\'], "");
        let indicator = json!({
            "name": "Address for a ransom", "pattern_type": "stix", "valid_from": created,
            "pattern": format!("[cryptocurrency-wallet:address = '{address}']"),
            "indicator_types": ["malicious-activity"],
        });
        objects.push(dated("indicator", &wallet, indicator));
    }
    json!({ "type": "bundle", "id": id("bundle", case, &modified), "objects": objects })
}

/// The event: tags of the taxonomies, wallets and leak sites as attributes.
pub fn misp(library: &Library, case: &Case, now: Timestamp) -> Value {
    let mut attributes = Vec::new();
    for wallet in lines(case, library, "R04") {
        let address = wallet.rsplit([' ', ':']).next().unwrap_or(&wallet).to_owned();
        let kind =
            if address.starts_with("bc1") || address.starts_with(['1', '3']) { "btc" } else { "other" };
        attributes
            .push(json!({ "type": kind, "category": "Financial fraud", "value": address, "to_ids": true }));
    }
    for site in lines(case, library, "R10") {
        attributes
            .push(json!({ "type": "url", "category": "Network activity", "value": site, "to_ids": false }));
    }
    for family in lines(case, library, "R01") {
        attributes
            .push(json!({ "type": "text", "category": "Attribution", "value": family, "comment": "family" }));
    }
    let day = model::time::TimeZone::UTC.to_datetime(now).date().to_string();
    json!({ "Event": {
        "info": "Ransomware", "date": day, "threat_level_id": "1", "analysis": "1", "distribution": "0",
        // RSIT has no type for ransomware; this is the one that its own note names.
        "Tag": [{ "name": "rsit:information-content-security=\"unauthorised-information-modification\"" },
            { "name": "veris:action:malware:variety=\"Ransomware\"" }, { "name": "tlp:amber+strict" }],
        "Attribute": attributes,
    } })
}
