//! The observable container of observed-data (§2.13): deprecated, still everywhere.

use super::super::finding::Place;
use super::super::schema::{Family, custom_shape, shape_of};
use super::Check;
use crate::json::{Raw, Value, members};

/// Checks each observable in the container by its own table. Inside, references are keys of the
/// container, and the objects need no id.
pub(super) fn check_container(check: &mut Check<'_>, raw: Raw<'_>, place: &Place<'_>) {
    check.info(place, "§2.13", "deprecated-container", "objects is deprecated; use object_refs");
    let outer = std::mem::replace(&mut check.in_container, true);
    for (key, item) in members(raw) {
        let name = key.decode();
        let here = place.key(&name);
        let Value::Object(object) = item else {
            check.error(
                &here,
                "§2.13",
                "property-type",
                format!("an object expected, found {}", item.kind()),
            );
            continue;
        };
        let object_type = members(object).find(|(key, _)| key.is("type")).and_then(|(_, value)| value.text());
        let Some(object_type) = object_type else {
            check.error(&here, "§2.13", "required-property-missing", "required property type is missing");
            continue;
        };
        let shape = match shape_of(&object_type.decode()) {
            Some((Family::Sco, shape)) => shape,
            _ => custom_shape(true),
        };
        check.embedded(shape, object, &here);
    }
    check.in_container = outer;
}
