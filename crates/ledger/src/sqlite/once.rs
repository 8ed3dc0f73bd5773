//! Keys of what must be done once. The table is there when the first key is; it is a pure function of what was appended,
//! so that the nodes of a cluster refuse the same.

use rusqlite::Connection;

use crate::work::OnceKey;

const SCHEMA: &str = "CREATE TABLE IF NOT EXISTS once(key BLOB PRIMARY KEY) WITHOUT ROWID";

/// Takes all keys; false, and none is taken, when one of them was taken before.
pub(super) fn take(connection: &Connection, keys: &[OnceKey]) -> rusqlite::Result<bool> {
    if keys.is_empty() {
        return Ok(true);
    }
    connection.execute(SCHEMA, [])?;
    for key in keys {
        if connection.prepare_cached("SELECT 1 FROM once WHERE key = ?1")?.exists([key])? {
            return Ok(false);
        }
    }
    for key in keys {
        connection.prepare_cached("INSERT OR IGNORE INTO once VALUES(?1)")?.execute([key])?;
    }
    Ok(true)
}
