//! The two hash functions of RFC 6962 §2.1 and the root over a list of leaf hashes.

use sha2::{Digest as _, Sha256};

/// One node of the tree: 32 bytes of SHA-256.
pub type Hash = [u8; 32];

/// The root of a tree without leaves: the hash of the empty string (RFC 6962 §2.1).
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// The leaf hash of one record header, SHA-256(0x00 ‖ header); it is also the record's id.
pub fn leaf_hash(header: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([0x00]);
    hasher.update(header);
    hasher.finalize().into()
}

/// The hash of an inner node, SHA-256(0x01 ‖ left ‖ right).
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut block = [0x01; 65];
    block[1..33].copy_from_slice(left);
    block[33..].copy_from_slice(right);
    Sha256::digest(block).into()
}

/// The root over leaf hashes in order. Splits at the largest power of two, as RFC 6962 §2.1 defines it.
pub fn root_of(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => empty_root(),
        [one] => *one,
        many if many.len().is_power_of_two() => perfect_root(many),
        many => {
            let (left, right) = many.split_at(split_point(many.len() as u64) as usize);
            node_hash(&perfect_root(left), &root_of(right))
        }
    }
}

/// The largest power of two smaller than `count`, for `count` ≥ 2.
pub(crate) fn split_point(count: u64) -> u64 {
    count.next_power_of_two() / 2
}

/// The root over exactly 2^k hashes, level by level in one buffer: the hot path of closing a tile.
pub(crate) fn perfect_root(hashes: &[Hash]) -> Hash {
    let mut row: Vec<Hash> = hashes.to_vec();
    let mut width = row.len();
    while width > 1 {
        width /= 2;
        for i in 0..width {
            row[i] = node_hash(&row[2 * i], &row[2 * i + 1]);
        }
    }
    row[0]
}
