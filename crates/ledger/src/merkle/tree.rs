//! The growing edge of one log's tree: what must stay in memory so that leaves can be appended and the
//! current root computed without reading anything.
//!
//! Laid out as the right edge of C2SP tlog-tiles: per tile level the hashes of the last, unfinished tile.
//! At most 255 hashes of 32 bytes per level, so a log of 10^9 records keeps under 32 KB.

use super::hash::{Hash, empty_root, node_hash, perfect_root};
use super::tiles::{TILE_WIDTH, TileId};

/// The size of a tree and the unfinished tile of each level, lowest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    size: u64,
    edge: Vec<Vec<Hash>>,
}

/// Tiles that appending produced and that must be stored: finished ones of every level, and the
/// unfinished ones above level 0 that changed (level 0 can be recomputed from the headers).
#[derive(Debug, Default)]
pub struct Growth {
    tiles: Vec<(TileId, Vec<Hash>)>,
}

impl Growth {
    /// The tiles to store, later ones replacing earlier ones of the same id.
    pub fn tiles(&self) -> impl Iterator<Item = (TileId, &[Hash])> {
        self.tiles.iter().map(|(id, hashes)| (*id, hashes.as_slice()))
    }
}

impl Tree {
    /// Rebuilds the edge of a tree of `size` leaves from its unfinished tiles, lowest level first.
    /// `None` when a level does not have the width that `size` demands.
    pub fn restore(size: u64, edge: Vec<Vec<Hash>>) -> Option<Self> {
        let mut count = size;
        for level in &edge {
            if level.len() as u64 != count % TILE_WIDTH {
                return None;
            }
            count /= TILE_WIDTH;
        }
        (count == 0).then_some(Self { size, edge })
    }

    /// How many tile levels a tree of `size` leaves has, and the width of the unfinished tile of each.
    pub fn edge_widths(size: u64) -> Vec<u64> {
        let mut widths = Vec::new();
        let mut count = size;
        while count > 0 {
            widths.push(count % TILE_WIDTH);
            count /= TILE_WIDTH;
        }
        widths
    }

    /// The number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The unfinished tile of `level`.
    pub fn edge(&self, level: usize) -> &[Hash] {
        self.edge.get(level).map_or(&[], Vec::as_slice)
    }

    /// Appends leaf hashes and tells which tiles to store.
    pub fn extend(&mut self, leaves: impl IntoIterator<Item = Hash>) -> Growth {
        let mut growth = Growth::default();
        let mut highest_changed = 0;
        for leaf in leaves {
            highest_changed = self.push(leaf, &mut growth).max(highest_changed);
        }
        for level in 1..=highest_changed {
            if !self.edge[level].is_empty() {
                let id = TileId { level: level as u8, index: self.size >> (8 * (level + 1)) };
                growth.tiles.push((id, self.edge[level].clone()));
            }
        }
        growth
    }

    /// Appends one leaf; returns the highest level whose unfinished tile it changed.
    fn push(&mut self, leaf: Hash, growth: &mut Growth) -> usize {
        self.size += 1;
        let mut carry = leaf;
        let mut level = 0;
        loop {
            if self.edge.len() == level {
                self.edge.push(Vec::with_capacity(TILE_WIDTH as usize));
            }
            let tile = &mut self.edge[level];
            tile.push(carry);
            if (tile.len() as u64) < TILE_WIDTH {
                return level;
            }
            carry = perfect_root(tile);
            let index = (self.size >> (8 * (level + 1))) - 1;
            let full = std::mem::replace(tile, Vec::with_capacity(TILE_WIDTH as usize));
            growth.tiles.push((TileId { level: level as u8, index }, full));
            level += 1;
        }
    }

    /// The root at the current size.
    pub fn root(&self) -> Hash {
        let mut right: Option<Hash> = None;
        for tile in &self.edge {
            // Perfect subtrees of one tile, smallest first: the set bits of its width from the right.
            let mut end = tile.len();
            while end > 0 {
                let width = 1 << end.trailing_zeros();
                let peak = perfect_root(&tile[end - width..end]);
                right = Some(right.map_or(peak, |right| node_hash(&peak, &right)));
                end -= width;
            }
        }
        right.unwrap_or_else(empty_root)
    }
}

#[cfg(test)]
mod tests {
    use super::super::hash::{leaf_hash, root_of};
    use super::*;

    #[test]
    fn the_root_is_that_of_the_definition_at_every_size() {
        let leaves: Vec<Hash> = (0..700_u32).map(|i| leaf_hash(&i.to_be_bytes())).collect();
        let mut tree = Tree::default();
        for size in 0..leaves.len() {
            assert_eq!(tree.root(), root_of(&leaves[..size]), "size {size}");
            tree.extend([leaves[size]]);
        }
    }

    #[test]
    fn a_restored_edge_must_have_the_widths_of_its_size() {
        let mut tree = Tree::default();
        tree.extend((0..300_u32).map(|i| leaf_hash(&i.to_be_bytes())));
        let edge = vec![tree.edge(0).to_vec(), tree.edge(1).to_vec()];
        assert_eq!(Tree::restore(300, edge.clone()).as_ref(), Some(&tree));
        assert_eq!(Tree::restore(301, edge), None);
    }
}
