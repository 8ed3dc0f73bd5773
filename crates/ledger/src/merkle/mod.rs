//! The RFC 6962 Merkle tree over record headers: hashing, growing, tiles and proofs. Pure: no disk here.

mod hash;
mod proof;
mod tiles;
mod tree;

pub(crate) use hash::perfect_root;
pub use hash::{Hash, empty_root, leaf_hash, node_hash, root_of};
pub use proof::{ProofError, verify_consistency, verify_inclusion};
pub use tiles::{MissingTile, TILE_WIDTH, TileId, TileView};
pub use tree::{Growth, Tree};
