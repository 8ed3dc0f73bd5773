//! The door to SQLite for everything that is not the ledger: views, search and the local store.
#![expect(clippy::disallowed_methods, reason = "this is the door that clippy.toml sends everybody to")]

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rusqlite::{Connection, ErrorCode, OpenFlags};

/// SQLite's errors, under our own name so that callers need no door of their own.
pub type SqlError = rusqlite::Error;

/// How much a lost write matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Rebuildable from the ledger: no fsync at all.
    Rebuildable,
    /// Kept across a crash of the process, and of the machine up to the last moments.
    Kept,
}

/// The name of a database that lives in memory as long as a connection to it is open; the same name gives the same
/// database. For simulations and tests.
pub fn in_memory(name: &str) -> PathBuf {
    PathBuf::from(format!("file:/{name}?vfs=memdb"))
}

/// Opens the one writing connection of a database.
pub fn open(path: &Path, durability: Durability, cache_kib: u32) -> Result<Connection, SqlError> {
    let connection = Connection::open(path)?;
    keep_plans(&connection)?;
    connection.set_prepared_statement_cache_capacity(256);
    let synchronous = match durability {
        Durability::Rebuildable => "OFF",
        Durability::Kept => "NORMAL",
    };
    connection.execute_batch(&format!(
        "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous};
         PRAGMA cache_size=-{cache_kib}; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=4000;
         PRAGMA journal_size_limit=67108864; PRAGMA foreign_keys=OFF; PRAGMA busy_timeout=10000;
         PRAGMA secure_delete=FAST;"
    ))?;
    Ok(connection)
}

/// True when the file itself is wrong, and no disk, lock or right.
pub fn is_damaged(error: &SqlError) -> bool {
    match error {
        SqlError::SqliteFailure(failure, _) => {
            matches!(failure.code, ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
        }
        // What was written by this program is read by it.
        SqlError::ToSqlConversionFailure(_) | SqlError::InvalidColumnType(..) => true,
        _ => false,
    }
}

/// Notes beside a database that can be made again that it is damaged: the next start removes it.
pub fn note_damage(path: &Path) {
    let _ = std::fs::write(with_ending(path, ".damaged"), ""); // a full disk: it is found out again
}

/// Removes a database that can be made again, when it is known to be damaged.
pub fn remove_damaged(path: &Path) -> std::io::Result<()> {
    if !with_ending(path, ".damaged").exists() {
        return Ok(());
    }
    tracing::warn!(path = %path.display(), "a damaged database is removed; it is made again from the ledger");
    for ending in ["", "-wal", "-shm", ".damaged"] {
        match std::fs::remove_file(with_ending(path, ending)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Opens a database that can be made again: one that is damaged is removed, and made anew.
pub fn open_or_renew<T>(path: &Path, open: impl Fn() -> Result<T, SqlError>) -> Result<T, SqlError> {
    let opened =
        remove_damaged(path).map_err(|_| SqlError::InvalidPath(path.to_owned())).and_then(|()| open());
    match opened {
        Err(error) if is_damaged(&error) => {
            note_damage(path);
            remove_damaged(path).map_err(|_| SqlError::InvalidPath(path.to_owned()))?;
            open()
        }
        other => other,
    }
}

/// A plan may not depend on the values bound (SQLite's query planner stability guarantee): without this, a statement
/// whose plan did is compiled again each time it is taken from the cache, which costs more than running it.
fn keep_plans(connection: &Connection) -> Result<(), SqlError> {
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(drop)
}

/// Read-only connections of one database, opened when needed and kept.
#[derive(Debug)]
pub struct Readers {
    path: PathBuf,
    cache_kib: u32,
    idle: Mutex<Vec<Connection>>,
}

/// Connections kept when nobody uses them.
const IDLE_READERS: usize = 6;

impl Readers {
    /// A pool for the database at `path`, which must exist.
    pub fn new(path: PathBuf, cache_kib: u32) -> Self {
        Self { path, cache_kib, idle: Mutex::new(Vec::new()) }
    }

    /// A connection for the caller's use; it goes back to the pool when dropped.
    pub fn get(&self) -> Result<Reader<'_>, SqlError> {
        let kept = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let connection = match kept {
            Some(connection) => connection,
            None => self.connect()?,
        };
        Ok(Reader { pool: self, connection: Some(connection) })
    }

    fn connect(&self) -> Result<Connection, SqlError> {
        let flags =
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        keep_plans(&connection)?;
        connection.set_prepared_statement_cache_capacity(256);
        connection.execute_batch(&format!(
            "PRAGMA cache_size=-{}; PRAGMA query_only=ON; PRAGMA busy_timeout=10000; PRAGMA temp_store=MEMORY;",
            self.cache_kib
        ))?;
        Ok(connection)
    }
}

/// A borrowed reading connection.
#[derive(Debug)]
pub struct Reader<'a> {
    pool: &'a Readers,
    connection: Option<Connection>,
}

impl Deref for Reader<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        // The connection is taken only in `drop`.
        self.connection.as_ref().expect("a reader holds its connection until it is dropped")
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        if let (Some(connection), Ok(mut idle)) = (self.connection.take(), self.pool.idle.lock())
            && idle.len() < IDLE_READERS
        {
            idle.push(connection);
        }
    }
}
