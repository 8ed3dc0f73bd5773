//! The header of a record: what the verdict needs to know, and nothing personal.
//!
//! ```json
//! {"entente":1,"kind":"exchange.object.v1","type":"indicator","author":"party:…","at":"2026-11-25T02:00:00.000Z",
//!  "realm":"real","tlp":"AMBER","pap":"GREEN","under":["agreement:…"],"to":["<base64>"],"group":"group:…",
//!  "about":["…"],"salt":"<base64, 16 bytes>","body":"<base64 SHA-256>","size":912}
//! ```
//! The salt keeps the hash of a withheld header from being guessed.

use std::borrow::Cow;

use model::{AgreementId, Digest, GroupId, Marking, PartyId, Realm, RecordId, Timestamp, from_base64};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The largest header a node reads, in bytes.
pub const MAX_HEADER_BYTES: usize = 64 * 1024;

/// What a header says about its marking. Only `Known` is ever released.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Marked {
    /// No marking at all.
    Missing,
    /// A label this node does not know.
    Unknown,
    /// TLP, perhaps with PAP.
    Known(Marking),
}

/// A parsed header, borrowing from its bytes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header<'a> {
    /// The header format, always 1.
    entente: u8,
    /// The record kind, such as `exchange.object.v1`.
    #[serde(borrow)]
    pub kind: Cow<'a, str>,
    /// The type within the kind (for a STIX object its `type`), empty where the kind has none.
    #[serde(borrow, rename = "type", default)]
    pub object_type: Cow<'a, str>,
    /// Who states it.
    pub author: PartyId,
    /// When the author says it did so.
    #[serde(rename = "at")]
    pub stated_at: Timestamp,
    /// The realm it belongs to, as text.
    #[serde(borrow)]
    pub realm: Cow<'a, str>,
    #[serde(borrow, default)]
    tlp: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pap: Option<Cow<'a, str>>,
    /// The agreements under which it is published.
    #[serde(default)]
    pub under: Vec<AgreementId>,
    /// Blinded digests of the named recipients; `None` when nobody is named.
    #[serde(borrow, default)]
    pub to: Option<Vec<Cow<'a, str>>>,
    /// The group it is for.
    #[serde(default)]
    pub group: Option<GroupId>,
    /// What it is about: ids of records, agreements or cases.
    #[serde(borrow, default)]
    pub about: Vec<Cow<'a, str>>,
    #[serde(borrow)]
    salt: Cow<'a, str>,
    #[serde(borrow)]
    body: Cow<'a, str>,
    /// Length of the body in bytes.
    #[serde(rename = "size")]
    pub body_size: u64,
}

/// Bytes that are not a header.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// More bytes than a header may have.
    #[error("a header of {size} bytes is over the limit of {MAX_HEADER_BYTES}")]
    Oversized {
        /// Its length in bytes.
        size: usize,
    },
    /// Not the JSON that a header is.
    #[error("not a record header: {what}, at column {column}")]
    Malformed {
        /// What was wrong.
        what: String,
        /// Where, counted from 1.
        column: usize,
    },
    /// Written by a newer node.
    #[error("header format {found} is newer than this node understands; upgrade the node")]
    Newer {
        /// The format number found.
        found: u8,
    },
}

impl<'a> Header<'a> {
    /// Reads a header and checks every field.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, HeaderError> {
        if bytes.len() > MAX_HEADER_BYTES {
            return Err(HeaderError::Oversized { size: bytes.len() });
        }
        let malformed = |what: String, column| HeaderError::Malformed { what, column };
        let header: Header<'a> =
            serde_json::from_slice(bytes).map_err(|e| malformed(e.to_string(), e.column()))?;
        if header.entente != 1 {
            return Err(HeaderError::Newer { found: header.entente });
        }
        if digest_of(&header.body).is_none() {
            return Err(malformed("body is not a base64 SHA-256".into(), 1));
        }
        if from_base64(&header.salt).map_or(true, |salt| salt.len() != 16) {
            return Err(malformed("salt is not 16 bytes of base64".into(), 1));
        }
        Ok(header)
    }

    /// The marking as far as this node understands it.
    pub fn marked(&self) -> Marked {
        let Some(tlp) = &self.tlp else { return Marked::Missing };
        let Ok(tlp) = tlp.parse() else { return Marked::Unknown };
        match self.pap.as_ref().map(|pap| pap.parse()) {
            None => Marked::Known(Marking { tlp, pap: None }),
            Some(Ok(pap)) => Marked::Known(Marking { tlp, pap: Some(pap) }),
            Some(Err(_)) => Marked::Unknown,
        }
    }

    /// True when the record belongs to `realm`.
    pub fn is_in(&self, realm: &Realm) -> bool {
        match realm {
            Realm::Real => self.realm == "real",
            other => self.realm == other.to_string(),
        }
    }

    /// The same header, owning its texts.
    pub fn into_owned(self) -> Header<'static> {
        let own = |text: Cow<'a, str>| Cow::Owned(text.into_owned());
        Header {
            entente: self.entente,
            kind: own(self.kind),
            object_type: own(self.object_type),
            author: self.author,
            stated_at: self.stated_at,
            realm: own(self.realm),
            tlp: self.tlp.map(own),
            pap: self.pap.map(own),
            under: self.under,
            to: self.to.map(|to| to.into_iter().map(own).collect()),
            group: self.group,
            about: self.about.into_iter().map(own).collect(),
            salt: own(self.salt),
            body: own(self.body),
            body_size: self.body_size,
        }
    }

    /// Another salt and body, in the memory of the old ones.
    pub(crate) fn set_body(&mut self, salt: &str, body: &str) {
        for (text, value) in [(&mut self.salt, salt), (&mut self.body, body)] {
            let text = text.to_mut();
            text.clear();
            text.push_str(value);
        }
    }

    /// SHA-256 of the body.
    pub fn body_sha256(&self) -> Digest {
        digest_of(&self.body).unwrap_or(Digest([0; 32]))
    }
}

fn digest_of(text: &str) -> Option<Digest> {
    from_base64(text).ok()?.try_into().ok().map(Digest)
}

/// The leaf of a header in the Merkle tree, SHA-256(0x00 ‖ header) (RFC 6962 §2.1), which is the record's id.
pub fn leaf_hash(header: &[u8]) -> RecordId {
    RecordId(Digest(Sha256::new_with_prefix([0]).chain_update(header).finalize().into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOLDEN: &str = r#"{"entente":1,"kind":"exchange.object.v1","type":"indicator","author":"party:000102030405060708090a0b0c0d0e0f","at":"2026-11-25T02:00:00.000Z","realm":"real","tlp":"AMBER","pap":"GREEN","under":["agreement:0192f0c1-2f00-7000-8000-000000000001"],"salt":"AAECAwQFBgcICQoLDA0ODw","body":"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU","size":0}"#;

    #[test]
    fn a_header_of_version_one_reads_for_ever() {
        let header = Header::parse(GOLDEN.as_bytes()).expect("the golden header");
        assert_eq!(header.kind, "exchange.object.v1");
        assert_eq!(
            header.marked(),
            Marked::Known(
                "AMBER".parse().map(|tlp| Marking { tlp, pap: Some(model::Pap::Green) }).expect("a marking")
            )
        );
        assert_eq!(header.body_sha256(), Digest::of(b""));
        assert_eq!(
            leaf_hash(GOLDEN.as_bytes()).to_string(),
            "record:1b7daaf995eb47ca6e10bd092a9d8ea0d3e49c84d4ec9ea9812e9920d32b3a68".to_owned(),
        );
    }

    #[test]
    fn a_label_from_the_future_is_not_guessed() {
        let text = GOLDEN.replace("\"AMBER\"", "\"PURPLE\"");
        assert_eq!(Header::parse(text.as_bytes()).expect("a header").marked(), Marked::Unknown);
        let text = GOLDEN.replace("\"tlp\":\"AMBER\",", "");
        assert_eq!(Header::parse(text.as_bytes()).expect("a header").marked(), Marked::Missing);
    }

    #[test]
    fn a_field_this_node_does_not_know_is_refused_because_it_might_restrict() {
        let text = GOLDEN.replace("\"size\":0", "\"size\":0,\"caveat\":\"x\"");
        assert!(matches!(Header::parse(text.as_bytes()), Err(HeaderError::Malformed { .. })));
        let text = GOLDEN.replace("\"entente\":1", "\"entente\":2");
        assert_eq!(Header::parse(text.as_bytes()).err(), Some(HeaderError::Newer { found: 2 }));
    }
}
