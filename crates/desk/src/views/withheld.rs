//! How much each party withholds from this one: entries of its log that are here as hashes alone. Their number is known to both
//! sides by protocol; what they are about is known here to nobody.

use std::collections::HashMap;

use model::{PartyId, Position};
use rusqlite::{OptionalExtension as _, Transaction};

use super::entry::{FoldError, Folding};
use super::store::Views;
use crate::sql::SqlError;

/// `size` is how far the log had come; what arrives below it again was withheld and is revealed.
pub(super) const SCHEMA: &str = "CREATE TABLE withheld (party TEXT PRIMARY KEY, size INTEGER NOT NULL, count INTEGER NOT NULL) WITHOUT ROWID;";

/// Size and count of each log that this step has touched.
#[derive(Debug, Default)]
struct Seen(HashMap<PartyId, (u64, u64)>);

/// Notes an entry of another party's log: whole, or its hash alone.
pub(super) fn note(
    folding: &mut Folding<'_>,
    log: PartyId,
    position: Position,
    whole: bool,
) -> Result<(), FoldError> {
    if log == folding.me {
        return Ok(());
    }
    let known = folding.memory.of::<Seen>().0.get(&log).copied();
    let (mut size, mut count) = match known {
        Some(known) => known,
        None => load(folding.tx, log)?,
    };
    if position.0 >= size {
        size = position.0 + 1;
        count += u64::from(!whole);
    } else if whole {
        count = count.saturating_sub(1);
    }
    folding.memory.of::<Seen>().0.insert(log, (size, count));
    Ok(())
}

fn load(tx: &Transaction<'_>, log: PartyId) -> Result<(u64, u64), SqlError> {
    let mut statement = tx.prepare_cached("SELECT size, count FROM withheld WHERE party = ?1")?;
    let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)? as u64, row.get::<_, i64>(1)? as u64));
    Ok(statement.query_row([log.to_string()], row).optional()?.unwrap_or_default())
}

/// Writes what this step has noted.
pub(super) fn settle(folding: &mut Folding<'_>) -> Result<(), FoldError> {
    let seen: Vec<(PartyId, (u64, u64))> = folding.memory.of::<Seen>().0.drain().collect();
    let mut write = folding
        .tx
        .prepare_cached("INSERT OR REPLACE INTO withheld (party, size, count) VALUES (?1, ?2, ?3)")?;
    for (party, (size, count)) in seen {
        write.execute((party.to_string(), size as i64, count as i64))?;
    }
    Ok(())
}

impl Views {
    /// How many records of this party are here as hashes alone.
    pub fn withheld_by(&self, party: PartyId) -> Result<u64, SqlError> {
        let reader = self.read()?;
        let mut statement = reader.prepare_cached("SELECT count FROM withheld WHERE party = ?1")?;
        let count = statement.query_row([party.to_string()], |row| row.get::<_, i64>(0)).optional()?;
        Ok(count.unwrap_or(0).max(0) as u64)
    }
}
