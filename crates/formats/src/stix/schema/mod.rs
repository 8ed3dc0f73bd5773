//! STIX 2.1 as tables: one compact shape per object type, one file per family.
//!
//! A new property is one line here; the rules that read the tables are in `check`.

mod kind;
mod meta;
mod part;
mod predefined;
mod sco;
mod sdo;
mod sro;
mod vocab;

pub(crate) use kind::{Kind, Property, Rule, Shape, Targets, Vocab};
pub(crate) use predefined::predefined_extension;
pub(crate) use vocab::EXTENSION_TYPE;

/// Which part of STIX a type belongs to; it decides which common properties apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// STIX Domain Object (§4).
    Sdo,
    /// STIX Relationship Object (§5).
    Sro,
    /// STIX Cyber-observable Object (§6).
    Sco,
    /// Marking definition, extension definition, language content (§7).
    Meta,
    /// Bundle (§8): a means of transport, never an object of its own.
    Bundle,
    /// A type that the standard does not define.
    Custom,
}

/// The shape of a type defined by the standard.
pub(crate) fn shape_of(object_type: &str) -> Option<(Family, &'static Shape)> {
    let found = match object_type {
        "relationship" => (Family::Sro, &sro::RELATIONSHIP),
        "sighting" => (Family::Sro, &sro::SIGHTING),
        "marking-definition" => (Family::Meta, &meta::MARKING_DEFINITION),
        "extension-definition" => (Family::Meta, &meta::EXTENSION_DEFINITION),
        "language-content" => (Family::Meta, &meta::LANGUAGE_CONTENT),
        "bundle" => (Family::Bundle, &meta::BUNDLE),
        other => {
            return match sdo::shape(other) {
                Some(shape) => Some((Family::Sdo, shape)),
                None => sco::shape(other).map(|shape| (Family::Sco, shape)),
            };
        }
    };
    Some(found)
}

/// The family of a type; [`Family::Custom`] when the standard does not define it.
pub fn family_of(object_type: &str) -> Family {
    shape_of(object_type).map_or(Family::Custom, |(family, _)| family)
}

/// The shape of one granular marking.
pub(crate) fn granular_marking() -> &'static Shape {
    &part::GRANULAR_MARKING
}

/// Shape of a custom object: the common properties of an SDO, or of an SCO when it has no
/// `created`, and anything else.
pub(crate) fn custom_shape(is_sco: bool) -> &'static Shape {
    if is_sco { &sco::CUSTOM } else { &sdo::CUSTOM }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_shape_has_more_properties_than_the_presence_bits() {
        for name in SDO.iter().chain(&SCO).chain(&META) {
            let (_, shape) = shape_of(name).expect(name);
            assert_eq!(shape.name, *name);
            assert!(shape.common.len() + shape.own.len() <= 64, "{name}");
            for rule in shape.rules {
                for property in rule.properties() {
                    assert!(shape.find(property).is_some(), "{name}: rule names {property}");
                }
            }
        }
        assert_eq!(family_of("x-acme"), Family::Custom);
    }

    const SDO: [&str; 19] = [
        "attack-pattern",
        "campaign",
        "course-of-action",
        "grouping",
        "identity",
        "incident",
        "indicator",
        "infrastructure",
        "intrusion-set",
        "location",
        "malware",
        "malware-analysis",
        "note",
        "observed-data",
        "opinion",
        "report",
        "threat-actor",
        "tool",
        "vulnerability",
    ];
    const SCO: [&str; 18] = [
        "artifact",
        "autonomous-system",
        "directory",
        "domain-name",
        "email-addr",
        "email-message",
        "file",
        "ipv4-addr",
        "ipv6-addr",
        "mac-addr",
        "mutex",
        "network-traffic",
        "process",
        "software",
        "url",
        "user-account",
        "windows-registry-key",
        "x509-certificate",
    ];
    const META: [&str; 6] = [
        "relationship",
        "sighting",
        "marking-definition",
        "extension-definition",
        "language-content",
        "bundle",
    ];
}
