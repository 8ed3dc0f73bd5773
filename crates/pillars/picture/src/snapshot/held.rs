//! Snapshots as they stand here: what is said, who has signed it, who answered otherwise.

use std::collections::BTreeMap;

use desk::Desk;
use desk::sql::{Reader, SqlError};
use model::{PartyId, RecordId, Timestamp};
use records::cosign::{Cosign, Word};
use records::snapshot::Snapshot;
use rusqlite::OptionalExtension as _;

use super::covered::{Covered, covered};

/// Snapshots that are listed, the newest first; answers read of one.
const MOST: i64 = 200;

/// One snapshot.
#[derive(Debug, Clone)]
pub struct Held {
    /// What it says.
    pub said: Snapshot,
    /// Its bytes, which are what is signed.
    pub body: Vec<u8>,
    /// SHA-256 of them, as the header has it.
    pub sha256: String,
    /// The record.
    pub record: RecordId,
    /// Its arrival number.
    pub seq: u64,
    /// When it arrived here.
    pub at: Timestamp,
    /// Its release class.
    pub class: u32,
    /// The last word of each party; a signature only where it holds.
    pub answers: BTreeMap<PartyId, Answered>,
}

/// One party's word.
#[derive(Debug, Clone)]
pub struct Answered {
    /// What it says.
    pub said: Cosign,
    /// What of it is signed.
    pub covers: Covered,
    /// When it arrived here.
    pub at: Timestamp,
    /// Its place in the log of its party.
    pub position: u64,
    /// Its release class.
    pub class: u32,
    /// Its body.
    pub body: Vec<u8>,
}

impl Held {
    /// The party beside this one.
    pub fn other(&self, me: PartyId) -> PartyId {
        if self.said.by == me { self.said.with } else { self.said.by }
    }

    /// Whether this party has signed it.
    pub fn is_signed_by(&self, party: PartyId) -> bool {
        self.answers.get(&party).is_some_and(|answered| answered.said.word == Word::Signed)
    }

    /// Whether both have.
    pub fn is_joint(&self) -> bool {
        self.is_signed_by(self.said.by) && self.is_signed_by(self.said.with)
    }
}

/// One snapshot by its id.
pub fn held(desk: &Desk, id: &str) -> Result<Option<Held>, SqlError> {
    let reader = desk.views.read()?;
    let query = "SELECT seq, at_us, class, record, sha256, body FROM picture_snapshot WHERE id = ?1";
    let found = reader.prepare_cached(query)?.query_row([id], read).optional()?.flatten();
    found.map(|found| answered(desk, &reader, found)).transpose()
}

/// All of them, the newest first.
pub fn list(desk: &Desk) -> Result<Vec<Held>, SqlError> {
    let reader = desk.views.read()?;
    let query =
        "SELECT seq, at_us, class, record, sha256, body FROM picture_snapshot ORDER BY seq DESC LIMIT ?1";
    let mut statement = reader.prepare_cached(query)?;
    let rows = statement.query_map([MOST], read)?.collect::<Result<Vec<_>, _>>()?;
    rows.into_iter().flatten().map(|found| answered(desk, &reader, found)).collect()
}

fn read(row: &rusqlite::Row<'_>) -> Result<Option<Held>, SqlError> {
    let body: Vec<u8> = row.get(5)?;
    let Ok(said) = serde_json::from_slice(&body) else { return Ok(None) };
    Ok(Some(Held {
        said,
        body,
        seq: row.get::<_, i64>(0)? as u64,
        at: Timestamp::from_microsecond(row.get(1)?).unwrap_or_default(),
        class: row.get(2)?,
        record: RecordId(model::Digest(row.get(3)?)),
        sha256: row.get(4)?,
        answers: BTreeMap::new(),
    }))
}

/// The same with the last word of each of the two parties: once somebody has signed, that stands.
fn answered(desk: &Desk, reader: &Reader<'_>, mut found: Held) -> Result<Held, SqlError> {
    let query =
        "SELECT at_us, class, position, body FROM picture_cosign WHERE snapshot = ?1 ORDER BY seq LIMIT ?2";
    let mut statement = reader.prepare_cached(query)?;
    let mut rows = statement.query((&found.said.snapshot, MOST))?;
    let known = desk.known();
    while let Some(row) = rows.next()? {
        let body: Vec<u8> = row.get(3)?;
        let Ok(said) = serde_json::from_slice::<Cosign>(&body) else { continue };
        let (party, position) = (said.party, row.get::<_, i64>(2)? as u64);
        let concerned = party == found.said.by || party == found.said.with;
        if !concerned || said.body_sha256.hex() != found.sha256 || found.is_signed_by(party) {
            continue;
        }
        let line = known.parties.get(&party).map(|party| &party.line);
        let covers = line.and_then(|line| covered(&said, &found.body, line.held_at(position)));
        let Some(covers) = covers else { continue };
        let at = Timestamp::from_microsecond(row.get(0)?).unwrap_or_default();
        found.answers.insert(party, Answered { said, covers, at, position, class: row.get(1)?, body });
    }
    Ok(found)
}
