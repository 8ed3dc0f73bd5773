//! Appending records to a log: durable when it returns, or when the callback is called.

use crate::LogId;
use crate::draft::{Draft, Parts, Receipt};
use crate::error::AppendError;
use crate::ledger::Ledger;
use crate::merkle::leaf_hash;
use crate::work::{OnceKey, Outcome, Refusal, Work};

/// Largest header, bytes; the limit of the record format.
pub const MAX_HEADER_BYTES: usize = 64 << 10;
/// Largest body, bytes.
pub const MAX_BODY_BYTES: usize = 64 << 20;
/// Largest openings, bytes.
pub const MAX_OPENINGS_BYTES: usize = 4 << 20;
/// Most records in one call.
pub const MAX_BATCH: usize = 100_000;

impl Ledger {
    /// Appends drafts to a log in order and waits until they are durable. All of them, or none.
    pub fn append(&self, log: LogId, drafts: Vec<Draft>) -> Result<Receipt, AppendError> {
        let (work, bytes) = prepare(log, drafts, Vec::new())?;
        receipt(self.ask(work, bytes))
    }

    /// The same for what must be done once, whichever node of a party does it: none of the keys may have been used
    /// before, on any node. Says [`AppendError::Repeated`] when one was, and appends nothing. Keys are derived from what
    /// is answered, so that whoever answers comes to the same.
    pub fn append_once(
        &self,
        log: LogId,
        drafts: Vec<Draft>,
        keys: Vec<OnceKey>,
    ) -> Result<Receipt, AppendError> {
        let (work, bytes) = prepare(log, drafts, keys)?;
        receipt(self.ask(work, bytes))
    }

    /// Appends without waiting for the disk; `on_done` is called on the writer's thread and must be short.
    /// Waits only when too many bytes are queued already.
    pub fn append_with(
        &self,
        log: LogId,
        drafts: Vec<Draft>,
        on_done: Box<dyn FnOnce(Result<Receipt, AppendError>) + Send>,
    ) {
        match prepare(log, drafts, Vec::new()) {
            Ok((work, bytes)) => self.submit(work, bytes, Box::new(move |answer| on_done(receipt(answer)))),
            Err(error) => on_done(Err(error)),
        }
    }
}

/// Leaves are hashed here, on the caller's thread, so that the writer has nothing to do but write.
fn prepare(log: LogId, drafts: Vec<Draft>, once: Vec<OnceKey>) -> Result<(Work, usize), AppendError> {
    if drafts.len() > MAX_BATCH {
        return Err(AppendError::TooMany { count: drafts.len(), limit: MAX_BATCH });
    }
    let mut bytes = 0;
    let mut leaves = Vec::with_capacity(drafts.len());
    let mut parts = Vec::with_capacity(drafts.len());
    for (index, draft) in drafts.into_iter().enumerate() {
        check_sizes(index, &draft)?;
        bytes += draft.size_bytes();
        leaves.push(leaf_hash(&draft.header));
        parts.push(Parts::from(draft));
    }
    Ok((Work::Append { log, parts, leaves, once }, bytes))
}

fn check_sizes(index: usize, draft: &Draft) -> Result<(), AppendError> {
    let length = |part: &Option<bytes::Bytes>| part.as_ref().map_or(0, bytes::Bytes::len);
    let parts = [
        ("header", draft.header.len(), MAX_HEADER_BYTES),
        ("body", length(&draft.body), MAX_BODY_BYTES),
        ("openings", length(&draft.openings), MAX_OPENINGS_BYTES),
    ];
    match parts.into_iter().find(|(_, size, limit)| size > limit) {
        None => Ok(()),
        Some((part, size, limit)) => Err(AppendError::TooLarge { index, part, size, limit }),
    }
}

fn receipt(answer: Result<Outcome, Refusal>) -> Result<Receipt, AppendError> {
    match answer {
        Ok(Outcome::Receipt(receipt)) => Ok(receipt),
        Ok(_) => Err(crate::WriteError::Closed.into()),
        Err(Refusal::Repeated) => Err(AppendError::Repeated),
        Err(refusal) => Err(refusal.into_write().into()),
    }
}
