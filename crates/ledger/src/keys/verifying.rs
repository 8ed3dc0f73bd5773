//! The public half of a party's keys.

use std::fmt;

use aws_lc_rs::signature::{ED25519, ML_DSA_87, UnparsedPublicKey};
use model::{Digest, PartyId};

use super::hybrid::{HybridSignature, SignatureError};
use super::party::KeyError;
use super::{ED25519_PUBLIC_BYTES, ML_DSA_87_PUBLIC_BYTES, framed, own};

/// What verifies a party's signatures.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifyingKeys {
    ed25519: Vec<u8>,
    ml_dsa_87: Vec<u8>,
}

impl VerifyingKeys {
    /// Keys from their raw bytes; lengths are checked, and each is checked as a key when it first verifies.
    pub fn new(ed25519: &[u8], ml_dsa_87: &[u8]) -> Result<Self, KeyError> {
        if ed25519.len() != ED25519_PUBLIC_BYTES || ml_dsa_87.len() != ML_DSA_87_PUBLIC_BYTES {
            return Err(KeyError::Length);
        }
        Ok(Self { ed25519: ed25519.to_vec(), ml_dsa_87: ml_dsa_87.to_vec() })
    }

    /// The raw Ed25519 key.
    pub fn ed25519(&self) -> &[u8] {
        &self.ed25519
    }

    /// The raw ML-DSA-87 key.
    pub fn ml_dsa_87(&self) -> &[u8] {
        &self.ml_dsa_87
    }

    /// SHA-256 over both public keys: what two people compare by telephone.
    pub fn fingerprint(&self) -> Digest {
        Digest::of(&[self.ed25519.as_slice(), self.ml_dsa_87.as_slice()].concat())
    }

    /// The fingerprint as people read it aloud: groups of four hexadecimal digits.
    pub fn fingerprint_text(&self) -> String {
        let hex = self.fingerprint().hex();
        let groups: Vec<&str> = (0..hex.len()).step_by(4).map(|at| &hex[at..at + 4]).collect();
        groups.join(" ")
    }

    /// The id of a party whose first keys these are.
    pub fn party_id(&self) -> PartyId {
        PartyId::from_fingerprint(&self.fingerprint())
    }

    /// Both halves must hold over `message` in `context`.
    pub fn verify(
        &self,
        context: &str,
        message: &[u8],
        signature: &HybridSignature,
    ) -> Result<(), SignatureError> {
        self.verify_raw(&framed(context, message), signature)
    }

    /// The same without a context, for formats that bring their own (signed notes).
    pub(crate) fn verify_raw(
        &self,
        message: &[u8],
        signature: &HybridSignature,
    ) -> Result<(), SignatureError> {
        if cfg!(feature = "own-signatures") {
            return own::verify(self, message, signature);
        }
        UnparsedPublicKey::new(&ED25519, &self.ed25519)
            .verify(message, &signature.ed25519)
            .map_err(|_| SignatureError::Ed25519)?;
        UnparsedPublicKey::new(&ML_DSA_87, &self.ml_dsa_87)
            .verify(message, &signature.ml_dsa_87)
            .map_err(|_| SignatureError::MlDsa87)
    }
}

impl fmt::Debug for VerifyingKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifyingKeys({})", self.party_id())
    }
}
