//! One object: each member by its table row, then the required ones, then the rules.

use super::super::finding::Place;
use super::super::identifier::is_property_name;
use super::super::schema::{Family, Kind, Property, Shape};
use super::{Check, excerpt, extensions, granular, marking, relationship, rules};
use crate::json::{Document, Member, Raw, Value, members};

/// Property names that §3.8 reserves for later versions.
const RESERVED: [&str; 4] = ["severity", "action", "username", "phone_numbers"];

/// Checks a whole document against the shape of its type.
pub(crate) fn check_object(
    check: &mut Check<'_>,
    document: &Document<'_>,
    family: Family,
    shape: &'static Shape,
) {
    let root = Place::Root;
    let mut seen = 0u64;
    let mut custom: Vec<&str> = Vec::new();
    for member in document.members() {
        check_member(check, shape, member, &mut seen, &mut custom);
    }
    required(check, shape, seen, &root);
    rules::check_rules(check, shape, &root, |name| document.get(name).copied());
    if let Some(Value::Array(markings)) = document.get("granular_markings") {
        granular::check_selectors(check, document, *markings);
    }
    report_custom(check, document, family, &custom);
    match shape.name {
        "marking-definition" => marking::check_marking_definition(check, document),
        "relationship" => relationship::check_table(check, document),
        "extension-definition" => extensions::check_definition(check, document),
        _ => {}
    }
}

fn check_member<'a>(
    check: &mut Check<'_>,
    shape: &'static Shape,
    member: &Member<'a>,
    seen: &mut u64,
    custom: &mut Vec<&'a str>,
) {
    let name = member.key.decode();
    let place = Place::Root.key(&name);
    match shape.find(&name) {
        Some((number, property)) => {
            *seen |= 1 << number;
            check.property(shape, property, &member.value, &place);
        }
        None => {
            if !is_property_name(&name) {
                let message =
                    format!("property name {:?} is not made of a-z, 0-9 and _ (3 to 250)", excerpt(&name));
                check.error(&place, "§3.1", "property-name", message);
            }
            custom.push(member.key.raw());
            if member.has_null || member.has_empty {
                check.no_blanks(&member.value, &place, true);
            } else {
                check.no_blank(&member.value, &place, true);
            }
        }
    }
}

/// Custom properties are one remark per object, not one each: they are everywhere.
fn report_custom(check: &mut Check<'_>, document: &Document<'_>, family: Family, custom: &[&str]) {
    if custom.is_empty() || family == Family::Custom || extensions::adds_properties(document) {
        return;
    }
    let reserved: Vec<&str> = custom.iter().copied().filter(|name| RESERVED.contains(name)).collect();
    if !reserved.is_empty() {
        let message = format!("reserved property names: {}; rename them", reserved.join(", "));
        check.warning(&Place::Root, "§3.8", "reserved-property", message);
    }
    let list = |names: &[&str]| excerpt_list(names);
    let (marked, plain): (Vec<&str>, Vec<&str>) =
        custom.iter().copied().partition(|name| name.starts_with("x_"));
    if !marked.is_empty() {
        let message = format!("custom properties: {}", list(&marked));
        check.info(&Place::Root, "§11.1", "custom-property", message);
    }
    if !plain.is_empty() {
        let message =
            format!("properties not defined for this type: {}; declare them in an extension", list(&plain));
        check.warning(&Place::Root, "§3.2", "unknown-property", message);
    }
}

fn excerpt_list(names: &[&str]) -> String {
    const MOST: usize = 12;
    let mut out = names.iter().take(MOST).map(|name| excerpt(name)).collect::<Vec<_>>().join(", ");
    if names.len() > MOST {
        out.push_str(&format!(" and {} more", names.len() - MOST));
    }
    out
}

/// Reports the required properties that are missing.
fn required(check: &mut Check<'_>, shape: &'static Shape, seen: u64, place: &Place<'_>) {
    for (number, property) in shape.properties().enumerate() {
        if property.required && seen & (1 << number) == 0 && !(check.in_container && property.name == "id") {
            let message = format!("required property {} is missing", property.name);
            check.error(place, shape.clause, "required-property-missing", message);
        }
    }
}

impl Check<'_> {
    /// Checks an embedded object against its shape.
    pub(super) fn embedded(&mut self, shape: &'static Shape, raw: Raw<'_>, place: &Place<'_>) {
        let mut seen = 0u64;
        for (key, value) in members(raw) {
            let name = key.decode();
            let here = place.key(&name);
            match shape.find(&name) {
                Some((number, property)) => {
                    seen |= 1 << number;
                    self.property(shape, property, &value, &here);
                }
                None => self.no_blanks(&value, &here, true),
            }
        }
        required(self, shape, seen, place);
        rules::check_rules(self, shape, place, |name| {
            members(raw).find(|(key, _)| key.is(name)).map(|(_, value)| value)
        });
    }

    fn property(
        &mut self,
        shape: &'static Shape,
        property: &'static Property,
        value: &Value<'_>,
        place: &Place<'_>,
    ) {
        if matches!(property.kind, Kind::Checked) {
            return;
        }
        if self.no_blank(value, place, false) {
            self.value(&property.kind, value, place, shape);
        }
    }

    /// §2.12, §2.3: no null, no empty list, no empty object. False when the value is one of these.
    pub(super) fn no_blank(&mut self, value: &Value<'_>, place: &Place<'_>, custom: bool) -> bool {
        let (clause, code, what) = match value {
            Value::Null => ("§2", "null-value", "null"),
            Value::Array(raw) if is_empty(*raw) => ("§2.12", "empty-list", "an empty list"),
            Value::Object(raw) if is_empty(*raw) => ("§2.3", "empty-object", "an empty object"),
            _ => return true,
        };
        let message = format!("{what} is not allowed; leave the property out");
        // Inside custom content the standard's word is hardly known, and nothing depends on it.
        if custom && !matches!(place, Place::Key(Place::Root, _)) {
            self.warning(place, clause, code, message);
        } else {
            self.error(place, clause, code, message);
        }
        false
    }

    /// The same for everything inside a value.
    pub(super) fn no_blanks(&mut self, value: &Value<'_>, place: &Place<'_>, custom: bool) {
        if !self.no_blank(value, place, custom) {
            return;
        }
        match value {
            Value::Array(raw) if has_blank(*raw) => {
                for (index, item) in crate::json::elements(*raw).enumerate() {
                    self.no_blanks(&item, &place.item(index), custom);
                }
            }
            Value::Object(raw) if has_blank(*raw) => {
                for (key, item) in members(*raw) {
                    self.no_blanks(&item, &place.key(&key.decode()), custom);
                }
            }
            _ => {}
        }
    }
}

fn is_empty(raw: Raw<'_>) -> bool {
    raw.as_str().as_bytes()[1..]
        .iter()
        .find(|byte| !byte.is_ascii_whitespace())
        .is_some_and(|byte| matches!(byte, b']' | b'}'))
}

/// A cheap look before the walk: text that names no null and closes no bracket it just opened
/// cannot hold a blank. It keeps the walk linear for what is common.
fn has_blank(raw: Raw<'_>) -> bool {
    let text = raw.as_str();
    let bytes = text.as_bytes();
    memchr::memmem::find(bytes, b"null").is_some()
        || memchr::memchr2_iter(b'[', b'{', bytes).any(|at| {
            bytes[at + 1..]
                .iter()
                .find(|byte| !byte.is_ascii_whitespace())
                .is_some_and(|byte| matches!(byte, b']' | b'}'))
        })
}
