//! Reading from whichever engine, with limits on count and bytes.

use std::ops::ControlFlow;
use std::sync::Arc;

use model::{Digest, Position, RecordId};

use crate::LogId;
use crate::cut::Cut;
use crate::entry::EntryRef;
use crate::error::ReadError;
use crate::memory::Memory;
use crate::merkle::{Hash, TILE_WIDTH, TileId};
use crate::runs::Run;
use crate::sqlite::SqliteReader;

/// Reads what is durable. Every call sees a consistent state; two calls may see different ones.
pub struct Reader {
    pub(crate) source: Source,
    pub(crate) cut: Option<Arc<Cut>>,
}

pub(crate) enum Source {
    Sqlite(SqliteReader),
    Memory(Arc<Memory>),
}

impl Reader {
    pub(crate) fn sqlite(reader: SqliteReader) -> Self {
        Self { source: Source::Sqlite(reader), cut: None }
    }

    pub(crate) fn memory(engine: Arc<Memory>) -> Self {
        Self { source: Source::Memory(engine), cut: None }
    }

    /// Entries from arrival `from_seq` on, in order, at most `max_count` of them and about `max_bytes` (the entry
    /// that passes the limit is still given, so that a reader always gets ahead). Returns how many there were.
    pub fn entries(
        &self,
        from_seq: u64,
        max_count: usize,
        max_bytes: usize,
        mut visit: impl FnMut(EntryRef<'_>),
    ) -> Result<usize, ReadError> {
        let mut limit = Limit::new(max_count, max_bytes);
        if max_count > 0 {
            self.walk(from_seq, &mut |entry| {
                visit(entry);
                limit.count(&entry)
            })?;
        }
        Ok(limit.seen)
    }

    pub(crate) fn walk(
        &self,
        from_seq: u64,
        visit: &mut dyn FnMut(EntryRef<'_>) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        let last = self.last();
        let visit: &mut dyn FnMut(EntryRef<'_>) -> ControlFlow<()> =
            &mut |entry| if entry.seq > last { ControlFlow::Break(()) } else { visit(entry) };
        match &self.source {
            Source::Sqlite(reader) => reader.entries(from_seq, visit),
            Source::Memory(engine) => engine.entries(from_seq, visit),
        }
    }

    /// Entries of one log by position, with the same limits. A record revealed later is given at its place.
    pub fn range(
        &self,
        log: LogId,
        from: Position,
        max_count: usize,
        max_bytes: usize,
        mut visit: impl FnMut(EntryRef<'_>),
    ) -> Result<usize, ReadError> {
        let mut limit = Limit::new(max_count, max_bytes);
        if max_count > 0 {
            let visit: &mut dyn FnMut(EntryRef<'_>) -> ControlFlow<()> = &mut |entry| {
                visit(entry);
                limit.count(&entry)
            };
            match (&self.source, &self.cut) {
                (_, Some(cut)) => self.range_until(cut, log, from, visit)?,
                (Source::Sqlite(reader), None) => reader.range(log, from, visit)?,
                (Source::Memory(engine), None) => engine.range(log, from, visit),
            }
        }
        Ok(limit.seen)
    }

    /// The bodies of these arrivals, in the order asked; `None` where there is none. Fastest when ascending.
    pub fn bodies(&self, seqs: &[u64], mut visit: impl FnMut(u64, Option<&[u8]>)) -> Result<(), ReadError> {
        let last = self.last();
        let mut visit = |seq, body: Option<&[u8]>| visit(seq, body.filter(|_| seq <= last));
        match &self.source {
            Source::Sqlite(reader) => reader.bodies(seqs, &mut visit),
            Source::Memory(engine) => engine.bodies(seqs, &mut visit),
        }
    }

    /// One entry by arrival number; tells whether it exists.
    pub fn entry(&self, seq: u64, mut visit: impl FnMut(EntryRef<'_>)) -> Result<bool, ReadError> {
        if seq > self.last() {
            return Ok(false);
        }
        match &self.source {
            Source::Sqlite(reader) => reader.entry(seq, &mut visit),
            Source::Memory(engine) => Ok(engine.entry(seq, &mut visit)),
        }
    }

    /// The arrival number of what is known at a place of a log: the revealed record if there is one.
    pub fn seq_at(&self, log: LogId, position: Position) -> Result<Option<u64>, ReadError> {
        let seq = match &self.source {
            Source::Sqlite(reader) => reader.seq_at(log, position)?,
            Source::Memory(engine) => engine.seq_at(log, position),
        };
        match seq {
            // Revealed later than where this reader ends: until then only its hash was here.
            Some(seq) if seq > self.last() => self.first_seq_at(log, position),
            seq => Ok(seq),
        }
    }

    /// What is known at a place of a log; tells whether anything is.
    pub fn at(
        &self,
        log: LogId,
        position: Position,
        visit: impl FnMut(EntryRef<'_>),
    ) -> Result<bool, ReadError> {
        match self.seq_at(log, position)? {
            Some(seq) => self.entry(seq, visit),
            None => Ok(false),
        }
    }

    /// Where a record is, in any log: reads every leaf tile, 8 KB per 256 records.
    pub fn find_record(
        &self,
        logs: &[LogId],
        record: &RecordId,
    ) -> Result<Option<(LogId, Position)>, ReadError> {
        for log in logs {
            let size = self.size(*log)?;
            for index in 0..size.div_ceil(TILE_WIDTH) {
                let tile = self.tile(*log, size, TileId { level: 0, index })?;
                if let Some(place) = tile.iter().position(|leaf| Digest(*leaf) == record.0) {
                    return Ok(Some((*log, Position(index * TILE_WIDTH + place as u64))));
                }
            }
        }
        Ok(None)
    }

    /// How many records a log has, in this reader's view.
    pub fn size(&self, log: LogId) -> Result<u64, ReadError> {
        if let Some(cut) = &self.cut {
            return Ok(cut.published().facts().size(log).unwrap_or(0));
        }
        match &self.source {
            Source::Sqlite(reader) => reader.size(log),
            Source::Memory(engine) => Ok(engine.size(log)),
        }
    }

    pub(crate) fn tile(&self, log: LogId, size: u64, id: TileId) -> Result<Vec<Hash>, ReadError> {
        match &self.source {
            Source::Sqlite(reader) => reader.tile(log, size, id),
            Source::Memory(engine) => engine.tile(log, size, id),
        }
    }

    pub(crate) fn note_upto(&self, log: LogId, size: u64) -> Result<Option<(u64, Vec<u8>)>, ReadError> {
        match &self.source {
            Source::Sqlite(reader) => reader.note_upto(log, size),
            Source::Memory(engine) => Ok(engine.note_upto(log, size)),
        }
    }

    /// Sizes of the stored checkpoints of a log, ascending.
    pub(crate) fn note_sizes(&self, log: LogId) -> Result<Vec<u64>, ReadError> {
        match &self.source {
            Source::Sqlite(reader) => reader.note_sizes(log),
            Source::Memory(engine) => Ok(engine.note_sizes(log)),
        }
    }

    /// The run that holds a position, or the last one before it.
    pub(crate) fn run_at(&self, log: LogId, position: Position) -> Result<Option<Run>, ReadError> {
        match &self.source {
            Source::Sqlite(reader) => reader.run_at(log, position),
            // Memory keeps no runs: each place is one by itself.
            Source::Memory(engine) => Ok(engine.first_seq_at(log, position).map(|first_seq| Run {
                first_pos: position.0,
                first_seq,
                count: 1,
            })),
        }
    }

    /// Rows in the tables beside the entries; as expected when entries have been added since.
    pub(crate) fn rows(&self, expected: Rows) -> Result<Rows, ReadError> {
        match &self.source {
            Source::Sqlite(reader) => reader.rows(expected),
            Source::Memory(_) => Ok(expected),
        }
    }

    /// A second reader of the same ledger.
    pub(crate) fn another(&self) -> Result<Self, ReadError> {
        let another = match &self.source {
            Source::Sqlite(reader) => reader.another().map(Self::sqlite)?,
            Source::Memory(engine) => Self::memory(Arc::clone(engine)),
        };
        Ok(Self { cut: self.cut.clone(), ..another })
    }

    /// Contradicting checkpoints that were received, oldest first (I3).
    pub fn evidence(&self) -> Result<Vec<crate::Evidence>, ReadError> {
        let mut evidence = match &self.source {
            Source::Sqlite(reader) => reader.evidence()?,
            Source::Memory(engine) => engine.evidence(),
        };
        if let Some(cut) = &self.cut {
            let last_us = cut.published().facts().last_at_us;
            evidence.retain(|one| one.at_us <= last_us);
        }
        Ok(evidence)
    }
}

/// How many rows the tables hold that follow from the entries up to `last_seq`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rows {
    pub last_seq: u64,
    pub runs: u64,
    pub revealed: u64,
    pub tiles: u64,
}

/// Counts what was given and says when to stop.
struct Limit {
    seen: usize,
    count: usize,
    bytes: usize,
    max_bytes: usize,
}

impl Limit {
    fn new(count: usize, max_bytes: usize) -> Self {
        Self { seen: 0, count, bytes: 0, max_bytes }
    }

    fn count(&mut self, entry: &EntryRef<'_>) -> ControlFlow<()> {
        let length = |part: Option<&[u8]>| part.map_or(0, <[u8]>::len);
        self.seen += 1;
        self.bytes += length(entry.header) + length(entry.body) + length(entry.openings);
        if self.seen >= self.count || self.bytes >= self.max_bytes {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}
