//! Rotation: old and new keys sign one statement, so a reader who knew the old ones learns the new.

use model::{from_base64, to_base64};

use super::hybrid::{HybridSignature, SignatureError};
use super::party::PartyKeys;
use super::verifying::VerifyingKeys;

const CONTEXT: &str = "entente/rotation/v1";

/// A statement "from this log size on, these are my keys", as the exact text that is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotationStatement {
    /// Five lines: title, fingerprint of the old keys, log size, Ed25519 key, ML-DSA-87 key (base64).
    pub text: String,
    /// Signature by the old keys.
    pub old: HybridSignature,
    /// Signature by the new keys.
    pub new: HybridSignature,
}

/// Why a rotation is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RotationError {
    /// Not the text of a rotation.
    #[error("not a rotation statement; ask the party to issue it again")]
    Malformed,
    /// It replaces keys that are not the ones known.
    #[error("the rotation replaces other keys than those known; fetch the party's earlier rotations first")]
    OtherKeys,
    /// A signature does not hold.
    #[error(transparent)]
    Signature(#[from] SignatureError),
}

impl RotationStatement {
    /// Both key pairs sign that `new` replaces `old` for log sizes above `from_size`.
    pub fn issue(old: &PartyKeys, new: &PartyKeys, from_size: u64) -> Self {
        let public = new.verifying();
        let text = format!(
            "entente key rotation v1\n{}\n{from_size}\n{}\n{}\n",
            old.verifying().fingerprint(),
            to_base64(public.ed25519()),
            to_base64(public.ml_dsa_87()),
        );
        let (by_old, by_new) = (old.sign(CONTEXT, text.as_bytes()), new.sign(CONTEXT, text.as_bytes()));
        Self { text, old: by_old, new: by_new }
    }

    /// The size of the log from which a statement says the new keys hold.
    pub fn from_size(text: &str) -> Option<u64> {
        text.lines().nth(2)?.parse().ok()
    }

    /// The new keys, when `text` names `known` as the old ones and both signatures hold.
    pub fn verify(
        text: &[u8],
        known: &VerifyingKeys,
        old: &HybridSignature,
        new: &HybridSignature,
    ) -> Result<VerifyingKeys, RotationError> {
        let lines: Vec<&str> =
            std::str::from_utf8(text).map_err(|_| RotationError::Malformed)?.lines().take(6).collect();
        let [title, fingerprint, size, ed25519, ml_dsa_87] = lines[..] else {
            return Err(RotationError::Malformed);
        };
        if title != "entente key rotation v1" || size.parse::<u64>().is_err() {
            return Err(RotationError::Malformed);
        }
        if fingerprint != known.fingerprint().hex() {
            return Err(RotationError::OtherKeys);
        }
        let key = |text| from_base64(text).map_err(|_| RotationError::Malformed);
        let keys =
            VerifyingKeys::new(&key(ed25519)?, &key(ml_dsa_87)?).map_err(|_| RotationError::Malformed)?;
        known.verify(CONTEXT, text, old)?;
        keys.verify(CONTEXT, text, new)?;
        Ok(keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_of_rotations_leads_from_the_first_keys_to_the_last() {
        let keys: Vec<PartyKeys> =
            (0..3).map(|n| PartyKeys::from_seeds([[n; 32], [n + 9; 32]]).expect("keys")).collect();
        let mut known = keys[0].verifying().clone();
        for pair in keys.windows(2) {
            let statement = RotationStatement::issue(&pair[0], &pair[1], 17);
            let text = statement.text.as_bytes();
            known =
                RotationStatement::verify(text, &known, &statement.old, &statement.new).expect("believed");
        }
        assert_eq!(&known, keys[2].verifying());
        let skipped = RotationStatement::issue(&keys[1], &keys[2], 17);
        let first = keys[0].verifying();
        let verdict = RotationStatement::verify(skipped.text.as_bytes(), first, &skipped.old, &skipped.new);
        assert_eq!(verdict, Err(RotationError::OtherKeys));
    }
}
