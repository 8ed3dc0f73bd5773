//! What another node of this party has erased while this one ran. The node that erases takes the words out of its own
//! index first; this one learns of it from the record, and makes its index anew, since the words can only be taken away
//! by who knows the body.

use ledger::{EntryRef, Ledger, LogId, LogKey};
use model::Realm;
use records::erasure::Erasure;
use records::{Body as _, Header};
use rusqlite::Connection;

use super::follow::FollowError;

/// Where what is to be erased stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Stands {
    /// Not in the index.
    Nowhere,
    /// In the index and in the ledger, which will erase it next.
    Here,
    /// In the index alone.
    HereAlone,
}

/// The erasure that this record of ours states.
pub(super) fn erasure_in(entry: &EntryRef<'_>, own: LogId, realm: &str) -> Option<(LogKey, Erasure)> {
    let header = Header::parse(entry.header.filter(|_| entry.log == own)?).ok()?;
    if header.kind != Erasure::KIND || header.realm != realm {
        return None;
    }
    let said: Erasure = serde_json::from_slice(entry.body?).ok()?;
    let realm: Realm = realm.parse().ok()?;
    Some((LogKey { party: said.author.unwrap_or(header.author), realm }, said))
}

pub(super) fn stands(
    connection: &Connection,
    ledger: &Ledger,
    (key, said): &(LogKey, Erasure),
) -> Result<Stands, FollowError> {
    let Some(log) = ledger.find(key) else { return Ok(Stands::Nowhere) };
    let mut found = None;
    ledger.reader()?.at(log, said.position, |entry| found = Some((entry.seq, entry.body.is_some())))?;
    let Some((seq, has_body)) = found else { return Ok(Stands::Nowhere) };
    let known = connection.prepare_cached("SELECT 1 FROM item WHERE seq = ?1")?.exists([seq as i64])?;
    Ok(match (known, has_body) {
        (false, _) => Stands::Nowhere,
        (true, true) => Stands::Here,
        (true, false) => Stands::HereAlone,
    })
}
