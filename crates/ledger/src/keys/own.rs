//! Signatures of a simulation's own making: a digest over public key and message, spread over the lengths of real
//! ones. They prove nothing to anybody, are quick, and the same for one seed. Reached with the feature
//! `own-signatures` alone, which no node has.

use model::Digest;

use super::hybrid::{HybridSignature, SignatureError};
use super::verifying::VerifyingKeys;
use super::{ED25519_SIGNATURE_BYTES, ML_DSA_87_SIGNATURE_BYTES};

pub(super) fn sign(keys: &VerifyingKeys, message: &[u8]) -> HybridSignature {
    let digest = Digest::of(&[keys.ed25519(), message].concat()).0;
    let spread = |length: usize| {
        let mut bytes = digest.repeat(length.div_ceil(digest.len()));
        bytes.truncate(length);
        bytes
    };
    HybridSignature { ed25519: spread(ED25519_SIGNATURE_BYTES), ml_dsa_87: spread(ML_DSA_87_SIGNATURE_BYTES) }
}

pub(super) fn verify(
    keys: &VerifyingKeys,
    message: &[u8],
    signature: &HybridSignature,
) -> Result<(), SignatureError> {
    let expected = sign(keys, message);
    if expected.ed25519 != signature.ed25519 {
        return Err(SignatureError::Ed25519);
    }
    if expected == *signature { Ok(()) } else { Err(SignatureError::MlDsa87) }
}
