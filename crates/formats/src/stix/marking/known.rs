//! Recognises a marking definition: by id first, then by extension value, then by its words.

use std::borrow::Cow;

use model::{Pap, Tlp};

use crate::json::{Document, Raw, Value, members};

/// What a marking definition says, as far as Entente can act on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KnownMarking {
    /// A level of TLP, PAP or both.
    Level {
        /// TLP, TLP 1 mapped to TLP 2.0.
        tlp: Option<Tlp>,
        /// PAP.
        pap: Option<Pap>,
    },
    /// A statement (copyright, terms of use): nothing that decides where the object may go.
    Statement,
    /// Rules that Entente cannot read (ACS, IEP, CUI, …): to be treated like an unknown marking.
    Foreign(&'static str),
}

const fn tlp(tlp: Tlp) -> KnownMarking {
    KnownMarking::Level { tlp: Some(tlp), pap: None }
}

const fn pap(pap: Pap) -> KnownMarking {
    KnownMarking::Level { tlp: None, pap: Some(pap) }
}

/// The meaning of an official id: TLP 1 (§7.2.1.4), TLP 2.0 and PAP (OASIS common objects).
pub fn official(id: &str) -> Option<KnownMarking> {
    Some(match id.strip_prefix("marking-definition--")? {
        "94868c89-83c2-464b-929b-a1a8aa3c8487" | "613f2e26-407d-48c7-9eca-b8e91df99dc9" => tlp(Tlp::Clear),
        "bab4a63c-aed9-4cf5-a766-dfca5abac2bb" | "34098fce-860f-48ae-8e50-ebd3cc5e41da" => tlp(Tlp::Green),
        "55d920b0-5e8b-4f79-9ee9-91f868d9b421" | "f88d31f6-486f-44da-b317-01333bde0b82" => tlp(Tlp::Amber),
        "939a9414-2ddd-4d32-a0cd-375ea402b003" => tlp(Tlp::AmberStrict),
        "e828b379-4e03-4974-9ac4-e53a884c97c1" | "5e57c739-391a-4eb3-b6be-7d15ca92d5ed" => tlp(Tlp::Red),
        "ad15a0cd-55b6-4588-a14c-a66105329b92" | "a3bea94c-b469-41dc-9cfe-d6e7daba7730" => pap(Pap::Clear),
        "c43594d1-4b11-4c59-93ab-1c9b14d53ce9" => pap(Pap::Green),
        "60f8932b-e51e-4458-b265-a2e8be9a80ab" => pap(Pap::Amber),
        "740d36e5-7714-4c30-961a-3ae632ceee0e" => pap(Pap::Red),
        _ => return None,
    })
}

/// Reads a marking definition.
pub(crate) fn read_definition(document: &Document<'_>) -> KnownMarking {
    let text = |key: &str| document.get(key).and_then(Value::text).map(|text| text.decode());
    if let Some(known) = text("id").and_then(|id| official(&id)) {
        return known;
    }
    if let Some(Value::Object(extensions)) = document.get("extensions") {
        return read_extensions(*extensions);
    }
    if let Some(Value::Object(definition)) = document.get("definition")
        && let Some(level) = member(*definition, "tlp").and_then(|word| word.parse().ok())
    {
        return tlp(level);
    }
    for key in ["x_opencti_definition", "name"] {
        if let Some(level) = text(key).and_then(|words| labelled(&words)) {
            return level;
        }
    }
    if text("definition_type").is_some_and(|kind| kind == "statement") {
        return KnownMarking::Statement;
    }
    KnownMarking::Foreign("a marking type that is not known here")
}

/// `TLP:…` or `PAP:…`; a bare colour word is no marking.
fn labelled(words: &str) -> Option<KnownMarking> {
    let upper = words.trim().to_ascii_uppercase();
    if upper.starts_with("TLP:") {
        return upper.parse().ok().map(tlp);
    }
    if upper.starts_with("PAP:") {
        return upper.parse().ok().map(pap);
    }
    None
}

fn read_extensions(extensions: Raw<'_>) -> KnownMarking {
    let (mut tlp, mut pap) = (None, None);
    for (key, value) in members(extensions) {
        let Value::Object(extension) = value else { continue };
        match key.decode().strip_prefix("extension-definition--").unwrap_or_default() {
            "60a3c5c5-0d10-413e-aab3-9e08dde9e88d" => {
                tlp = member(extension, "tlp_2_0").and_then(|word| word.parse().ok());
            }
            "f8d78575-edfd-406e-8e84-6162a8450f5b" => {
                pap = member(extension, "pap").and_then(|word| word.parse().ok());
            }
            "3a65884d-005a-4290-8335-cb2d778a83ce" => return KnownMarking::Foreign("ACS"),
            "762e2e97-ee51-43e5-a9ea-165fbb862c4a" => return KnownMarking::Foreign("IEP 2.0"),
            "dff17fb3-edcb-4f99-ad1b-4b751c95738a" => return KnownMarking::Foreign("CUI"),
            _ => {}
        }
    }
    if tlp.is_none() && pap.is_none() {
        return KnownMarking::Foreign("an extension that is not known here");
    }
    KnownMarking::Level { tlp, pap }
}

fn member<'a>(raw: Raw<'a>, name: &str) -> Option<Cow<'a, str>> {
    members(raw).find(|(key, _)| key.is(name)).and_then(|(_, value)| value.text()).map(|text| text.decode())
}

#[cfg(test)]
mod tests {
    use super::super::{definition_of_pap, definition_of_tlp, id_of_pap, id_of_tlp};
    use super::*;
    use crate::json::Limits;

    fn read(text: &str) -> KnownMarking {
        read_definition(&Document::parse(text.as_bytes(), &Limits::default()).expect(text))
    }

    #[test]
    fn what_is_emitted_is_recognised_by_id_and_by_extension() {
        for level in Tlp::ALL {
            let text = definition_of_tlp(level);
            assert_eq!(official(id_of_tlp(level)), Some(tlp(level)));
            assert!(text.contains(id_of_tlp(level)));
            let copy =
                text.replace(id_of_tlp(level), "marking-definition--00000000-0000-4000-8000-000000000001");
            assert_eq!(read(&copy), tlp(level));
        }
        for level in Pap::ALL {
            let text = definition_of_pap(level);
            assert_eq!(official(id_of_pap(level)), Some(pap(level)));
            assert!(text.contains(id_of_pap(level)));
            let copy =
                text.replace(id_of_pap(level), "marking-definition--00000000-0000-4000-8000-000000000001");
            assert_eq!(read(&copy), pap(level));
        }
    }

    #[test]
    fn what_is_seen_in_the_field_is_recognised() {
        let id = "marking-definition--00000000-0000-4000-8000-000000000001";
        let clear_under_white =
            r#"{"id":"marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9","name":"TLP:CLEAR"}"#;
        assert_eq!(read(clear_under_white), tlp(Tlp::Clear));
        let opencti = format!(
            r#"{{"id":"{id}","definition_type":"statement","definition":{{"statement":"custom"}},"x_opencti_definition":"TLP:AMBER+STRICT"}}"#
        );
        assert_eq!(read(&opencti), tlp(Tlp::AmberStrict));
        let copy = format!(r#"{{"id":"{id}","definition_type":"tlp","definition":{{"tlp":"white"}}}}"#);
        assert_eq!(read(&copy), tlp(Tlp::Clear));
        let statement =
            format!(r#"{{"id":"{id}","definition_type":"statement","definition":{{"statement":"© 2026"}}}}"#);
        assert_eq!(read(&statement), KnownMarking::Statement);
        let acs = format!(
            r#"{{"id":"{id}","extensions":{{"extension-definition--3a65884d-005a-4290-8335-cb2d778a83ce":{{"x":1}}}}}}"#
        );
        assert_eq!(read(&acs), KnownMarking::Foreign("ACS"));
        let odd = format!(r#"{{"id":"{id}","definition_type":"tlp","definition":{{"tlp":"mauve"}}}}"#);
        assert!(matches!(read(&odd), KnownMarking::Foreign(_)));
    }
}
