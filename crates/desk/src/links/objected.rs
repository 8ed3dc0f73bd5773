//! What this node refused of a peer's log because no agreement known here granted it. When agreements change, it asks
//! for those records again.

use model::PartyId;
use rusqlite::params;

use crate::local::Local;
use crate::sql::SqlError;

/// Positions of one peer remembered at most; beyond it the earliest are.
const MOST: u32 = 100_000;

pub(super) fn count(local: &Local, peer: &PartyId) -> Result<u64, SqlError> {
    let query = "SELECT count(*) FROM objected WHERE peer = ?1";
    local.lock().query_row(query, [peer.to_string()], |row| row.get::<_, i64>(0)).map(|count| count as u64)
}

pub(super) fn all(local: &Local, peer: &PartyId) -> Result<Vec<u64>, SqlError> {
    let connection = local.lock();
    let mut statement = connection
        .prepare_cached("SELECT position FROM objected WHERE peer = ?1 ORDER BY position LIMIT ?2")?;
    let rows = statement.query_map(params![peer.to_string(), MOST], |row| row.get::<_, i64>(0))?;
    rows.map(|row| row.map(|position| position as u64)).collect()
}

/// Safe from a power cut when it returns: the ledger keeps the hash in the place of the record, and nothing else says
/// that the record may be had.
pub(super) fn note(local: &Local, peer: &PartyId, positions: &[u64]) -> Result<(), SqlError> {
    local.durably(|connection| {
        let mut statement =
            connection.prepare_cached("INSERT OR IGNORE INTO objected (peer, position) VALUES (?1, ?2)")?;
        for position in positions {
            statement.execute(params![peer.to_string(), *position as i64])?;
        }
        Ok(())
    })
}

pub(super) fn forget(local: &Local, peer: &PartyId, positions: &[u64]) -> Result<(), SqlError> {
    let connection = local.lock();
    for position in positions {
        connection
            .prepare_cached("DELETE FROM objected WHERE peer = ?1 AND position = ?2")?
            .execute(params![peer.to_string(), *position as i64])?;
    }
    Ok(())
}
