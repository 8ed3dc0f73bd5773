//! Inclusion and consistency proofs (RFC 6962 §2.1), from O(log n) tiles.

use model::{Digest, Position};

use crate::error::ReadError;
use crate::merkle::{Hash, verify_inclusion};
use crate::{LogId, Reader};

/// That one record is in the log at one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inclusion {
    /// The leaf: the record's id.
    pub leaf: Digest,
    /// Its place.
    pub position: Position,
    /// The size of the tree.
    pub size: u64,
    /// The root at that size.
    pub root: Digest,
    /// The audit path, lowest first.
    pub path: Vec<Digest>,
}

impl Inclusion {
    /// Recomputes the root from the leaf and the path.
    pub fn holds(&self) -> bool {
        let path: Vec<Hash> = self.path.iter().map(|hash| hash.0).collect();
        verify_inclusion(&self.leaf.0, self.position.0, self.size, &path, &self.root.0).is_ok()
    }
}

impl Reader {
    /// Proves that the record at `position` is among the first `size` records of a log.
    pub fn prove_inclusion(&self, log: LogId, position: Position, size: u64) -> Result<Inclusion, ReadError> {
        let held = self.size(log)?;
        if size > held || position.0 >= size {
            return Err(ReadError::Beyond { asked: size.max(position.0 + 1), size: held });
        }
        let mut leaf = [0; 32];
        self.at(log, position, |entry| leaf = entry.leaf_hash())?;
        let mut tiles = self.tiles(log, held);
        let path = tiles.inclusion(position.0, size)?.into_iter().map(Digest).collect();
        let root = Digest(tiles.root(size)?);
        Ok(Inclusion { leaf: Digest(leaf), position, size, root, path })
    }

    /// Proves that the tree of `old` records is a prefix of the tree of `new` records.
    pub fn prove_consistency(&self, log: LogId, old: u64, new: u64) -> Result<Vec<Digest>, ReadError> {
        let held = self.size(log)?;
        if new > held || old > new {
            return Err(ReadError::Beyond { asked: new.max(old), size: held });
        }
        Ok(self.tiles(log, held).consistency(old, new)?.into_iter().map(Digest).collect())
    }
}
