//! What goes in and what comes back: drafts, receipts, items of a mirror.

use bytes::Bytes;
use model::{Digest, Position};

use crate::LogId;

/// A sealed record that has no place yet. The ledger keeps the bytes as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Compact JSON; its leaf hash is the record's id.
    pub header: Bytes,
    /// The document, if the record has one; erasable.
    pub body: Option<Bytes>,
    /// What opens the blinded parts of the header; stays beside the record and never leaves by itself.
    pub openings: Option<Bytes>,
}

impl Draft {
    pub(crate) fn size_bytes(&self) -> usize {
        let length = |part: &Option<Bytes>| part.as_ref().map_or(0, Bytes::len);
        self.header.len() + length(&self.body) + length(&self.openings) + ENTRY_OVERHEAD
    }
}

/// Bytes an entry costs beside its own; used for back-pressure only.
const ENTRY_OVERHEAD: usize = 64;

/// What is now durable: `count` records of `log` from position `first`, arrived as `first_seq` and following.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// The log written to.
    pub log: LogId,
    /// Position of the first record.
    pub first: Position,
    /// How many records.
    pub count: u64,
    /// Arrival number of the first record; the others follow without gap. 0 when `count` is 0.
    pub first_seq: u64,
    /// Commit time of the first record, µs since 1970; later ones are strictly later.
    pub first_at_us: i64,
    /// The size of the log afterwards.
    pub size: u64,
}

impl Receipt {
    /// Arrival number of the last record: a view that has folded up to here shows all of them.
    pub fn last_seq(&self) -> u64 {
        (self.first_seq + self.count).saturating_sub(1)
    }
}

/// One place of somebody else's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MirrorItem {
    /// A record released to us.
    Record {
        /// Header as its author wrote it.
        header: Bytes,
        /// The document; `None` when the author has erased it or the record has none.
        body: Option<Bytes>,
        /// What its author opened for us.
        openings: Option<Bytes>,
    },
    /// A record withheld from us: the leaf hash alone, so that the root can still be checked.
    Withheld {
        /// Leaf hash.
        leaf: Digest,
    },
}

/// The side of an entry that is stored: shared by append, mirror and reveal.
#[derive(Debug, Clone)]
pub(crate) struct Parts {
    /// Set only for a withheld record.
    pub leaf: Option<[u8; 32]>,
    pub header: Option<Bytes>,
    pub body: Option<Bytes>,
    pub openings: Option<Bytes>,
}

impl From<Draft> for Parts {
    fn from(draft: Draft) -> Self {
        Self { leaf: None, header: Some(draft.header), body: draft.body, openings: draft.openings }
    }
}

impl From<MirrorItem> for Parts {
    fn from(item: MirrorItem) -> Self {
        match item {
            MirrorItem::Record { header, body, openings } => {
                Self { leaf: None, header: Some(header), body, openings }
            }
            MirrorItem::Withheld { leaf } => {
                Self { leaf: Some(leaf.0), header: None, body: None, openings: None }
            }
        }
    }
}
