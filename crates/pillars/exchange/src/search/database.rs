//! The tables of the index, and when they are made anew.

use rusqlite::Connection;

use desk::sql::SqlError;

/// Bumped when the tables or what is written into them change.
pub(super) const VERSION: i64 = 3;

/// `class` holds release classes as records were sealed, so that a search can leave out at once what its reader never
/// sees; `titles` the names alone, so that a word of every text that is in no name costs nothing there; `network` the
/// addresses that an object names; `name` and `term` how many objects have a word in their name or anywhere.
const SCHEMA: &str = "
CREATE TABLE followed (one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL);
INSERT INTO followed VALUES (1, 0);
CREATE VIRTUAL TABLE words USING fts5(title, body, content='', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE titles USING fts5(title, content='', tokenize='unicode61 remove_diacritics 2');
CREATE TABLE class (n INTEGER PRIMARY KEY, facts TEXT NOT NULL UNIQUE);
CREATE TABLE item (seq INTEGER PRIMARY KEY, key INTEGER NOT NULL, class INTEGER NOT NULL, at_us INTEGER NOT NULL,
  id TEXT NOT NULL, type TEXT NOT NULL, title TEXT NOT NULL);
CREATE INDEX item_key ON item (key);
CREATE TABLE network (wide INTEGER NOT NULL, first BLOB NOT NULL, bits INTEGER NOT NULL, seq INTEGER NOT NULL,
  PRIMARY KEY (wide, first, bits, seq)) WITHOUT ROWID;
CREATE TABLE name (word TEXT PRIMARY KEY, uses INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE term (word TEXT PRIMARY KEY, uses INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE edge (src_key INTEGER NOT NULL, seq INTEGER NOT NULL, n INTEGER NOT NULL, dst_key INTEGER NOT NULL,
  dst TEXT NOT NULL, property TEXT NOT NULL, PRIMARY KEY (src_key, seq, n)) WITHOUT ROWID;
CREATE INDEX edge_dst ON edge (dst_key, seq);
CREATE TABLE delivery (seq INTEGER PRIMARY KEY);";

/// Tables that this or an earlier version made.
const TABLES: [&str; 10] =
    ["followed", "words", "titles", "class", "item", "network", "name", "term", "edge", "delivery"];

/// Makes the tables when they are missing, of another version, or ahead of the ledger; returns how far they are.
pub(super) fn prepare(connection: &mut Connection, last_seq: u64) -> Result<u64, SqlError> {
    let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version == VERSION {
        let seq = followed(connection)?;
        if seq <= last_seq {
            return Ok(seq);
        }
    }
    make(connection)?;
    Ok(0)
}

/// Makes the tables anew, empty.
fn make(connection: &mut Connection) -> Result<(), SqlError> {
    let tx = connection.transaction()?;
    for table in TABLES {
        tx.execute_batch(&format!("DROP TABLE IF EXISTS {table};"))?;
    }
    tx.execute_batch(SCHEMA)?;
    tx.pragma_update(None, "user_version", VERSION)?;
    tx.commit()
}

/// Makes the tables anew, and leaves no copy of what was in them in the file; its log keeps one until it is emptied.
pub(super) fn wipe(connection: &mut Connection) -> Result<(), SqlError> {
    make(connection)?;
    connection.execute_batch("VACUUM")
}

/// Empties the log of the database; false when somebody reads in it just now.
pub(super) fn empty_log(connection: &Connection) -> Result<bool, SqlError> {
    connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))
        .map(|busy| busy == 0)
}

pub(super) fn followed(connection: &Connection) -> Result<u64, SqlError> {
    connection.query_row("SELECT seq FROM followed", [], |row| row.get::<_, i64>(0)).map(|seq| seq as u64)
}
