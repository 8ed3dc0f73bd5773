//! Public keys of passkeys (RFC 9053): ES256, EdDSA with Ed25519, RS256.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::{Deserialize, Serialize};

use super::cbor::Value;

/// A public key, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum PublicKey {
    /// A point on P-256, uncompressed.
    P256 {
        /// 65 bytes.
        point: Vec<u8>,
    },
    /// A point on edwards25519.
    Ed25519 {
        /// 32 bytes.
        point: Vec<u8>,
    },
    /// RSA.
    Rsa {
        /// The modulus.
        n: Vec<u8>,
        /// The exponent.
        e: Vec<u8>,
    },
}

impl PublicKey {
    /// Out of a COSE key.
    pub(super) fn read(key: &Value<'_>) -> Option<Self> {
        let whole = |label| match key.get_whole(label) {
            Some(Value::Whole(number)) => Some(*number),
            _ => None,
        };
        let bytes = |label| match key.get_whole(label) {
            Some(Value::Bytes(bytes)) => Some(bytes.to_vec()),
            _ => None,
        };
        match (whole(1)?, whole(3)?, whole(-1)) {
            (2, -7, Some(1)) => {
                let (x, y) = (bytes(-2)?, bytes(-3)?);
                let fits = x.len() == 32 && y.len() == 32;
                fits.then(|| Self::P256 { point: [vec![4], x, y].concat() })
            }
            (1, -8, Some(6)) => bytes(-2).filter(|x| x.len() == 32).map(|point| Self::Ed25519 { point }),
            (3, -257, None) => Some(Self::Rsa { n: bytes(-1)?, e: bytes(-2)? }),
            _ => None,
        }
    }

    /// True when the signature over `text` is of this key.
    pub(super) fn signed(&self, text: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::P256 { point } => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, point).verify(text, signature).is_ok()
            }
            Self::Ed25519 { point } => {
                UnparsedPublicKey::new(&ED25519, point).verify(text, signature).is_ok()
            }
            Self::Rsa { n, e } => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, text, signature).is_ok()
            }
        }
    }
}
