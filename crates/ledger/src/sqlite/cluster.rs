//! The tables of a ledger that is the fold of a cluster's stream: how far it has come, which commit brought what, and
//! which bodies must still be scrubbed from the stream. They are in no ledger that stands alone.
//!
//! - `cluster`: one row, the name of the stream, the sequence of the last commit applied, and that commit's id;
//! - `folded`: the stream sequence of each commit that added entries, by the first arrival number it gave;
//! - `scrub`: arrival numbers whose body has been erased here and may still lie in the stream.

use rusqlite::{Connection, OptionalExtension, params};

use crate::work::Cursor;

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS cluster(id INTEGER PRIMARY KEY CHECK(id = 1), name TEXT NOT NULL,
        seq INTEGER NOT NULL, commit_id BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS folded(first_seq INTEGER PRIMARY KEY, stream_seq INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS scrub(seq INTEGER PRIMARY KEY);
";

/// The name of the stream this ledger is a fold of, if it is one.
pub(crate) fn bound_to(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let known: bool = connection.query_row(
        "SELECT count(*) > 0 FROM sqlite_schema WHERE type = 'table' AND name = 'cluster'",
        [],
        |row| row.get(0),
    )?;
    if !known {
        return Ok(None);
    }
    connection.query_row("SELECT name FROM cluster", [], |row| row.get(0)).optional()
}

/// Makes this ledger a fold of the stream `name`, which it has followed up to `cursor`.
pub(crate) fn bind(connection: &Connection, name: &str, cursor: Cursor) -> rusqlite::Result<()> {
    connection.execute_batch(SCHEMA)?;
    connection
        .execute(
            "INSERT OR REPLACE INTO cluster VALUES(1, ?1, ?2, ?3)",
            params![name, cursor.seq as i64, cursor.id],
        )
        .map(drop)
}

/// Makes this ledger stand alone again.
pub(crate) fn unbind(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch("BEGIN; DELETE FROM cluster; DELETE FROM folded; DELETE FROM scrub; COMMIT;")
}

/// How far the stream has been folded.
pub(crate) fn cursor(connection: &Connection) -> rusqlite::Result<Cursor> {
    connection
        .prepare_cached("SELECT seq, commit_id FROM cluster")?
        .query_row([], |row| Ok(Cursor { seq: row.get::<_, i64>(0)? as u64, id: row.get(1)? }))
}

/// Goes on to `cursor`.
pub(crate) fn advance(connection: &Connection, cursor: Cursor) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE cluster SET seq = ?1, commit_id = ?2")?
        .execute(params![cursor.seq as i64, cursor.id])
        .map(drop)
}

/// Remembers which commit brought the entries from `first_seq` on.
pub(crate) fn note_folded(connection: &Connection, first_seq: u64, stream_seq: u64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO folded VALUES(?1, ?2)")?
        .execute([first_seq as i64, stream_seq as i64])
        .map(drop)
}

/// The stream sequence of the commit that brought the entry `seq`.
pub(crate) fn brought_by(connection: &Connection, seq: u64) -> rusqlite::Result<Option<u64>> {
    connection
        .prepare_cached(
            "SELECT stream_seq FROM folded WHERE first_seq <= ?1 ORDER BY first_seq DESC LIMIT 1",
        )?
        .query_row([seq as i64], |row| row.get::<_, i64>(0).map(|seq| seq as u64))
        .optional()
}

/// Remembers that the body of `seq` must leave the stream too.
pub(crate) fn must_scrub(connection: &Connection, seq: u64) -> rusqlite::Result<()> {
    connection.prepare_cached("INSERT OR IGNORE INTO scrub VALUES(?1)")?.execute([seq as i64]).map(drop)
}

/// Arrival numbers whose body may still lie in the stream.
pub(crate) fn to_scrub(connection: &Connection) -> rusqlite::Result<Vec<u64>> {
    let mut select = connection.prepare_cached("SELECT seq FROM scrub ORDER BY seq")?;
    let rows = select.query_map([], |row| row.get::<_, i64>(0).map(|seq| seq as u64))?;
    rows.collect()
}

/// The body of `seq` has left the stream.
pub(crate) fn scrubbed(connection: &Connection, seq: u64) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM scrub WHERE seq = ?1")?.execute([seq as i64]).map(drop)
}
