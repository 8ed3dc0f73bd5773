//! Columns that later versions added to tables of the local store: a store made by an earlier one gets them here.

use rusqlite::Connection;

use crate::sql::SqlError;

/// Table, column, and what it is. A row of an earlier version, or of a node that runs one, takes the default.
const ADDED: [(&str, &str, &str); 7] = [
    ("session", "began_us", "INTEGER NOT NULL DEFAULT 0"),
    ("session", "seen_us", "INTEGER NOT NULL DEFAULT 0"),
    ("session", "proved_us", "INTEGER NOT NULL DEFAULT 0"),
    ("session", "browser", "TEXT NOT NULL DEFAULT ''"),
    ("session", "address", "TEXT NOT NULL DEFAULT ''"),
    ("saved_search", "watched_us", "INTEGER NOT NULL DEFAULT 0"),
    ("saved_search", "looked_us", "INTEGER NOT NULL DEFAULT 0"),
];

/// Adds what is missing.
pub(super) fn add_missing(connection: &Connection) -> Result<(), SqlError> {
    for (table, column, kind) in ADDED {
        let there: bool = connection.query_row(
            "SELECT count(*) > 0 FROM pragma_table_info(?1) WHERE name = ?2",
            [table, column],
            |row| row.get(0),
        )?;
        if !there {
            connection.execute_batch(&format!("ALTER TABLE {table} ADD COLUMN {column} {kind}"))?;
        }
    }
    Ok(())
}
