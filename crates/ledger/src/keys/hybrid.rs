//! One signature made of two.

use model::{from_base64, to_base64};

use super::{ED25519_SIGNATURE_BYTES, ML_DSA_87_SIGNATURE_BYTES};

/// An Ed25519 and an ML-DSA-87 signature over the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HybridSignature {
    /// Ed25519, 64 bytes.
    pub ed25519: Vec<u8>,
    /// ML-DSA-87, 4,627 bytes.
    pub ml_dsa_87: Vec<u8>,
}

/// Why a signature proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureError {
    /// Not base64, or of the wrong length.
    #[error(
        "not a hybrid signature: expected {ED25519_SIGNATURE_BYTES} and {ML_DSA_87_SIGNATURE_BYTES} bytes of base64"
    )]
    Malformed,
    /// The Ed25519 half is not by this key.
    #[error("the Ed25519 signature does not verify")]
    Ed25519,
    /// The ML-DSA-87 half is not by this key.
    #[error("the ML-DSA-87 signature does not verify")]
    MlDsa87,
}

impl HybridSignature {
    /// Reads both halves from base64.
    pub fn from_base64(ed25519: &str, ml_dsa_87: &str) -> Result<Self, SignatureError> {
        let read = |text: &str, length: usize| {
            from_base64(text).ok().filter(|bytes| bytes.len() == length).ok_or(SignatureError::Malformed)
        };
        Ok(Self {
            ed25519: read(ed25519, ED25519_SIGNATURE_BYTES)?,
            ml_dsa_87: read(ml_dsa_87, ML_DSA_87_SIGNATURE_BYTES)?,
        })
    }

    /// Both halves as base64.
    pub fn to_base64(&self) -> [String; 2] {
        [to_base64(&self.ed25519), to_base64(&self.ml_dsa_87)]
    }
}
