//! Opening connections: schema and pragmas in one place.
//!
//! `ledger.db` holds what is true and cannot be recomputed from elsewhere, in few tables:
//!
//! - `log`: number, party and realm of each log;
//! - `entry`: every record in order of arrival; the key only grows, so pages are filled once, left to right;
//! - `run`: which positions of a log arrived as which `seq`, one row per unbroken run, so that no index with
//!   random inserts is needed;
//! - `revealed`: records that were withheld first and came later under a new `seq`;
//! - `tile`: Merkle tiles of 256 hashes, and the unfinished tile of each level above 0;
//! - `note`: signed checkpoints; `equivocation`: contradicting pairs of them, kept as evidence;
//! - `probe`: one row, written to learn whether the disk takes writes again.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

/// Rows of about 1.3 KB fill pages of this size to 95 %, and a commit of one record writes few of them.
pub(crate) const PAGE_BYTES: usize = 16_384;

/// `PRAGMA application_id`, the letters `ENTL`, so that `file` and we recognise a ledger.
const APPLICATION_ID: i32 = 0x454e_544c;

/// The format of this version, in `PRAGMA user_version`.
pub(crate) const FORMAT: i64 = 1;

const SCHEMA: &str = "
    CREATE TABLE log(id INTEGER PRIMARY KEY, party BLOB NOT NULL, realm TEXT NOT NULL);
    CREATE TABLE entry(seq INTEGER PRIMARY KEY, log INTEGER NOT NULL, pos INTEGER NOT NULL,
        at_us INTEGER NOT NULL, leaf BLOB, header BLOB, openings BLOB, body BLOB);
    CREATE TABLE run(log INTEGER NOT NULL, first_pos INTEGER NOT NULL, first_seq INTEGER NOT NULL,
        count INTEGER NOT NULL, PRIMARY KEY(log, first_pos)) WITHOUT ROWID;
    CREATE TABLE revealed(log INTEGER NOT NULL, pos INTEGER NOT NULL, seq INTEGER NOT NULL,
        PRIMARY KEY(log, pos)) WITHOUT ROWID;
    CREATE TABLE tile(id INTEGER PRIMARY KEY, hashes BLOB NOT NULL);
    CREATE TABLE note(id INTEGER PRIMARY KEY, note BLOB NOT NULL);
    CREATE TABLE equivocation(id INTEGER PRIMARY KEY, log INTEGER NOT NULL, size INTEGER NOT NULL,
        at_us INTEGER NOT NULL, known BLOB NOT NULL, contrary BLOB NOT NULL);
    CREATE TABLE probe(id INTEGER PRIMARY KEY, count INTEGER NOT NULL);
    INSERT INTO probe VALUES(1, 0);
";

/// The one connection that writes. Creates the schema in an empty file.
#[expect(clippy::disallowed_methods, reason = "the door to the database of truth")]
pub(crate) fn writer(path: &Path, cache_kib: usize) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    // Checkpoints are ours alone: page sums must be on disk before the log is reused (see `sums`).
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    connection.pragma_update(None, "page_size", PAGE_BYTES as i64)?;
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update_and_check(None, "wal_autocheckpoint", 0, |_| Ok(()))?;
    // The log file is reused, not grown: after a burst it shrinks to this.
    connection.pragma_update_and_check(None, "journal_size_limit", 64 << 20, |_| Ok(()))?;
    connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    tune(&connection, cache_kib)?;
    if connection.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))? == 0 {
        let empty: bool =
            connection.query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| row.get(0))?;
        if empty {
            connection.execute_batch(&format!(
                "BEGIN; {SCHEMA} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT}; COMMIT;"
            ))?;
        }
    }
    Ok(connection)
}

/// A connection that only reads; any number of them beside the writer.
#[expect(clippy::disallowed_methods, reason = "the door to the database of truth")]
pub(crate) fn reader(path: &Path, cache_kib: usize) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    tune(&connection, cache_kib)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

fn tune(connection: &Connection, cache_kib: usize) -> rusqlite::Result<()> {
    connection.pragma_update(None, "cache_size", -(cache_kib as i64))?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    connection.set_prepared_statement_cache_capacity(32);
    Ok(())
}
