//! Erasing a body: header and tree stay, the bytes go, also from free pages and the write-ahead log.

use model::Position;

use crate::LogId;
use crate::error::{EraseError, WriteError};
use crate::ledger::Ledger;
use crate::work::{Refusal, Work};

impl Ledger {
    /// Erases the body at `position`. Erasing twice is not an error. The caller appends the erasure record.
    pub fn erase(&self, log: LogId, position: Position) -> Result<(), EraseError> {
        match self.ask(Work::Erase { log, position }, 0) {
            Ok(_) => Ok(()),
            Err(Refusal::NoRecord(position)) => Err(EraseError::NoRecord(position)),
            Err(Refusal::Write(error)) => Err(error.into()),
            Err(_) => Err(WriteError::Closed.into()),
        }
    }
}
