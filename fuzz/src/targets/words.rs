//! Names, ids and markings: short texts that come in everywhere.

use std::fmt::Display;
use std::str::FromStr;

use formats::stix::{Identifier, is_property_name, is_type_name};
use model::{AgreementId, Digest, GroupId, Pap, PartyId, Realm, RecordId, Tlp};

/// What reads is written as it was read, and means the same again.
pub fn words(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    again::<AgreementId>(text);
    again::<Digest>(text);
    again::<GroupId>(text);
    again::<Pap>(text);
    again::<PartyId>(text);
    again::<Realm>(text);
    again::<RecordId>(text);
    again::<Tlp>(text);
    if let Ok(bytes) = model::from_base64(text) {
        assert_eq!(model::from_base64(&model::to_base64(&bytes)).ok(), Some(bytes));
    }
    let _ = (Identifier::parse(text).is_ok(), is_property_name(text), is_type_name(text));
}

fn again<T: FromStr + Display + PartialEq>(text: &str) {
    let Ok(read) = text.parse::<T>() else { return };
    let written = read.to_string();
    assert!(written.parse::<T>().is_ok_and(|back| back == read), "{text:?} became {written:?}");
}
