//! Tiles of 256 hashes (C2SP tlog-tiles), and what can be computed from them: any perfect subtree, any
//! past root, inclusion and consistency proofs, each from O(log n) tiles.

use std::collections::HashMap;

use super::hash::{Hash, empty_root, node_hash, perfect_root, split_point};

/// Hashes per full tile.
pub const TILE_WIDTH: u64 = 256;

/// Which tile: level 0 holds leaf hashes, level n the roots of full tiles of level n−1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileId {
    /// Level, 0 at the leaves.
    pub level: u8,
    /// Index within the level.
    pub index: u64,
}

/// A tile is absent or shorter than the size of the tree demands: the store is damaged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("tile {index} of level {level} is missing or too short; run `ledger verify`")]
pub struct MissingTile {
    /// Level of the tile.
    pub level: u8,
    /// Index of the tile.
    pub index: u64,
}

/// Answers questions about a tree by fetching tiles, each at most once.
pub struct TileView<F> {
    fetch: F,
    held: HashMap<TileId, Vec<Hash>>,
}

impl<E, F> TileView<F>
where
    E: From<MissingTile>,
    F: FnMut(TileId) -> Result<Vec<Hash>, E>,
{
    /// A view that reads tiles with `fetch`; the last tile of a level may be unfinished.
    pub fn new(fetch: F) -> Self {
        Self { fetch, held: HashMap::new() }
    }

    /// The root of the first `size` leaves.
    pub fn root(&mut self, size: u64) -> Result<Hash, E> {
        if size == 0 { Ok(empty_root()) } else { self.range(0, size) }
    }

    /// RFC 6962 §2.1.1: the audit path of leaf `index` in the tree of `size` leaves, lowest first.
    /// `index` must be below `size`.
    pub fn inclusion(&mut self, index: u64, size: u64) -> Result<Vec<Hash>, E> {
        let mut path = Vec::new();
        let (mut low, mut count) = (0, size);
        while count > 1 {
            let left = split_point(count);
            if index < low + left {
                path.push(self.range(low + left, count - left)?);
                count = left;
            } else {
                path.push(self.range(low, left)?);
                low += left;
                count -= left;
            }
        }
        path.reverse();
        Ok(path)
    }

    /// RFC 6962 §2.1.2: the proof that the tree of `old` leaves is a prefix of that of `new` leaves.
    /// Empty when `old` is 0 or equals `new`; `old` must not exceed `new`.
    pub fn consistency(&mut self, old: u64, new: u64) -> Result<Vec<Hash>, E> {
        let mut proof = Vec::new();
        if old == 0 || old >= new {
            return Ok(proof);
        }
        let (mut low, mut count, mut whole) = (0, new, true);
        while old != low + count {
            let left = split_point(count);
            if old <= low + left {
                proof.push(self.range(low + left, count - left)?);
                count = left;
            } else {
                proof.push(self.range(low, left)?);
                low += left;
                count -= left;
                whole = false;
            }
        }
        if !whole {
            proof.push(self.range(low, count)?);
        }
        proof.reverse();
        Ok(proof)
    }

    /// The root over leaves `low..low + count`, where `low` is a multiple of the power of two ≥ `count`.
    fn range(&mut self, low: u64, count: u64) -> Result<Hash, E> {
        if count.is_power_of_two() {
            return self.subtree(count.trailing_zeros(), low / count);
        }
        let left = split_point(count);
        Ok(node_hash(&self.range(low, left)?, &self.range(low + left, count - left)?))
    }

    /// The root of the perfect subtree number `index` of height `height`.
    fn subtree(&mut self, height: u32, index: u64) -> Result<Hash, E> {
        let (level, inner) = ((height / 8) as u8, height % 8);
        let first = index << inner;
        let id = TileId { level, index: first / TILE_WIDTH };
        let start = (first % TILE_WIDTH) as usize;
        let hashes = self.tile(id)?.get(start..start + (1 << inner));
        hashes.map(perfect_root).ok_or_else(|| MissingTile { level, index: id.index }.into())
    }

    /// The hashes of one tile.
    pub fn tile(&mut self, id: TileId) -> Result<&[Hash], E> {
        if !self.held.contains_key(&id) {
            let hashes = (self.fetch)(id)?;
            self.held.insert(id, hashes);
        }
        Ok(&self.held[&id])
    }
}
