//! What readers see of one stored entry, borrowed from the row.

use model::{Digest, Position, RecordId};

use crate::LogId;
use crate::merkle::leaf_hash;

/// One stored entry. The bytes live as long as the callback that receives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryRef<'a> {
    /// Arrival number on this node, from 1 without gap.
    pub seq: u64,
    /// Commit time, µs since 1970, strictly increasing over the node.
    pub at_us: i64,
    /// Whose log.
    pub log: LogId,
    /// Place in that log.
    pub position: Position,
    /// The leaf hash, only when the record is withheld from us.
    pub leaf: Option<&'a [u8]>,
    /// The header, unless withheld.
    pub header: Option<&'a [u8]>,
    /// The document, unless withheld, erased or none.
    pub body: Option<&'a [u8]>,
    /// What opens blinded parts of the header.
    pub openings: Option<&'a [u8]>,
}

impl EntryRef<'_> {
    /// The record's id, computed from the header or taken from the withheld leaf.
    pub fn record_id(&self) -> RecordId {
        RecordId(Digest(self.leaf_hash()))
    }

    pub(crate) fn leaf_hash(&self) -> [u8; 32] {
        match (self.header, self.leaf) {
            (Some(header), _) => leaf_hash(header),
            (None, Some(leaf)) => leaf.try_into().unwrap_or([0; 32]),
            (None, None) => [0; 32],
        }
    }
}
