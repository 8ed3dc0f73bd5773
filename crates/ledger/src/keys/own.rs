//! Signatures of a simulation's own making: a digest over public key and message, spread over the lengths of real
//! ones. They prove nothing to anybody, are quick, and the same for one seed. Compiled in by the feature
//! `own-signatures` alone, which no node has.

use model::Digest;

use super::hybrid::HybridSignature;
use super::verifying::VerifyingKeys;
use super::{ED25519_SIGNATURE_BYTES, ML_DSA_87_SIGNATURE_BYTES};

pub(super) fn sign(keys: &VerifyingKeys, message: &[u8]) -> HybridSignature {
    let digest = Digest::of(&[keys.ed25519(), message].concat()).0;
    let spread = |length| digest.iter().copied().cycle().take(length).collect();
    HybridSignature { ed25519: spread(ED25519_SIGNATURE_BYTES), ml_dsa_87: spread(ML_DSA_87_SIGNATURE_BYTES) }
}
