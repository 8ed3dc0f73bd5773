//! The 64-bit key under which the picture finds a STIX id.

use sha2::{Digest as _, Sha256};

/// The first eight bytes of SHA-256 of the id, as SQLite's signed integer.
pub(crate) fn key_of(id: &str) -> i64 {
    let digest = Sha256::digest(id.as_bytes());
    i64::from_be_bytes([
        digest[0], digest[1], digest[2], digest[3], digest[4], digest[5], digest[6], digest[7],
    ])
}
