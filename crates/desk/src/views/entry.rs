//! What a projection sees of one ledger entry, and what it may touch.

use std::any::{Any, TypeId};
use std::collections::HashMap;

use model::{PartyId, Position, Realm, RecordId};
use records::Header;
use rusqlite::Transaction;

use crate::sql::SqlError;
use crate::views::classes::Classes;

/// One readable entry, in order of arrival.
#[derive(Debug)]
pub struct Entry<'a> {
    /// Arrival number on this node.
    pub seq: u64,
    /// Commit time, µs since 1970, unique on this node.
    pub at_us: i64,
    /// Whose log it is in.
    pub log: PartyId,
    /// Its place there.
    pub position: Position,
    /// The parsed header.
    pub header: &'a Header<'a>,
    /// The header as bytes.
    pub header_bytes: &'a [u8],
    /// The body, unless erased.
    pub body: Option<&'a [u8]>,
    /// Its release class.
    pub class: u32,
}

impl Entry<'_> {
    /// The record's id, computed from the header.
    pub fn record_id(&self) -> RecordId {
        records::leaf_hash(self.header_bytes)
    }

    /// Reads the body as one of our own kinds; a body that does not parse is nobody's statement and skipped.
    pub fn read<B: records::Body>(&self) -> Option<B> {
        serde_json::from_slice(self.body?).ok()
    }
}

/// An entry whose body was erased: what is left of it.
#[derive(Debug)]
pub struct Erased<'a> {
    /// Arrival number on this node.
    pub seq: u64,
    /// Commit time, µs since 1970.
    pub at_us: i64,
    /// The parsed header.
    pub header: &'a Header<'a>,
}

/// The transaction of one fold step and the facts that projections share.
pub struct Folding<'a> {
    /// Where tables are written; use `prepare_cached`.
    pub tx: &'a Transaction<'a>,
    /// The party of this node.
    pub me: PartyId,
    /// The realm of this desk.
    pub realm: &'a Realm,
    /// The interned release classes.
    pub classes: &'a mut Classes,
    /// Set by a projection that changed what verdicts depend on.
    pub book_changed: bool,
    /// Set when cards, trust or keys of parties changed.
    pub(super) parties_changed: bool,
    /// Pages that should refresh themselves, such as `exchange`.
    pub topics: &'a mut std::collections::BTreeSet<&'static str>,
    /// What projections remember from one step to the next; forgotten when a step fails.
    pub memory: &'a mut Memory,
}

/// One value of each type, kept between fold steps: a cache of what the tables say, never a fact of its own.
#[derive(Debug, Default)]
pub struct Memory(HashMap<TypeId, Box<dyn Any + Send>>);

impl Memory {
    /// The value of this type, made on first use.
    pub fn of<T: Any + Send + Default>(&mut self) -> &mut T {
        let kept = self.0.entry(TypeId::of::<T>()).or_insert_with(|| Box::<T>::default());
        // The key is the type of the value, so the cast holds.
        kept.downcast_mut().expect("a value is kept under its own type")
    }

    pub(super) fn forget(&mut self) {
        self.0.clear();
    }
}

impl std::fmt::Debug for Folding<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Folding").field("me", &self.me).finish_non_exhaustive()
    }
}

/// Why a fold stopped. The views keep their last good position; a rebuild starts from the ledger.
#[derive(Debug, thiserror::Error)]
pub enum FoldError {
    /// The views database refused.
    #[error("cannot write the views: {0}; free space, or run `entente views rebuild`")]
    Sql(#[from] SqlError),
    /// A body was erased whose traces cannot be taken away row by row; handled by who folds.
    #[error("a body was erased that many rows speak of; the views are folded anew")]
    Anew,
    /// The ledger could not be read.
    #[error(transparent)]
    Ledger(#[from] ledger::ReadError),
}
