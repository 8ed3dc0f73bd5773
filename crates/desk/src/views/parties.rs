//! Parties: whose cards this node trusts, by a person's decision on the record.

use std::collections::BTreeMap;

use ledger::keys::VerifyingKeys;
use model::PartyId;
use records::Body;
use records::card::Card;
use records::rotation::Rotation;
use records::trust::Trust;
use rusqlite::Connection;

use super::entry::{Entry, FoldError, Folding};
use crate::card;
use crate::key_line::KeyLine;
use crate::sql::SqlError;

pub(super) const SCHEMA: &str = "
CREATE TABLE party (id TEXT PRIMARY KEY, seq INTEGER NOT NULL, trusted INTEGER NOT NULL, card TEXT NOT NULL, by_whom TEXT NOT NULL);
CREATE TABLE party_rotation (id TEXT NOT NULL, seq INTEGER PRIMARY KEY, body TEXT NOT NULL);";

/// A party whose card was trusted at some time.
#[derive(Debug, Clone)]
pub struct Party {
    /// Its card.
    pub card: Card,
    /// The keys it signs with now.
    pub keys: VerifyingKeys,
    /// Every key set it has had.
    pub line: KeyLine,
    /// True while it is trusted.
    pub trusted: bool,
    /// Who compared the fingerprints.
    pub by: String,
}

/// Every such party by id, this node's own included.
pub type Parties = BTreeMap<PartyId, Party>;

pub(super) fn fold(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    if entry.header.kind == Rotation::KIND && entry.header.author == entry.log {
        return fold_rotation(folding, entry);
    }
    if entry.header.kind != Trust::KIND || entry.header.author != folding.me {
        return Ok(());
    }
    let Some(trust) = entry.read::<Trust>() else { return Ok(()) };
    match &trust.card {
        Some(signed) if card::verify(signed).is_ok_and(|(card, _)| card.party == trust.party) => {
            folding
                .tx
                .prepare_cached(
                    "INSERT OR REPLACE INTO party (id, seq, trusted, card, by_whom) VALUES (?1, ?2, 1, ?3, ?4)",
                )?
                .execute((trust.party.to_string(), entry.seq as i64, serde_json::to_string(signed).unwrap_or_default(), &trust.by))?;
        }
        Some(_) => return Ok(()),
        None => {
            folding
                .tx
                .prepare_cached("UPDATE party SET trusted = 0, seq = ?2, by_whom = ?3 WHERE id = ?1")?
                .execute((trust.party.to_string(), entry.seq as i64, &trust.by))?;
        }
    }
    changed(folding);
    Ok(())
}

fn fold_rotation(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    folding
        .tx
        .prepare_cached("INSERT INTO party_rotation (id, seq, body) VALUES (?1, ?2, ?3)")?
        .execute((entry.log.to_string(), entry.seq as i64, entry.body))?;
    changed(folding);
    Ok(())
}

fn changed(folding: &mut Folding<'_>) {
    (folding.book_changed, folding.parties_changed) = (true, true);
    folding.topics.insert("parties");
}

pub(super) fn load(connection: &Connection) -> Result<Parties, SqlError> {
    let mut statement = connection.prepare_cached("SELECT card, trusted, by_whom FROM party")?;
    let rows = statement.query_map([], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?, row.get::<_, String>(2)?))
    })?;
    let mut parties = BTreeMap::new();
    for row in rows {
        let (signed, trusted, by) = row?;
        let Ok(signed) = serde_json::from_str(&signed) else { continue };
        if let Ok((card, line)) = card::line(&signed) {
            let keys = line.current().clone();
            parties.insert(card.party, Party { card, keys, line, trusted, by });
        }
    }
    rotate(connection, &mut parties)?;
    Ok(parties)
}

/// Applies key rotations in order; one that does not verify against the keys of the time is ignored.
fn rotate(connection: &Connection, parties: &mut Parties) -> Result<(), SqlError> {
    let mut statement = connection.prepare_cached("SELECT id, body FROM party_rotation ORDER BY seq")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
    for row in rows {
        let (id, body) = row?;
        let party = id.parse().ok().and_then(|id: PartyId| parties.get_mut(&id));
        let rotation = serde_json::from_slice::<Rotation>(&body).ok();
        if let (Some(party), Some(rotation)) = (party, rotation)
            && party.line.extend(&rotation)
        {
            party.keys = party.line.current().clone();
        }
    }
    Ok(())
}
