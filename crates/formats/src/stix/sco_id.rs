//! Deterministic ids of cyber-observable objects (§2.9, §3.4): UUIDv5 over the canonical JSON of
//! the contributing properties that are present.

use std::fmt::Write as _;

use uuid::Uuid;

use super::canonical::{write_members, write_text, write_value};
use super::finding::{Findings, Place, Severity};
use super::identifier::Identifier;
use super::time::StixTime;
use crate::json::{Document, JsonError, Limits, Raw, Text, Value, members};

/// The namespace of deterministic ids; no other object may use it.
pub const STIX_NAMESPACE: Uuid = Uuid::from_u128(0x00abedb4_aa42_466c_9c01_fed23315a9b7);

/// Id contributing properties of a type, in canonical order; `None` when the type has none at all.
fn contributing(object_type: &str) -> Option<&'static [&'static str]> {
    Some(match object_type {
        "artifact" => &["hashes", "payload_bin"],
        "autonomous-system" => &["number"],
        "directory" => &["path"],
        "domain-name" | "email-addr" | "ipv4-addr" | "ipv6-addr" | "mac-addr" | "url" => &["value"],
        "email-message" => &["body", "from_ref", "subject"],
        "file" => &["extensions", "hashes", "name", "parent_directory_ref"],
        "mutex" => &["name"],
        "network-traffic" => {
            &["dst_port", "dst_ref", "end", "extensions", "protocols", "src_port", "src_ref", "start"]
        }
        "software" => &["cpe", "name", "swid", "vendor", "version"],
        "user-account" => &["account_login", "account_type", "user_id"],
        "windows-registry-key" => &["key", "values"],
        "x509-certificate" => &["hashes", "serial_number"],
        _ => return None,
    })
}

/// The deterministic id of an observable, given its JSON with or without an id.
/// `None` when the type has no contributing properties or none is present: then a UUIDv4 is due.
pub fn deterministic_id(bytes: &[u8], limits: &Limits) -> Result<Option<String>, JsonError> {
    let document = Document::parse(bytes, limits)?;
    Ok(deterministic_id_of(&document))
}

/// The same for a document that has been parsed. Times enter without trailing zeros, as
/// python-stix2 hashes them.
pub fn deterministic_id_of(document: &Document<'_>) -> Option<String> {
    let object_type = document.get("type")?.text()?.decode();
    let uuid = deterministic_uuid(document, &object_type, true)?;
    Some(format!("{object_type}--{uuid}"))
}

fn deterministic_uuid(document: &Document<'_>, object_type: &str, normalise: bool) -> Option<Uuid> {
    let mut out = String::from("{");
    for name in contributing(object_type)? {
        let Some(value) = document.get(name) else { continue };
        if out.len() > 1 {
            out.push(',');
        }
        let _ = write!(out, "\"{name}\":");
        match (*name, value) {
            ("hashes", Value::Object(hashes)) => write_one_hash(*hashes, &mut out),
            ("start" | "end", Value::Text(text)) if normalise => write_time(text, &mut out),
            _ => write_value(value, &mut out),
        }
    }
    if out.len() == 1 {
        return None;
    }
    out.push('}');
    Some(Uuid::new_v5(&STIX_NAMESPACE, out.as_bytes()))
}

/// Of several hashes exactly one contributes: MD5, SHA-1, SHA-256, SHA-512, else the first.
fn write_one_hash(hashes: Raw<'_>, out: &mut String) {
    let find = |name: &str| members(hashes).find(|(key, _)| key.is(name));
    let chosen = ["MD5", "SHA-1", "SHA-256", "SHA-512"].into_iter().find_map(find);
    let chosen = chosen.or_else(|| members(hashes).next());
    write_members(chosen.into_iter().collect(), out);
}

fn write_time(text: &Text<'_>, out: &mut String) {
    match text.plain().and_then(StixTime::parse) {
        Some(time) => {
            let _ = write!(out, "\"{}\"", time.normalised());
        }
        None => write_text(text, out),
    }
}

/// Remarks an id that looks deterministic but is not, and one that should be random but is not.
/// A UUIDv5 does not tell its namespace, so a producer's own namespace is remarked too.
pub(crate) fn check_id(findings: &mut Findings, document: &Document<'_>, object_type: &str, id: &str) {
    let Ok(identifier) = Identifier::parse(id) else { return };
    let place = Place::Root.key("id");
    let version = identifier.uuid.get_version_num();
    let Some(expected) = deterministic_uuid(document, object_type, true) else {
        if version != 4 {
            let message = "no id contributing property is present, so the id must be a UUIDv4";
            findings.add(Severity::Warning, &place, "§2.9", "sco-id-not-random", message);
        }
        return;
    };
    if version != 5 || identifier.uuid == expected {
        return;
    }
    if deterministic_uuid(document, object_type, false) != Some(identifier.uuid) {
        let message = format!(
            "the id is a UUIDv5 but not the deterministic one ({object_type}--{expected}); another namespace, or changed content"
        );
        findings.add(Severity::Warning, &place, "§2.9", "sco-id-not-deterministic", message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> Option<String> {
        deterministic_id(text.as_bytes(), &Limits::default()).expect("valid JSON")
    }

    #[test]
    fn the_vectors_of_the_errata_hold() {
        for (text, uuid) in [
            (r#"{"type":"ipv4-addr","value":"198.51.100.3"}"#, "28bb3599-77cd-5a82-a950-b5bc3caf07c4"),
            (
                r#"{"type":"ipv6-addr","value":"2001:0db8:85a3:0000:0000:8a2e:0370:7334"}"#,
                "85a85a8c-ee99-5722-946d-3c3a3270fc6f",
            ),
            (r#"{"type":"domain-name","value":"example.com"}"#, "bedb4899-d24b-5401-bc86-8f6b4cc18ec7"),
            (
                r#"{"type":"url","value":"https://example.com/research/index.html"}"#,
                "47c3cf9a-5027-5bf0-997a-017c7edc7c55",
            ),
            (
                r#"{"type":"email-addr","value":"john@example.com","display_name":"John"}"#,
                "7165e2a9-671f-585d-b1e1-ca59c671d934",
            ),
            (r#"{"type":"mac-addr","value":"d2:fb:49:24:37:18"}"#, "757b1725-9903-54f5-a855-1240691d7659"),
            (r#"{"type":"autonomous-system","number":15139}"#, "3aa27478-50b5-5ab8-9da9-cdc12b657fff"),
            (r#"{"type":"mutex","name":"__CLEANSWEEP__"}"#, "f93fe911-e545-5239-b9b0-597840d0c871"),
            (
                r#"{"type":"directory","path":"C:\\Windows\\System32"}"#,
                "0a58d0c1-59e6-5afd-8252-dcd3f13e5622",
            ),
            (
                r#"{"type":"user-account","account_type":"unix","user_id":"1001","account_login":"jdoe"}"#,
                "f94d689e-707d-58c3-b803-c720bb6ed096",
            ),
        ] {
            assert!(id(text).is_some_and(|id| id.ends_with(uuid)), "{text} {:?}", id(text));
        }
    }

    #[test]
    fn ids_agree_with_the_reference_library() {
        for (text, uuid) in [
            (
                r#"{"type":"network-traffic","src_ref":"ipv4-addr--9cf4a8ec-7640-5f40-a006-79942896168b","dst_ref":"ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4","protocols":["tcp"]}"#,
                "4292dccf-844d-5aa2-a8c2-285ed7a90c02",
            ),
            (
                r#"{"type":"x509-certificate","issuer":"C=ZA","serial_number":"36:f7:d4","hashes":{"SHA-1":"aec070645fe53ee3b3763059376134f058cc3372"}}"#,
                "f5a7d826-0e0a-501f-9faf-d26f86a4e6d1",
            ),
            (
                r#"{"type":"windows-registry-key","key":"hkey_local_machine\\system\\bar","values":[{"name":"Foo","data":"qwerty","data_type":"REG_SZ"}]}"#,
                "c2765796-d3b4-5871-8b9e-c0dca6a08e15",
            ),
        ] {
            assert!(id(text).is_some_and(|id| id.ends_with(uuid)), "{text} {:?}", id(text));
        }
    }

    #[test]
    fn one_hash_contributes_and_order_does_not_matter() {
        let both = id(r#"{"type":"file","hashes":{"SHA-256":"ab","MD5":"cd"},"name":"x"}"#);
        assert_eq!(both, id(r#"{"name":"\u0078","type":"file","hashes":{"MD5":"cd"},"size":7}"#));
        assert_ne!(both, id(r#"{"name":"x","type":"file","hashes":{"SHA-256":"ab"}}"#));
    }

    #[test]
    fn without_contributing_properties_there_is_no_deterministic_id() {
        assert_eq!(id(r#"{"type":"process","pid":1}"#), None);
        assert_eq!(id(r#"{"type":"artifact","url":"https://a.example/x"}"#), None);
        assert_eq!(id(r#"{"type":"indicator"}"#), None);
    }

    #[test]
    fn times_enter_in_their_short_form() {
        let long = r#"{"type":"network-traffic","protocols":["tcp"],"start":"2026-01-02T03:04:05.100Z"}"#;
        assert_eq!(id(long), id(&long.replace(".100Z", ".1Z")));
    }
}
