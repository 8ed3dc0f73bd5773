//! A party's keys: Ed25519 and ML-DSA-87 (FIPS 204) together, from aws-lc-rs. Both signatures must hold, always.

mod file;
mod hybrid;
mod own;
mod party;
mod rotation;
mod verifying;

pub use file::KeyFileError;
pub use hybrid::{HybridSignature, SignatureError};
pub use party::{KeyError, PartyKeys};
pub use rotation::{RotationError, RotationStatement};
pub use verifying::VerifyingKeys;

/// Length of an Ed25519 public key, bytes (RFC 8032).
pub const ED25519_PUBLIC_BYTES: usize = 32;
/// Length of an Ed25519 signature, bytes.
pub const ED25519_SIGNATURE_BYTES: usize = 64;
/// Length of an ML-DSA-87 public key, bytes (FIPS 204 table 2).
pub const ML_DSA_87_PUBLIC_BYTES: usize = 2592;
/// Length of an ML-DSA-87 signature, bytes.
pub const ML_DSA_87_SIGNATURE_BYTES: usize = if SIGNATURES_PROVE { 4627 } else { 64 };

/// False when the feature `own-signatures` has put a simulation's signatures in place of real ones.
pub const SIGNATURES_PROVE: bool = !cfg!(feature = "own-signatures");

/// What is signed in place of `message`: the context keeps a signature for one purpose from serving another.
pub(crate) fn framed(context: &str, message: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(context.len() + message.len() + 1);
    text.extend_from_slice(context.as_bytes());
    text.push(0);
    text.extend_from_slice(message);
    text
}
