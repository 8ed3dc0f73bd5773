//! Sealing: what a party wants to state becomes header and body bytes that never change again.

use std::fmt::Write as _;

use bytes::Bytes;
use model::{AgreementId, Digest, GroupId, PartyId, Realm, Timestamp, push_base64, time};

use crate::recipients::Recipients;
use crate::{Marked, Opening, kind::Body};

/// Everything a header needs, except the body. One value serves a whole batch.
#[derive(Debug, Clone)]
pub struct Seal<'a> {
    /// The author.
    pub author: PartyId,
    /// The realm.
    pub realm: &'a Realm,
    /// When the author states it.
    pub stated_at: Timestamp,
    /// The record kind.
    pub kind: &'a str,
    /// The type within the kind, or empty.
    pub object_type: &'a str,
    /// The marking; unless it is known the record is never released.
    pub marked: Marked,
    /// The agreements it is published under.
    pub under: &'a [AgreementId],
    /// The recipients, when they are named.
    pub to: Option<&'a Recipients>,
    /// The group it is for.
    pub group: Option<GroupId>,
    /// What it is about.
    pub about: &'a [String],
}

/// A sealed record: header, body and the openings its author keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// The header bytes.
    pub header: Vec<u8>,
    /// The body bytes.
    pub body: Bytes,
    /// The openings of its named recipients, as JSON.
    pub openings: Option<Vec<u8>>,
}

impl<'a> Seal<'a> {
    /// A seal for a kind of ours, with nothing else said yet: no marking, no audience.
    pub fn of<B: Body>(author: PartyId, realm: &'a Realm, stated_at: Timestamp) -> Self {
        Self {
            author,
            realm,
            stated_at,
            kind: B::KIND,
            object_type: "",
            marked: Marked::Missing,
            under: &[],
            to: None,
            group: None,
            about: &[],
        }
    }

    /// Seals a body of one of our own kinds.
    pub fn body<B: Body>(&self, body: &B, salt: [u8; 16]) -> Sealed {
        // Our own bodies are plain structs with string keys: serialising them cannot fail.
        let bytes = serde_json::to_vec(body).unwrap_or_default();
        self.bytes(bytes, salt)
    }

    /// Seals body bytes as they are.
    pub fn bytes(&self, body: impl Into<Bytes>, salt: [u8; 16]) -> Sealed {
        let body = body.into();
        let digest = Digest::of(&body);
        self.stamped(&Stamp::of(self), body, &digest, salt)
    }

    /// The same with what a batch of records shares written once, and the SHA-256 of the body computed before.
    pub fn stamped(&self, stamp: &Stamp, body: Bytes, digest: &Digest, salt: [u8; 16]) -> Sealed {
        let header = self.header(stamp, body.len(), digest, salt).into_bytes();
        let openings = self.to.map(|to| serialise_openings(&to.openings));
        Sealed { header, body, openings }
    }

    fn header(&self, stamp: &Stamp, size: usize, digest: &Digest, salt: [u8; 16]) -> String {
        let mut text = String::with_capacity(448);
        text.push_str("{\"entente\":1,\"kind\":");
        push_text(&mut text, self.kind);
        if !self.object_type.is_empty() {
            text.push_str(",\"type\":");
            push_text(&mut text, self.object_type);
        }
        text.push_str(&stamp.stated);
        push_marking(&mut text, self.marked);
        text.push_str(&stamp.under);
        if let Some(to) = self.to {
            push_list(&mut text, "to", to.digests.iter().cloned());
        }
        if let Some(group) = self.group {
            // Writing to a String cannot fail.
            let _ = write!(text, ",\"group\":\"{group}\"");
        }
        push_list(&mut text, "about", self.about.iter().cloned());
        text.push_str(",\"salt\":\"");
        push_base64(&mut text, &salt);
        text.push_str("\",\"body\":\"");
        push_base64(&mut text, &digest.0);
        let _ = write!(text, "\",\"size\":{size}}}");
        text
    }
}

/// The part of a header that is the same for all records of a batch: author, time, realm and agreements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    stated: String,
    under: String,
}

impl Stamp {
    /// The stamp of a seal, good for every seal of the same author, time, realm and agreements.
    pub fn of(seal: &Seal<'_>) -> Self {
        let (mut stated, mut under) = (String::with_capacity(128), String::new());
        // Writing to a String cannot fail.
        let _ = write!(
            stated,
            ",\"author\":\"{}\",\"at\":\"{}\",\"realm\":\"{}\"",
            seal.author,
            time::millis(seal.stated_at),
            seal.realm
        );
        push_list(&mut under, "under", seal.under.iter().map(ToString::to_string));
        Self { stated, under }
    }
}

/// A marking that the sealing node could not resolve is written as `UNKNOWN`, which every reader withholds.
fn push_marking(text: &mut String, marked: Marked) {
    match marked {
        Marked::Missing => {}
        Marked::Unknown => text.push_str(",\"tlp\":\"UNKNOWN\""),
        Marked::Known(marking) => {
            let _ = write!(text, ",\"tlp\":\"{}\"", marking.tlp.word());
            if let Some(pap) = marking.pap {
                let _ = write!(text, ",\"pap\":\"{}\"", pap.word());
            }
        }
    }
}

fn serialise_openings(openings: &[Opening]) -> Vec<u8> {
    serde_json::to_vec(openings).unwrap_or_default()
}

fn push_list(text: &mut String, name: &str, items: impl ExactSizeIterator<Item = String>) {
    if items.len() == 0 {
        return;
    }
    let _ = write!(text, ",\"{name}\":[");
    for (n, item) in items.enumerate() {
        if n > 0 {
            text.push(',');
        }
        push_text(text, &item);
    }
    text.push(']');
}

fn push_text(text: &mut String, value: &str) {
    let plain = value.bytes().all(|b| (0x20..0x7f).contains(&b) && b != b'"' && b != b'\\');
    if plain {
        text.push('"');
        text.push_str(value);
        text.push('"');
    } else {
        text.push_str(&serde_json::Value::from(value).to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Header;

    #[test]
    fn what_is_sealed_reads_back_as_it_was_meant() {
        let realm = Realm::Real;
        let recipients = Recipients::blind(&[PartyId([3; 16])], |b| b.fill(1));
        let about = ["object \"é\"\n".to_owned()];
        let marking = model::Marking::tlp(model::Tlp::Red);
        let seal = Seal {
            author: PartyId([1; 16]),
            realm: &realm,
            stated_at: Timestamp::UNIX_EPOCH,
            kind: "exchange.object.v1",
            object_type: "indicator",
            marked: Marked::Known(marking),
            under: &[],
            to: Some(&recipients),
            group: None,
            about: &about,
        };
        let sealed = seal.bytes(Bytes::from_static(b"{}"), [5; 16]);
        let header = Header::parse(&sealed.header).expect("our own header");
        assert_eq!(header.marked(), Marked::Known(marking));
        assert_eq!(header.about[0], about[0]);
        assert_eq!((header.body_size, header.body_sha256()), (2, Digest::of(b"{}")));
        let to = header.to.expect("recipients");
        let openings = Opening::verified(sealed.openings.as_deref(), &to);
        assert_eq!(openings.len(), 1);
        assert_eq!(openings[0].party, PartyId([3; 16]));
    }
}
