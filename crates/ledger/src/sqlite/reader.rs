//! Reading: entries in order of arrival, bodies by number, positions of one log, tiles for proofs.
//!
//! Each call is its own read transaction, so readers never hold the write-ahead log for longer than a call.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use model::Position;
use rusqlite::{CachedStatement, Connection, OptionalExtension, Row, params};

use super::cluster;
use super::load::{self, LoadError};
use super::pack;
use super::runs::{first_seq_of, last_run, revealed_seq_of, run_at};
use crate::LogId;
use crate::entry::EntryRef;
use crate::error::ReadError;
use crate::merkle::{Hash, TileId};
use crate::reader::Rows;
use crate::runs::Run;
use crate::work::Cursor;

const COLUMNS: &str = "seq, log, pos, at_us, leaf, header, openings, body";

/// From this distance on, a new search in the tree is cheaper than walking over rows in between.
const WALK_AT_MOST: u64 = 8;

/// One reading connection, given back to the pool of its ledger when dropped.
pub(crate) struct SqliteReader {
    pub(super) connection: Option<Connection>,
    pub(super) engine: Arc<super::engine::Sqlite>,
}

impl SqliteReader {
    pub(super) fn connection(&self) -> &Connection {
        match &self.connection {
            Some(connection) => connection,
            None => unreachable!("the connection is taken in `drop` only"),
        }
    }

    fn disk(&self, error: &rusqlite::Error) -> ReadError {
        ReadError::Disk { path: self.path(), reason: error.to_string() }
    }

    fn load(&self, error: LoadError) -> ReadError {
        error.into_read_error(&self.path())
    }

    fn path(&self) -> PathBuf {
        self.engine.path().to_owned()
    }

    /// How far the cluster's stream has been folded.
    pub fn cursor(&self) -> Result<Cursor, ReadError> {
        cluster::cursor(self.connection()).map_err(|error| self.disk(&error))
    }

    /// The stream sequence of the commit that brought an entry.
    pub fn brought_by(&self, seq: u64) -> Result<Option<u64>, ReadError> {
        cluster::brought_by(self.connection(), seq).map_err(|error| self.disk(&error))
    }

    /// Arrivals whose body must still leave the cluster's stream.
    pub fn to_scrub(&self) -> Result<Vec<u64>, ReadError> {
        cluster::to_scrub(self.connection()).map_err(|error| self.disk(&error))
    }

    /// Entries from `from_seq` in order of arrival until `visit` breaks.
    pub fn entries(
        &self,
        from_seq: u64,
        visit: &mut dyn FnMut(EntryRef<'_>) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        self.walk(&format!("SELECT {COLUMNS} FROM entry WHERE seq >= ?1 ORDER BY seq"), from_seq, visit)
            .map_err(|error| self.disk(&error))
    }

    fn walk(
        &self,
        sql: &str,
        from_seq: u64,
        visit: &mut dyn FnMut(EntryRef<'_>) -> ControlFlow<()>,
    ) -> rusqlite::Result<()> {
        let mut select = self.connection().prepare_cached(sql)?;
        let mut rows = select.query([from_seq as i64])?;
        while let Some(row) = rows.next()? {
            if visit(entry_of(row)?).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// One entry by arrival number.
    pub fn entry(&self, seq: u64, visit: &mut dyn FnMut(EntryRef<'_>)) -> Result<bool, ReadError> {
        let mut found = false;
        self.walk(&format!("SELECT {COLUMNS} FROM entry WHERE seq = ?1"), seq, &mut |entry| {
            found = true;
            visit(entry);
            ControlFlow::Break(())
        })
        .map_err(|error| self.disk(&error))?;
        Ok(found)
    }

    /// Bodies of these arrivals, in the order asked; fastest when ascending.
    pub fn bodies(&self, seqs: &[u64], visit: &mut dyn FnMut(u64, Option<&[u8]>)) -> Result<(), ReadError> {
        self.walk_bodies(seqs, visit).map_err(|error| self.disk(&error))
    }

    fn walk_bodies(&self, seqs: &[u64], visit: &mut dyn FnMut(u64, Option<&[u8]>)) -> rusqlite::Result<()> {
        let mut select: CachedStatement<'_> =
            self.connection().prepare_cached("SELECT seq, body FROM entry WHERE seq BETWEEN ?1 AND ?2")?;
        let mut start = 0;
        while start < seqs.len() {
            let end = start + stretch(&seqs[start..]);
            let asked = &seqs[start..end];
            let mut rows = select.query(params![asked[0] as i64, asked[asked.len() - 1] as i64])?;
            let mut next = 0;
            while let Some(row) = rows.next()? {
                let seq = row.get::<_, i64>(0)? as u64;
                // Rows in between were not asked for; an asked number beyond the ledger has no row.
                while next < asked.len() && asked[next] < seq {
                    visit(asked[next], None);
                    next += 1;
                }
                if next < asked.len() && asked[next] == seq {
                    visit(seq, row.get_ref(1)?.as_blob_or_null()?);
                    next += 1;
                }
            }
            for seq in &asked[next..] {
                visit(*seq, None);
            }
            start = end;
        }
        Ok(())
    }

    /// The arrival number of what is known at this position: the revealed record if there is one.
    pub fn seq_at(&self, log: LogId, position: Position) -> Result<Option<u64>, ReadError> {
        let seq_at = || {
            let revealed = revealed_seq_of(self.connection(), log, position.0)?;
            revealed.map_or_else(|| first_seq_of(self.connection(), log, position.0), |seq| Ok(Some(seq)))
        };
        seq_at().map_err(|error| self.disk(&error))
    }

    /// Entries of one log by position until `visit` breaks. A record revealed later is shown at its place.
    pub fn range(
        &self,
        log: LogId,
        from: Position,
        visit: &mut dyn FnMut(EntryRef<'_>) -> ControlFlow<()>,
    ) -> Result<(), ReadError> {
        let mut pos = from.0;
        while let Some(run) = run_at(self.connection(), log, pos)
            .map_err(|error| self.disk(&error))?
            .filter(|run| pos < run.end())
        {
            let first = run.first_seq + (pos - run.first_pos);
            let last = run.first_seq + run.count - 1;
            let mut stopped = false;
            let mut withheld = Vec::new();
            self.entries(first, &mut |entry| {
                if entry.seq > last {
                    return ControlFlow::Break(());
                }
                pos = entry.position.0 + 1;
                if entry.leaf.is_some() {
                    // Looked up outside this statement; it may have been revealed.
                    withheld.push(entry.position);
                    return ControlFlow::Break(());
                }
                let flow = visit(entry);
                stopped = flow.is_break();
                flow
            })?;
            for position in withheld {
                if let Some(seq) = self.seq_at(log, position)? {
                    self.entry(seq, &mut |entry| stopped = visit(entry).is_break())?;
                }
            }
            if stopped {
                return Ok(());
            }
        }
        Ok(())
    }

    /// The size of a log as this moment's snapshot has it.
    pub fn size(&self, log: LogId) -> Result<u64, ReadError> {
        let run = last_run(self.connection(), log).map_err(|error| self.disk(&error))?;
        Ok(run.map_or(0, |run| run.end()))
    }

    /// A tile of a log that has at least `size` records.
    pub fn tile(&self, log: LogId, size: u64, id: TileId) -> Result<Vec<Hash>, ReadError> {
        load::tile(self.connection(), log, size, id).map_err(|error| self.load(error))
    }

    /// The newest stored checkpoint of a log not larger than `size`.
    pub fn note_upto(&self, log: LogId, size: u64) -> Result<Option<(u64, Vec<u8>)>, ReadError> {
        self.connection()
            .prepare_cached("SELECT id, note FROM note WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT 1")
            .and_then(|mut select| {
                select
                    .query_row([pack::note(log, 0), pack::note(log, size.min(pack::MAX_LOG_SIZE))], |row| {
                        Ok((pack::unpack_note(row.get(0)?).1, row.get(1)?))
                    })
                    .optional()
            })
            .map_err(|error| self.disk(&error))
    }

    /// Sizes of stored checkpoints.
    pub fn note_sizes(&self, log: LogId) -> Result<Vec<u64>, ReadError> {
        let read = || {
            self.connection()
                .prepare_cached("SELECT id FROM note WHERE id BETWEEN ?1 AND ?2 ORDER BY id")?
                .query_map([pack::note(log, 0), pack::note(log, pack::MAX_LOG_SIZE)], |row| {
                    Ok(pack::unpack_note(row.get(0)?).1)
                })?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.disk(&error))
    }

    pub fn run_at(&self, log: LogId, position: Position) -> Result<Option<Run>, ReadError> {
        run_at(self.connection(), log, position.0).map_err(|error| self.disk(&error))
    }

    pub fn another(&self) -> Result<Self, ReadError> {
        self.engine.reader()
    }

    /// Rows of the tables that follow from the entries, in one statement and so in one snapshot.
    pub fn rows(&self, expected: Rows) -> Result<Rows, ReadError> {
        const COUNT: &str = "SELECT coalesce((SELECT max(seq) FROM entry), 0), (SELECT count(*) FROM run),
            (SELECT count(*) FROM revealed), (SELECT count(*) FROM tile)";
        let number = |row: &Row<'_>, column| row.get::<_, i64>(column).map(|number| number as u64);
        let counted = self.connection().query_row(COUNT, [], |row| {
            let (last_seq, runs) = (number(row, 0)?, number(row, 1)?);
            Ok(Rows { last_seq, runs, revealed: number(row, 2)?, tiles: number(row, 3)? })
        });
        let counted = counted.map_err(|error| self.disk(&error))?;
        Ok(if counted.last_seq > expected.last_seq { expected } else { counted })
    }

    /// Everything that contradicts: log, size, time seen, the note known and the one against it.
    pub fn evidence(&self) -> Result<Vec<crate::Evidence>, ReadError> {
        let read = || -> rusqlite::Result<Vec<crate::Evidence>> {
            self.connection()
                .prepare_cached("SELECT log, size, at_us, known, contrary FROM equivocation ORDER BY id")?
                .query_map([], |row| {
                    Ok(crate::Evidence {
                        log: LogId(row.get(0)?),
                        size: row.get::<_, i64>(1)? as u64,
                        at_us: row.get(2)?,
                        known: row.get(3)?,
                        contrary: row.get(4)?,
                    })
                })?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.disk(&error))
    }
}

impl Drop for SqliteReader {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.engine.give_back(connection);
        }
    }
}

/// How many numbers from the start can be served by one walk over neighbouring rows.
fn stretch(seqs: &[u64]) -> usize {
    let steps = seqs.windows(2).take_while(|pair| pair[0] < pair[1] && pair[1] - pair[0] <= WALK_AT_MOST);
    1 + steps.count()
}

pub(super) fn entry_of<'a>(row: &'a Row<'_>) -> rusqlite::Result<EntryRef<'a>> {
    Ok(EntryRef {
        seq: row.get::<_, i64>(0)? as u64,
        log: LogId(row.get(1)?),
        position: Position(row.get::<_, i64>(2)? as u64),
        at_us: row.get(3)?,
        leaf: row.get_ref(4)?.as_blob_or_null()?,
        header: row.get_ref(5)?.as_blob_or_null()?,
        openings: row.get_ref(6)?.as_blob_or_null()?,
        body: row.get_ref(7)?.as_blob_or_null()?,
    })
}
