//! Extending a mirror of somebody's log: nothing is stored unless the root is the one the author signed (I3).

use bytes::Bytes;
use model::{Digest, Position};
use records::HeaderReader;

use super::checkpoint::CheckpointError;
use crate::append::{MAX_BATCH, MAX_BODY_BYTES, MAX_HEADER_BYTES, MAX_OPENINGS_BYTES};
use crate::draft::{MirrorItem, Parts, Receipt};
use crate::error::WriteError;
use crate::keys::VerifyingKeys;
use crate::ledger::Ledger;
use crate::merkle::{Hash, leaf_hash};
use crate::work::{Outcome, Refusal, Work};
use crate::{CheckpointNote, LogId, LogKey};

/// Consecutive places of somebody's log, ending exactly where a checkpoint was signed.
#[derive(Debug)]
pub struct MirrorBatch<'a> {
    /// The place of the first item; must be the size of the mirror.
    pub first: Position,
    /// The items.
    pub items: Vec<MirrorItem>,
    /// The author's checkpoint at the size after the last item.
    pub checkpoint: &'a CheckpointNote,
    /// The author's keys.
    pub keys: &'a VerifyingKeys,
}

/// Why a mirror was not extended; nothing of the batch was stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MirrorError {
    /// Not written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The checkpoint is not believed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The batch does not begin where the mirror ends.
    #[error(
        "the mirror has {expected} records, the batch begins at {actual}; ask for records from {expected}"
    )]
    Behind {
        /// Size of the mirror.
        expected: u64,
        /// Where the batch begins.
        actual: u64,
    },
    /// The batch ends elsewhere than its checkpoint.
    #[error(
        "the batch ends at size {ends}, its checkpoint speaks of {signed}; stop this link and ask its author"
    )]
    OtherSize {
        /// Size after the batch.
        ends: u64,
        /// Size in the checkpoint.
        signed: u64,
    },
    /// The leaves do not give the root that the author signed.
    #[error(
        "the records do not give the root that their author signed: one was altered, reordered or left out"
    )]
    WrongRoot,
    /// A body is not the one its header promises.
    #[error("the body at position {0} does not match its header; stop this link and ask its author")]
    WrongBody(Position),
    /// A header cannot be read.
    #[error("the header at position {position} is not a record header: {reason}")]
    WrongHeader {
        /// Where.
        position: Position,
        /// What is wrong.
        reason: String,
    },
    /// Too many records, or one that is too large.
    #[error("the batch is too large at position {0}; send less at once")]
    TooLarge(Position),
}

/// What is wrong with one item, before its place is known to the caller's error type.
pub(super) enum ItemFault {
    TooLarge,
    Header(String),
    Body,
}

impl Ledger {
    /// Verifies and stores a batch. The checkpoint is verified first, every body against its header, and the root
    /// inside the transaction.
    pub fn mirror(&self, log: LogId, batch: MirrorBatch<'_>) -> Result<Receipt, MirrorError> {
        let MirrorBatch { first, items, checkpoint, keys } = batch;
        self.check(log, checkpoint, keys)?;
        let key = self.key(log).ok_or(WriteError::UnknownLog(log))?;
        let ends = first.0 + items.len() as u64;
        if checkpoint.size() != ends {
            return Err(MirrorError::OtherSize { ends, signed: checkpoint.size() });
        }
        if items.len() > MAX_BATCH {
            return Err(MirrorError::TooLarge(Position(first.0 + MAX_BATCH as u64)));
        }
        let mut headers = HeaderReader::default();
        let mut bytes = checkpoint.as_bytes().len();
        let mut leaves = Vec::with_capacity(items.len());
        let mut parts = Vec::with_capacity(items.len());
        for (offset, item) in items.into_iter().enumerate() {
            let position = Position(first.0 + offset as u64);
            let (leaf, size) = check_item(&key, &mut headers, &item).map_err(|fault| at(position, fault))?;
            leaves.push(leaf);
            bytes += size;
            parts.push(Parts::from(item));
        }
        let work = Work::Mirror {
            log,
            first,
            parts,
            leaves,
            root: checkpoint.root(),
            note: checkpoint.as_bytes().to_vec(),
        };
        match self.ask(work, bytes) {
            Ok(Outcome::Receipt(receipt)) => Ok(receipt),
            Ok(_) => Err(WriteError::Closed.into()),
            Err(Refusal::Behind { expected, actual }) => Err(MirrorError::Behind { expected, actual }),
            Err(Refusal::WrongRoot) => Err(MirrorError::WrongRoot),
            Err(refusal) => Err(refusal.into_write().into()),
        }
    }
}

fn at(position: Position, fault: ItemFault) -> MirrorError {
    match fault {
        ItemFault::TooLarge => MirrorError::TooLarge(position),
        ItemFault::Header(reason) => MirrorError::WrongHeader { position, reason },
        ItemFault::Body => MirrorError::WrongBody(position),
    }
}

/// The leaf of an item and its size, when it belongs to this log and its body is the one its header promises.
pub(super) fn check_item(
    key: &LogKey,
    headers: &mut HeaderReader,
    item: &MirrorItem,
) -> Result<(Hash, usize), ItemFault> {
    let (header, body, openings) = match item {
        MirrorItem::Withheld { leaf } => return Ok((leaf.0, 32)),
        MirrorItem::Record { header, body, openings } => (header, body, openings),
    };
    let length = |part: &Option<Bytes>| part.as_ref().map_or(0, Bytes::len);
    let (body_size, openings_size) = (length(body), length(openings));
    if header.len() > MAX_HEADER_BYTES || body_size > MAX_BODY_BYTES || openings_size > MAX_OPENINGS_BYTES {
        return Err(ItemFault::TooLarge);
    }
    let reading = headers.read(header).map_err(|error| ItemFault::Header(error.to_string()))?;
    let parsed = &*reading.header;
    // A log holds its own party's records of its own realm; nothing crosses realms (I6).
    if parsed.author != key.party || !parsed.is_in(&key.realm) {
        let realm: String = parsed.realm.chars().take(60).collect();
        let reason = format!("it is by {} in realm {realm}, the log is {}", parsed.author, key.origin());
        return Err(ItemFault::Header(reason));
    }
    if let Some(body) = body
        && (parsed.body_size != body.len() as u64 || reading.body_sha256 != Digest::of(body))
    {
        return Err(ItemFault::Body);
    }
    Ok((leaf_hash(header), header.len() + body_size + openings_size))
}
