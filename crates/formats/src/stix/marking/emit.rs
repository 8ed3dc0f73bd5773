//! The official marking definitions, to accompany what they mark (§7.2.1: they must be known to
//! the receiver, and a definition lost on the way would silently downgrade).

use model::{Pap, Tlp};

macro_rules! tlp {
    ($id:literal, $name:literal, $value:literal) => {
        concat!(
            r#"{"type":"marking-definition","spec_version":"2.1","id":"marking-definition--"#,
            $id,
            r#"","created":"2022-10-01T00:00:00.000Z","name":""#,
            $name,
            r#"","extensions":{"extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d":{"extension_type":"property-extension","tlp_2_0":""#,
            $value,
            r#""}}}"#
        )
    };
}

macro_rules! pap {
    ($id:literal, $name:literal, $value:literal) => {
        concat!(
            r#"{"type":"marking-definition","spec_version":"2.1","id":"marking-definition--"#,
            $id,
            r#"","created":"2022-10-01T00:00:00.000Z","name":""#,
            $name,
            r#"","extensions":{"extension-definition--f8d78575-edfd-406e-8e84-6162a8450f5b":{"extension_type":"property-extension","pap":""#,
            $value,
            r#""}}}"#
        )
    };
}

/// The official TLP 2.0 object as JSON.
pub const fn definition_of_tlp(tlp: Tlp) -> &'static str {
    match tlp {
        Tlp::Clear => tlp!("94868c89-83c2-464b-929b-a1a8aa3c8487", "TLP:CLEAR", "clear"),
        Tlp::Green => tlp!("bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "TLP:GREEN", "green"),
        Tlp::Amber => tlp!("55d920b0-5e8b-4f79-9ee9-91f868d9b421", "TLP:AMBER", "amber"),
        Tlp::AmberStrict => tlp!("939a9414-2ddd-4d32-a0cd-375ea402b003", "TLP:AMBER+STRICT", "amber+strict"),
        Tlp::Red => tlp!("e828b379-4e03-4974-9ac4-e53a884c97c1", "TLP:RED", "red"),
    }
}

/// The official PAP object as JSON.
pub const fn definition_of_pap(pap: Pap) -> &'static str {
    match pap {
        Pap::Clear => pap!("ad15a0cd-55b6-4588-a14c-a66105329b92", "PAP:CLEAR", "clear"),
        Pap::Green => pap!("c43594d1-4b11-4c59-93ab-1c9b14d53ce9", "PAP:GREEN", "green"),
        Pap::Amber => pap!("60f8932b-e51e-4458-b265-a2e8be9a80ab", "PAP:AMBER", "amber"),
        Pap::Red => pap!("740d36e5-7714-4c30-961a-3ae632ceee0e", "PAP:RED", "red"),
    }
}

/// Id of the official TLP 2.0 object.
pub const fn id_of_tlp(tlp: Tlp) -> &'static str {
    match tlp {
        Tlp::Clear => "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
        Tlp::Green => "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
        Tlp::Amber => "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
        Tlp::AmberStrict => "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
        Tlp::Red => "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
    }
}

/// Id of the official PAP object.
pub const fn id_of_pap(pap: Pap) -> &'static str {
    match pap {
        Pap::Clear => "marking-definition--ad15a0cd-55b6-4588-a14c-a66105329b92",
        Pap::Green => "marking-definition--c43594d1-4b11-4c59-93ab-1c9b14d53ce9",
        Pap::Amber => "marking-definition--60f8932b-e51e-4458-b265-a2e8be9a80ab",
        Pap::Red => "marking-definition--740d36e5-7714-4c30-961a-3ae632ceee0e",
    }
}

/// Id of the extension definition that the TLP 2.0 objects refer to.
pub const fn tlp_extension_definition() -> &'static str {
    "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
}
