//! The relationships that the standard names (Appendix B). Others are allowed, and remarked.

use super::super::finding::Place;
use super::super::identifier::Identifier;
use super::super::schema::{Family, family_of};
use super::Check;
use crate::json::{Document, Value};

/// Source, relationship types, targets. `sco` stands for every cyber-observable object.
const TABLE: &[(&str, &[&str], &[&str])] = &[
    ("attack-pattern", &["delivers"], &["malware"]),
    ("attack-pattern", &["targets"], &["identity", "location", "vulnerability"]),
    ("attack-pattern", &["uses"], &["malware", "tool"]),
    ("campaign", &["attributed-to"], &["intrusion-set", "threat-actor"]),
    ("campaign", &["compromises"], &["infrastructure"]),
    ("campaign", &["originates-from"], &["location"]),
    ("campaign", &["targets"], &["identity", "location", "vulnerability"]),
    ("campaign", &["uses"], &["attack-pattern", "infrastructure", "malware", "tool"]),
    ("course-of-action", &["investigates"], &["indicator"]),
    (
        "course-of-action",
        &["mitigates"],
        &["attack-pattern", "indicator", "malware", "tool", "vulnerability"],
    ),
    ("course-of-action", &["remediates"], &["malware", "vulnerability"]),
    ("domain-name", &["resolves-to"], &["domain-name", "ipv4-addr", "ipv6-addr"]),
    ("identity", &["located-at"], &["location"]),
    ("indicator", &["based-on"], &["observed-data"]),
    (
        "indicator",
        &["indicates"],
        &["attack-pattern", "campaign", "infrastructure", "intrusion-set", "malware", "threat-actor", "tool"],
    ),
    (
        "infrastructure",
        &["communicates-with"],
        &["infrastructure", "ipv4-addr", "ipv6-addr", "domain-name", "url"],
    ),
    ("infrastructure", &["consists-of"], &["infrastructure", "observed-data", "sco"]),
    ("infrastructure", &["controls"], &["infrastructure", "malware"]),
    ("infrastructure", &["delivers"], &["malware"]),
    ("infrastructure", &["has"], &["vulnerability"]),
    ("infrastructure", &["hosts"], &["tool", "malware"]),
    ("infrastructure", &["located-at"], &["location"]),
    ("infrastructure", &["uses"], &["infrastructure"]),
    ("intrusion-set", &["attributed-to"], &["threat-actor"]),
    ("intrusion-set", &["compromises", "hosts", "owns"], &["infrastructure"]),
    ("intrusion-set", &["originates-from"], &["location"]),
    ("intrusion-set", &["targets"], &["identity", "location", "vulnerability"]),
    ("intrusion-set", &["uses"], &["attack-pattern", "infrastructure", "malware", "tool"]),
    ("ipv4-addr", &["belongs-to"], &["autonomous-system"]),
    ("ipv4-addr", &["resolves-to"], &["mac-addr"]),
    ("ipv6-addr", &["belongs-to"], &["autonomous-system"]),
    ("ipv6-addr", &["resolves-to"], &["mac-addr"]),
    ("malware", &["authored-by"], &["threat-actor", "intrusion-set"]),
    ("malware", &["beacons-to", "exfiltrates-to"], &["infrastructure"]),
    ("malware", &["communicates-with"], &["ipv4-addr", "ipv6-addr", "domain-name", "url"]),
    ("malware", &["controls", "variant-of"], &["malware"]),
    ("malware", &["downloads", "drops"], &["malware", "tool", "file"]),
    ("malware", &["exploits"], &["vulnerability"]),
    ("malware", &["originates-from"], &["location"]),
    ("malware", &["targets"], &["identity", "infrastructure", "location", "vulnerability"]),
    ("malware", &["uses"], &["attack-pattern", "infrastructure", "malware", "tool"]),
    (
        "malware-analysis",
        &["characterizes", "av-analysis-of", "static-analysis-of", "dynamic-analysis-of"],
        &["malware"],
    ),
    ("threat-actor", &["attributed-to", "impersonates"], &["identity"]),
    ("threat-actor", &["compromises", "hosts", "owns"], &["infrastructure"]),
    ("threat-actor", &["located-at"], &["location"]),
    ("threat-actor", &["targets"], &["identity", "location", "vulnerability"]),
    ("threat-actor", &["uses"], &["attack-pattern", "infrastructure", "malware", "tool"]),
    ("tool", &["delivers", "drops"], &["malware"]),
    ("tool", &["has"], &["vulnerability"]),
    ("tool", &["targets"], &["identity", "infrastructure", "location", "vulnerability"]),
    ("tool", &["uses"], &["infrastructure"]),
];

/// Relationships that any two objects may have (§3.7).
const COMMON: [&str; 3] = ["derived-from", "duplicate-of", "related-to"];

/// Remarks a relationship between standard types that the standard does not name.
pub(super) fn check_table(check: &mut Check<'_>, document: &Document<'_>) {
    let text = |key: &str| document.get(key).and_then(Value::text).and_then(|text| text.plain());
    let (Some(source), Some(name), Some(target)) =
        (text("source_ref"), text("relationship_type"), text("target_ref"))
    else {
        return;
    };
    let (Ok(source), Ok(target)) = (Identifier::parse(source), Identifier::parse(target)) else { return };
    let (from, to) = (source.object_type, target.object_type);
    if COMMON.contains(&name) || family_of(from) == Family::Custom || family_of(to) == Family::Custom {
        return;
    }
    let named = TABLE.iter().any(|(source, names, targets)| {
        *source == from
            && names.contains(&name)
            && targets
                .iter()
                .any(|target| *target == to || (*target == "sco" && family_of(to) == Family::Sco))
    });
    if !named {
        let message = format!("the standard names no relationship {name} from {from} to {to}");
        check.info(&Place::Root.key("relationship_type"), "Appendix B", "relationship-not-named", message);
    }
}
