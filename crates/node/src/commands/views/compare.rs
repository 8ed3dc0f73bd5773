//! Two databases of views, row by row: identical, or where they first differ.

use std::fmt;
use std::path::Path;

use anyhow::{Result, bail};
use desk::sql::{Reader, Readers};
use rusqlite::Rows;
use rusqlite::types::Value;
use serde::Serialize;

/// The first difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    table: String,
    /// Counted from 1, in the order of the table's columns.
    row: u64,
    present: Option<String>,
    rebuilt: Option<String>,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let side = |row: &Option<String>| row.clone().unwrap_or_else(|| "nothing".to_owned());
        write!(
            f,
            "table {}, row {}: the node has {}, the rebuild has {}",
            self.table,
            self.row,
            side(&self.present),
            side(&self.rebuilt)
        )
    }
}

/// Characters of a row that are shown.
const SHOWN: usize = 200;

/// Compares every table of two databases.
pub fn databases(present: &Path, rebuilt: &Path) -> Result<Option<Difference>> {
    let (present, rebuilt) = (Readers::new(present.to_owned(), 1024), Readers::new(rebuilt.to_owned(), 1024));
    let (present, rebuilt) = (present.get()?, rebuilt.get()?);
    let (ours, theirs) = (tables(&present)?, tables(&rebuilt)?);
    if ours != theirs {
        bail!("the two databases have other tables; run `entente views rebuild` without --compare first");
    }
    for (table, columns) in ours {
        if let Some(difference) = table_rows(&present, &rebuilt, &table, columns)? {
            return Ok(Some(difference));
        }
    }
    Ok(None)
}

/// Names and numbers of columns of the tables that hold facts; what an index over text keeps for itself is not one. Tables
/// that a view unites are compared through it: in which of them a row lies depends on when they were merged.
fn tables(reader: &Reader<'_>) -> Result<Vec<(String, usize)>> {
    let mut statement = reader.prepare(
        "SELECT name, (SELECT count(*) FROM pragma_table_info(m.name)) FROM sqlite_master m
         WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%'
           AND NOT (m.type = 'table' AND EXISTS (SELECT 1 FROM sqlite_master u
             WHERE u.type = 'view' AND u.sql LIKE '%FROM ' || m.name || '%'))
           AND NOT EXISTS (SELECT 1 FROM sqlite_master v WHERE v.sql LIKE 'CREATE VIRTUAL%' AND m.name LIKE v.name || '~_%' ESCAPE '~')
         ORDER BY name",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as usize)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn table_rows(
    present: &Reader<'_>,
    rebuilt: &Reader<'_>,
    table: &str,
    columns: usize,
) -> Result<Option<Difference>> {
    let order: Vec<String> = (1..=columns).map(|n| n.to_string()).collect();
    let query = format!("SELECT * FROM \"{table}\" ORDER BY {}", order.join(", "));
    let (mut ours, mut theirs) = (present.prepare(&query)?, rebuilt.prepare(&query)?);
    let (mut ours, mut theirs) = (ours.query([])?, theirs.query([])?);
    for row in 1.. {
        let (a, b) = (next(&mut ours, columns)?, next(&mut theirs, columns)?);
        if a != b {
            let show = |values: Option<Vec<Value>>| {
                values.map(|values| format!("{values:?}").chars().take(SHOWN).collect())
            };
            return Ok(Some(Difference { table: table.to_owned(), row, present: show(a), rebuilt: show(b) }));
        }
        if a.is_none() {
            break;
        }
    }
    Ok(None)
}

fn next(rows: &mut Rows<'_>, columns: usize) -> Result<Option<Vec<Value>>> {
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(Some((0..columns).map(|n| row.get::<_, Value>(n)).collect::<Result<_, _>>()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::disallowed_methods, reason = "two databases made for this test")]
    fn made(name: &str, rows: &str) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        let schema = "CREATE TABLE key_new (k); CREATE TABLE key_old (k); CREATE TABLE plain (k);
             CREATE VIEW key AS SELECT k FROM key_new UNION ALL SELECT k FROM key_old;";
        rusqlite::Connection::open(&path)
            .and_then(|db| db.execute_batch(&format!("{schema}{rows}")))
            .expect("made");
        (folder, path)
    }

    #[test]
    fn rows_count_wherever_a_merge_has_put_them_and_a_missing_one_is_found() {
        let (_a, one) = made("one.db", "INSERT INTO key_new VALUES (1); INSERT INTO key_old VALUES (2);");
        let (_b, merged) = made("merged.db", "INSERT INTO key_old VALUES (2), (1);");
        let (_c, fewer) = made("fewer.db", "INSERT INTO key_old VALUES (2);");
        let (_d, other) =
            made("other.db", "INSERT INTO key_old VALUES (2), (1); INSERT INTO plain VALUES (1);");
        let tables = |difference: Option<Difference>| difference.map(|difference| difference.table);
        assert_eq!(tables(databases(&one, &merged).expect("read")), None);
        assert_eq!(tables(databases(&one, &fewer).expect("read")), Some("key".to_owned()));
        assert_eq!(tables(databases(&one, &other).expect("read")), Some("plain".to_owned()));
    }
}
