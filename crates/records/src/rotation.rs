//! `party.rotation.v1`: a party changes its keys, signed with the old pair and the new.

use model::PartyId;
use serde::{Deserialize, Serialize};

/// A rotation statement as its exact signed text, with both hybrid signatures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rotation {
    /// The party whose keys change; its id stays.
    pub party: PartyId,
    /// The statement that was signed, as text: both key sets and the log size from which the new ones hold.
    pub statement: String,
    /// Signatures by the old keys: Ed25519, ML-DSA-87, base64.
    pub old: [String; 2],
    /// Signatures by the new keys: Ed25519, ML-DSA-87, base64.
    pub new: [String; 2],
}

crate::kind::body!(Rotation, "party.rotation.v1");
