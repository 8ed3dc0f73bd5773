//! The signature lines of a C2SP signed note: `— name base64(key id ‖ signature)`.

use model::from_base64;
use sha2::{Digest as _, Sha256};

use super::checkpoint::NoteError;
use crate::keys::{
    ED25519_SIGNATURE_BYTES, HybridSignature, ML_DSA_87_SIGNATURE_BYTES, PartyKeys, VerifyingKeys,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Type of an Ed25519 line.
const ED25519_TYPE: &[u8] = &[0x01];
/// Type of an ML-DSA-87 line: 0xff says that a longer name follows.
const ML_DSA_87_TYPE: &[u8] = b"\xffentente-ml-dsa-87";

/// Signature lines read at most; more than any log and its witnesses need.
const MAX_LINES: usize = 32;

/// One signature line: a name, and the key id followed by the signature.
type Line<'a> = (&'a str, Vec<u8>);

/// SHA-256(name ‖ 0x0A ‖ type ‖ key), its first four bytes.
fn key_id(name: &str, kind: &[u8], key: &[u8]) -> [u8; 4] {
    let digest =
        Sha256::new_with_prefix(name).chain_update(b"\n").chain_update(kind).chain_update(key).finalize();
    [digest[0], digest[1], digest[2], digest[3]]
}

/// `text` with both signature lines of `keys` under `name`.
pub(super) fn sign(text: &str, name: &str, keys: &PartyKeys) -> String {
    let signature = keys.sign_raw(text.as_bytes());
    let public = keys.verifying();
    let line = |kind: &[u8], key: &[u8], signature: &[u8]| {
        let mut bytes = key_id(name, kind, key).to_vec();
        bytes.extend_from_slice(signature);
        format!("\u{2014} {name} {}\n", STANDARD.encode(bytes))
    };
    format!(
        "{text}\n{}{}",
        line(ED25519_TYPE, public.ed25519(), &signature.ed25519),
        line(ML_DSA_87_TYPE, public.ml_dsa_87(), &signature.ml_dsa_87)
    )
}

/// Splits a note into its text (with the final newline) and its signature lines.
pub(super) fn split(note: &str) -> Result<(&str, Vec<Line<'_>>), NoteError> {
    let at = note.rfind("\n\n").ok_or(NoteError::Malformed("no blank line before the signatures"))?;
    let mut lines = Vec::new();
    for line in note[at + 2..].lines() {
        if lines.len() == MAX_LINES {
            return Err(NoteError::Malformed("more than 32 signature lines"));
        }
        let rest = line
            .strip_prefix("\u{2014} ")
            .ok_or(NoteError::Malformed("a signature line without its dash"))?;
        let (name, text) =
            rest.split_once(' ').ok_or(NoteError::Malformed("a signature line without a name"))?;
        let bytes = from_base64(text).map_err(|_| NoteError::Malformed("a signature that is not base64"))?;
        lines.push((name, bytes));
    }
    if lines.is_empty() || !note.ends_with('\n') {
        return Err(NoteError::Malformed("no signature line, or the last one is cut"));
    }
    Ok((&note[..=at], lines))
}

/// Both lines of `keys` under `name` must be there and hold; lines of others are ignored.
pub(super) fn verify(
    text: &str,
    name: &str,
    lines: &[Line<'_>],
    keys: &VerifyingKeys,
) -> Result<(), NoteError> {
    let find = |kind: &[u8], key: &[u8], length: usize| {
        let id = key_id(name, kind, key);
        lines
            .iter()
            .find(|(who, bytes)| *who == name && bytes.len() == length + 4 && bytes[..4] == id)
            .map(|(_, bytes)| bytes[4..].to_vec())
            .ok_or(NoteError::Unsigned)
    };
    let signature = HybridSignature {
        ed25519: find(ED25519_TYPE, keys.ed25519(), ED25519_SIGNATURE_BYTES)?,
        ml_dsa_87: find(ML_DSA_87_TYPE, keys.ml_dsa_87(), ML_DSA_87_SIGNATURE_BYTES)?,
    };
    keys.verify_raw(text.as_bytes(), &signature).map_err(NoteError::Signature)
}
