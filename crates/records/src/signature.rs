//! `accord.signature.v1`: one party's signature under one version of an agreement.

use model::{AgreementId, Digest, PartyId};
use serde::{Deserialize, Serialize};

/// A hybrid signature over the proposal's exact bytes, provable without the ledger it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// The agreement.
    pub agreement: AgreementId,
    /// Its version.
    pub version: u32,
    /// SHA-256 of the proposal's body.
    pub proposal_sha256: Digest,
    /// Who signs.
    pub party: PartyId,
    /// The person who decided, by name and office.
    pub signatory: String,
    /// Ed25519 signature, base64.
    pub ed25519: String,
    /// ML-DSA-87 signature, base64.
    pub ml_dsa_87: String,
}

impl Signature {
    /// The domain that separates these signatures from all others.
    pub const CONTEXT: &'static str = "entente/agreement/v1";
}

crate::kind::body!(Signature, "accord.signature.v1");
