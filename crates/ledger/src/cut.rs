//! The ledger as it stood: a handle that ends at an earlier arrival. What came later is not there, and nothing is written.
//!
//! Bodies that were erased since are erased here too, for the bytes are gone. What was withheld then and revealed since is
//! withheld again.

use std::ops::ControlFlow;
use std::sync::Arc;

use model::Position;

use crate::entry::EntryRef;
use crate::error::{ReadError, State};
use crate::ledger::Ledger;
use crate::published::{Facts, Published};
use crate::reader::Reader;
use crate::{LogId, LogKey};

/// Where a handle ends.
pub(crate) struct Cut {
    published: Published,
}

impl Cut {
    /// Logs and sizes as they were; nobody ever changes them.
    pub fn published(&self) -> &Published {
        &self.published
    }
}

impl Ledger {
    /// The same ledger as it stood when entry `seq` had just arrived, for reading alone. Some twenty looks per log.
    pub fn until(&self, seq: u64) -> Result<Ledger, ReadError> {
        let (reader, seq) = (self.reader()?, seq.min(self.last_seq()));
        let mut last_at_us = i64::MIN;
        reader.entry(seq, |entry| last_at_us = entry.at_us)?;
        let mut logs: Vec<(LogKey, u64)> = Vec::new();
        for (log, key, size) in self.logs() {
            logs.push((key, reader.size_until(log, size, seq)?));
        }
        // A log that had nothing then is left out, so far as the numbers of the others allow.
        while logs.len() > 1 && logs.last().is_some_and(|(_, size)| *size == 0) {
            logs.pop();
        }
        let mut facts = Facts { last_seq: seq, last_at_us, state: State::Ready, ..Facts::default() };
        for (key, size) in logs {
            facts.add(key, size);
        }
        let cut = Arc::new(Cut { published: Published::new(facts) });
        Ok(Ledger { engine: self.engine.clone(), cut: Some(cut) })
    }
}

impl Reader {
    /// The last arrival that this reader shows.
    pub(crate) fn last(&self) -> u64 {
        self.cut.as_ref().map_or(u64::MAX, |cut| cut.published.facts().last_seq)
    }

    /// The arrival number under which a place was first taken, if by the time this reader ends.
    pub(crate) fn first_seq_at(&self, log: LogId, position: Position) -> Result<Option<u64>, ReadError> {
        let run = self.run_at(log, position)?.filter(|run| run.holds(position.0));
        Ok(run.map(|run| run.seq_of(position.0)).filter(|seq| *seq <= self.last()))
    }

    /// How many of the first `size` places of a log were taken by arrival `seq`: places are taken in order.
    fn size_until(&self, log: LogId, size: u64, seq: u64) -> Result<u64, ReadError> {
        let (mut low, mut high) = (0, size);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.first_seq_at(log, Position(middle))?.is_some_and(|first| first <= seq) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(low)
    }

    /// Entries of one log by position, each as it was known then.
    pub(crate) fn range_until(
        &self,
        cut: &Cut,
        log: LogId,
        from: Position,
        visit: &mut dyn FnMut(EntryRef<'_>) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        let size = cut.published.facts().size(log).unwrap_or(0);
        for position in from.0..size {
            let mut flow = ControlFlow::Continue(());
            self.at(log, Position(position), |entry| flow = visit(entry))?;
            if flow.is_break() {
                break;
            }
        }
        Ok(())
    }
}
