//! From a position in a log to the arrival number of its entry.

use rusqlite::{Connection, OptionalExtension, params};

use crate::LogId;
use crate::runs::Run;

const AT: &str = "SELECT first_pos, first_seq, count FROM run
    WHERE log = ?1 AND first_pos <= ?2 ORDER BY first_pos DESC LIMIT 1";

/// The run that holds `pos`, or the last one before it.
pub(crate) fn run_at(connection: &Connection, log: LogId, pos: u64) -> rusqlite::Result<Option<Run>> {
    connection
        .prepare_cached(AT)?
        .query_row(params![log.0, pos as i64], |row| {
            Ok(Run {
                first_pos: row.get::<_, i64>(0)? as u64,
                first_seq: row.get::<_, i64>(1)? as u64,
                count: row.get::<_, i64>(2)? as u64,
            })
        })
        .optional()
}

/// The last run of a log; its end is the size of the log.
pub(crate) fn last_run(connection: &Connection, log: LogId) -> rusqlite::Result<Option<Run>> {
    run_at(connection, log, i64::MAX as u64)
}

/// The arrival number of the entry at `pos` as it first arrived, withheld or not.
pub(crate) fn first_seq_of(connection: &Connection, log: LogId, pos: u64) -> rusqlite::Result<Option<u64>> {
    let run = run_at(connection, log, pos)?;
    Ok(run.filter(|run| pos < run.end()).map(|run| run.first_seq + (pos - run.first_pos)))
}

/// The arrival number under which a withheld record was revealed later.
pub(crate) fn revealed_seq_of(
    connection: &Connection,
    log: LogId,
    pos: u64,
) -> rusqlite::Result<Option<u64>> {
    connection
        .prepare_cached("SELECT seq FROM revealed WHERE log = ?1 AND pos = ?2")?
        .query_row(params![log.0, pos as i64], |row| row.get::<_, i64>(0).map(|seq| seq as u64))
        .optional()
}
