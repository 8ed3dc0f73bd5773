//! Envelopes, manifests and versions, written from stored bytes without parsing them (§3.7, §5).

use super::time::TaxiiTime;

/// The envelope, manifest, versions or collections resource that holds nothing: lists are never empty.
pub const EMPTY: &str = "{}";

/// What closes an envelope or a manifest after its last object.
pub const TAIL: &str = "]}";

/// What opens an envelope: `next` says that there is more, and is always given when there is,
/// because clients without it read the first page for ever. Objects follow, separated by commas,
/// then [`TAIL`]. An envelope without objects is [`EMPTY`].
pub fn envelope_head(next: Option<&str>) -> String {
    match next {
        Some(next) => format!("{{\"more\":true,\"next\":{},\"objects\":[", quoted(next)),
        None => "{\"objects\":[".to_owned(),
    }
}

/// A whole envelope from the bytes of its objects.
pub fn envelope<'a>(objects: impl IntoIterator<Item = &'a [u8]>, next: Option<&str>) -> Vec<u8> {
    let mut out = envelope_head(next).into_bytes();
    let head = out.len();
    for object in objects {
        if out.len() > head {
            out.push(b',');
        }
        out.extend_from_slice(object);
    }
    if out.len() == head {
        return EMPTY.into();
    }
    out.extend_from_slice(TAIL.as_bytes());
    out
}

/// One record of a manifest as JSON; `version` is the text of `modified` or `created` as received.
pub fn manifest_record(id: &str, date_added_us: i64, version: &str, spec_version: &str, out: &mut String) {
    out.push_str("{\"id\":");
    out.push_str(&quoted(id));
    out.push_str(",\"date_added\":\"");
    out.push_str(TaxiiTime::from_micros(date_added_us).as_str());
    out.push_str("\",\"version\":");
    out.push_str(&quoted(version));
    out.push_str(",\"media_type\":");
    out.push_str(&quoted(&format!("application/stix+json;version={spec_version}")));
    out.push('}');
}

/// A manifest from records written by [`manifest_record`]. It has no `next` in the standard; a
/// client goes on with `added_after`.
pub fn manifest<'a>(records: impl IntoIterator<Item = &'a str>, more: bool) -> String {
    list("objects", records, more)
}

/// The versions of an object, each as the text received.
pub fn versions<'a>(texts: impl IntoIterator<Item = &'a str>, more: bool) -> String {
    let quoted: Vec<String> = texts.into_iter().map(quoted).collect();
    list("versions", quoted.iter().map(String::as_str), more)
}

fn list<'a>(name: &str, items: impl IntoIterator<Item = &'a str>, more: bool) -> String {
    let mut out = format!("{{{}\"{name}\":[", if more { "\"more\":true," } else { "" });
    let head = out.len();
    for item in items {
        if out.len() > head {
            out.push(',');
        }
        out.push_str(item);
    }
    if out.len() == head {
        return EMPTY.to_owned();
    }
    out.push_str(TAIL);
    out
}

/// A JSON string.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            control if control < ' ' => out.push_str(&format!("\\u{:04x}", control as u32)),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_bytes_are_wrapped_unchanged() {
        let objects: [&[u8]; 2] = [br#"{"a": 1}"#, br#"{"b":2}"#];
        assert_eq!(envelope(objects, None), br#"{"objects":[{"a": 1},{"b":2}]}"#);
        assert_eq!(
            envelope([objects[0]], Some("n\"1")),
            br#"{"more":true,"next":"n\"1","objects":[{"a": 1}]}"#
        );
        assert_eq!(envelope([], None), b"{}");
    }

    #[test]
    fn manifests_and_versions_are_written_as_the_standard_says() {
        let mut record = String::new();
        manifest_record("indicator--1", 1, "2026-01-01T00:00:00.000Z", "2.1", &mut record);
        assert_eq!(
            manifest([record.as_str()], true),
            r#"{"more":true,"objects":[{"id":"indicator--1","date_added":"1970-01-01T00:00:00.000001Z","version":"2026-01-01T00:00:00.000Z","media_type":"application/stix+json;version=2.1"}]}"#
        );
        assert_eq!(versions(["a", "b"], false), r#"{"versions":["a","b"]}"#);
        assert_eq!(versions([], true), "{}");
    }
}
