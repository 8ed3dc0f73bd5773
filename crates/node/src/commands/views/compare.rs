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

/// Names and numbers of columns of the tables that hold facts; what an index over text keeps for itself is not one.
fn tables(reader: &Reader<'_>) -> Result<Vec<(String, usize)>> {
    let mut statement = reader.prepare(
        "SELECT name, (SELECT count(*) FROM pragma_table_info(m.name)) FROM sqlite_master m
         WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%'
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
