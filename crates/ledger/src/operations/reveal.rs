//! Revealing: a record that was withheld as a hash is now released; it must hash to that very leaf.

use std::collections::HashSet;

use model::Position;
use records::HeaderReader;

use super::mirror::{ItemFault, check_item};
use crate::LogId;
use crate::append::MAX_BATCH;
use crate::draft::{MirrorItem, Parts, Receipt};
use crate::error::{RevealError, WriteError};
use crate::ledger::Ledger;
use crate::work::{Outcome, Refusal, Work};

impl Ledger {
    /// Stores revealed records under new arrival numbers, so that views see them. All of them, or none.
    pub fn reveal(&self, log: LogId, items: Vec<(Position, MirrorItem)>) -> Result<Receipt, RevealError> {
        if let Some((position, _)) = items.get(MAX_BATCH) {
            return Err(RevealError::TooLarge(*position));
        }
        let key = self.key(log).ok_or(WriteError::UnknownLog(log))?;
        let mut headers = HeaderReader::default();
        let mut places = HashSet::new();
        let mut bytes = 0;
        let mut leaves = Vec::with_capacity(items.len());
        let mut parts = Vec::with_capacity(items.len());
        for (position, item) in items {
            // The same place twice: the second time it would be revealed already.
            if matches!(item, MirrorItem::Withheld { .. }) || !places.insert(position) {
                return Err(RevealError::NotWithheld(position));
            }
            let (leaf, size) = check_item(&key, &mut headers, &item).map_err(|fault| match fault {
                ItemFault::TooLarge => RevealError::TooLarge(position),
                ItemFault::Header(reason) => RevealError::WrongHeader { position, reason },
                ItemFault::Body => RevealError::WrongBody(position),
            })?;
            leaves.push(leaf);
            bytes += size;
            parts.push((position, Parts::from(item)));
        }
        match self.ask(Work::Reveal { log, parts, leaves }, bytes) {
            Ok(Outcome::Receipt(receipt)) => Ok(receipt),
            Ok(_) => Err(WriteError::Closed.into()),
            Err(Refusal::NotWithheld(position)) => Err(RevealError::NotWithheld(position)),
            Err(Refusal::WrongLeaf(position)) => Err(RevealError::WrongLeaf(position)),
            Err(refusal) => Err(refusal.into_write().into()),
        }
    }
}
