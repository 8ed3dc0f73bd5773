//! Extensions (§3.2, §3.10, §7.3).

use super::super::finding::Place;
use super::super::identifier::Identifier;
use super::super::schema::{EXTENSION_TYPE, predefined_extension};
use super::{Check, excerpt};
use crate::json::{Document, Raw, Value, elements, members};

/// Checks the dictionary of extensions.
pub(super) fn check_extensions(check: &mut Check<'_>, raw: Raw<'_>, place: &Place<'_>) {
    for (key, item) in members(raw) {
        let name = key.decode();
        let here = place.key(&name);
        let Value::Object(extension) = item else {
            let message = format!("an object expected, found {}", item.kind());
            check.error(&here, "§3.2", "property-type", message);
            continue;
        };
        if !check.no_blank(&item, &here, false) {
            continue;
        }
        if name.starts_with("extension-definition--") {
            check_defined(check, &name, extension, &here);
        } else if let Some(shape) = predefined_extension(&name) {
            check.embedded(shape, extension, &here);
        } else {
            let message = format!(
                "extension {:?} is not predefined; name it by its extension-definition",
                excerpt(&name)
            );
            check.info(&here, "§11.3", "custom-extension", message);
            check.no_blanks(&item, &here, true);
        }
    }
}

fn check_defined(check: &mut Check<'_>, name: &str, extension: Raw<'_>, here: &Place<'_>) {
    if let Err(fault) = Identifier::parse(name) {
        check.error(here, "§7.3", "identifier-form", format!("{:?}: {fault}", excerpt(name)));
    }
    match extension_type(extension) {
        None => {
            let message = "extension_type is missing; add one of extension-type-enum";
            check.warning(here, "§3.2", "extension-type-missing", message);
        }
        Some(Value::Text(text)) if EXTENSION_TYPE.words.contains(&&*text.decode()) => {}
        Some(_) => {
            let message = "extension_type is not in extension-type-enum";
            check.error(&here.key("extension_type"), EXTENSION_TYPE.clause, "enumeration", message);
        }
    }
    if let Some(shape) = predefined_extension(name) {
        // The incident extension is a draft: what it asks for is a hint.
        let outer = std::mem::replace(&mut check.lenient, true);
        check.embedded(shape, extension, here);
        check.lenient = outer;
    }
}

fn extension_type(extension: Raw<'_>) -> Option<Value<'_>> {
    members(extension).find(|(key, _)| key.is("extension_type")).map(|(_, value)| value)
}

/// Whether an extension of this object adds properties at its top level (or defines its type).
pub(super) fn adds_properties(document: &Document<'_>) -> bool {
    let Some(Value::Object(extensions)) = document.get("extensions") else { return false };
    members(*extensions).any(|(_, value)| {
        let Value::Object(extension) = value else { return false };
        let word = extension_type(extension).and_then(|value| value.text());
        word.is_some_and(|word| !word.is("property-extension"))
    })
}

/// `extension_properties` belongs to extensions that add properties at the top level (§7.3.1).
pub(super) fn check_definition(check: &mut Check<'_>, document: &Document<'_>) {
    let place = Place::Root.key("extension_properties");
    let Some(Value::Array(types)) = document.get("extension_types") else { return };
    let top_level =
        elements(*types).filter_map(|value| value.text()).any(|text| text.is("toplevel-property-extension"));
    let listed = document.get("extension_properties").is_some();
    if listed && !top_level {
        let message = "extension_properties needs toplevel-property-extension among extension_types";
        check.error(&place, "§7.3.1", "property-dependency", message);
    }
    if !listed && top_level {
        let message = "extension_properties should list the properties that are added";
        check.warning(&Place::Root, "§7.3.1", "property-dependency", message);
    }
    if document.get("created_by_ref").is_none() {
        let message = "an extension definition names its creator (created_by_ref)";
        check.warning(&Place::Root, "§7.3.1", "required-property-missing", message);
    }
}
