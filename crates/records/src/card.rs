//! `party.card.v1`: who a party is, its keys, and where its node listens.

use model::{Bilingual, PartyId, Role, Side};
use serde::{Deserialize, Serialize};

use crate::rotation::Rotation;

/// A party's card, signed with both of its keys by the envelope that carries it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// The party's id.
    pub party: PartyId,
    /// A short name for URLs and tables, such as `ecsc`.
    pub short: String,
    /// Its full name.
    pub name: Bilingual,
    /// Its side of the Atlantic.
    pub side: Side,
    /// What it is.
    pub roles: Vec<Role>,
    /// Ed25519 public key, base64.
    pub ed25519: String,
    /// ML-DSA-87 public key, base64.
    pub ml_dsa_87: String,
    /// SHA-256 of the TLS certificate its link presents, hexadecimal.
    pub tls_sha256: String,
    /// Where its link listens, `host:port`; absent when it only dials out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Whom to call, in plain words.
    #[serde(default)]
    pub contact: String,
}

/// A card with the signatures that prove it, as exported to a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedCard {
    /// The card as the exact text that was signed.
    pub card: String,
    /// Ed25519 signature, base64.
    pub ed25519: String,
    /// ML-DSA-87 signature, base64.
    pub ml_dsa_87: String,
    /// How the keys on the card came from the first ones; absent while they are the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lineage: Option<Lineage>,
}

/// A party's first keys, which give its id, and every change since; each proves itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lineage {
    /// First Ed25519 public key, base64.
    pub ed25519: String,
    /// First ML-DSA-87 public key, base64.
    pub ml_dsa_87: String,
    /// The changes, oldest first.
    pub rotations: Vec<Rotation>,
}

crate::kind::body!(SignedCard, "party.card.v1");
