//! What a bundle says about itself (§8); its objects are checked one by one.

use super::super::finding::{Finding, Findings, Place, Severity};
use super::super::identifier::Identifier;
use crate::json::{Container, ContainerKind};

/// Findings about the head of a bundle, once it has been read to its end.
pub fn check_bundle_head(container: &Container) -> Vec<Finding> {
    let mut findings = Findings::new(8);
    if container.kind != ContainerKind::Bundle {
        return findings.list;
    }
    let place = Place::Root.key("id");
    match container.id.as_deref().map(Identifier::parse) {
        None => {
            let message = "a bundle has an id";
            findings.add(Severity::Warning, &Place::Root, "§8.1", "required-property-missing", message);
        }
        Some(Ok(id)) if id.object_type == "bundle" => {}
        Some(_) => {
            let message = "the id of a bundle has the form bundle--UUID";
            findings.add(Severity::Warning, &place, "§8.1", "identifier-form", message);
        }
    }
    if let Some(version) = &container.spec_version {
        let place = Place::Root.key("spec_version");
        let message =
            format!("a STIX 2.1 bundle has no spec_version; this one says {version:?}, as STIX 2.0 did");
        findings.add(Severity::Info, &place, "§8.1", "bundle-spec-version", message);
    }
    findings.list
}
