//! The secret half of a party's keys, held as two 32-byte seeds.

use std::fmt;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _, ML_DSA_87_SIGNING, PqdsaKeyPair};

use super::hybrid::HybridSignature;
use super::verifying::VerifyingKeys;
use super::{ML_DSA_87_SIGNATURE_BYTES, framed, own};

/// Both key pairs of a party.
pub struct PartyKeys {
    pub(super) seeds: [[u8; 32]; 2],
    ed25519: Ed25519KeyPair,
    ml_dsa_87: PqdsaKeyPair,
    verifying: VerifyingKeys,
}

/// Why bytes are not keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// A public key of the wrong length.
    #[error("a public key has the wrong length; ask the party for its card file again")]
    Length,
    /// The library refused the seed.
    #[error("the key material is damaged; restore the key file from its backup")]
    Rejected,
}

impl PartyKeys {
    /// Fresh keys from the operating system's random source.
    #[expect(clippy::disallowed_methods, reason = "the door through which keys come into being")]
    pub fn generate() -> Result<Self, KeyError> {
        let mut seeds = [[0; 32]; 2];
        for seed in &mut seeds {
            aws_lc_rs::rand::fill(seed).map_err(|_| KeyError::Rejected)?;
        }
        Self::from_seeds(seeds)
    }

    /// The keys that two seeds give: Ed25519 (RFC 8032) and ML-DSA-87 (FIPS 204 `ξ`). For key files and for tests
    /// that must be reproducible.
    pub fn from_seeds(seeds: [[u8; 32]; 2]) -> Result<Self, KeyError> {
        let ed25519 = Ed25519KeyPair::from_seed_unchecked(&seeds[0]).map_err(|_| KeyError::Rejected)?;
        let ml_dsa_87 =
            PqdsaKeyPair::from_seed(&ML_DSA_87_SIGNING, &seeds[1]).map_err(|_| KeyError::Rejected)?;
        let verifying = VerifyingKeys::new(ed25519.public_key().as_ref(), ml_dsa_87.public_key().as_ref())?;
        Ok(Self { seeds, ed25519, ml_dsa_87, verifying })
    }

    /// The public half.
    pub fn verifying(&self) -> &VerifyingKeys {
        &self.verifying
    }

    /// Signs `message` in `context` with both keys.
    pub fn sign(&self, context: &str, message: &[u8]) -> HybridSignature {
        self.sign_raw(&framed(context, message))
    }

    pub(crate) fn sign_raw(&self, message: &[u8]) -> HybridSignature {
        if cfg!(feature = "own-signatures") {
            return own::sign(&self.verifying, message);
        }
        let mut ml_dsa_87 = vec![0; ML_DSA_87_SIGNATURE_BYTES];
        // Signing fails only when the library itself is broken; an all-zero signature then verifies nowhere.
        if self.ml_dsa_87.sign(message, &mut ml_dsa_87).is_err() {
            ml_dsa_87.fill(0);
        }
        HybridSignature { ed25519: self.ed25519.sign(message).as_ref().to_vec(), ml_dsa_87 }
    }
}

impl fmt::Debug for PartyKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PartyKeys({})", self.verifying.party_id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::SignatureError;

    #[test]
    fn both_halves_must_hold_and_only_in_their_context() {
        let keys = PartyKeys::from_seeds([[1; 32], [2; 32]]).expect("keys");
        let signature = keys.sign("card", b"text");
        let public = keys.verifying();
        assert_eq!(public.verify("card", b"text", &signature), Ok(()));
        assert_eq!(public.verify("note", b"text", &signature), Err(SignatureError::Ed25519));
        let mut half = signature.clone();
        half.ml_dsa_87[100] ^= 1;
        assert_eq!(public.verify("card", b"text", &half), Err(SignatureError::MlDsa87));
        let [ed, ml] = signature.to_base64();
        assert_eq!(HybridSignature::from_base64(&ed, &ml), Ok(signature));
    }
}
