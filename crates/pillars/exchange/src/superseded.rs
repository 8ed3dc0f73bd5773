//! What took the place of an object's record: its author's newest version, or the retraction that took it back.

use desk::Desk;
use desk::links::{Outcome, outcome};
use model::{PartyId, RecordId};
use records::Header;
use share::Class;

use crate::identity::Identity;
use crate::key::key_of;
use crate::placed;
use crate::search::StatementError;

/// The record that holds now instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Successor {
    /// Its arrival number.
    pub seq: u64,
    /// Its id.
    pub record: RecordId,
    position: u64,
    class: Class,
}

impl Successor {
    /// Whether `peer` acknowledged it.
    pub fn reached(&self, desk: &Desk, peer: &PartyId) -> bool {
        let known = outcome(&desk.local, peer, &self.class, self.position, desk.sent_by_us());
        matches!(known, Ok(Outcome::Sent(_)))
    }
}

/// One record as the ledger has it.
struct Said {
    author: PartyId,
    record: RecordId,
    position: u64,
    class: Class,
    object: Option<(String, i64)>,
}

/// What took the place of the object that arrived as `seq`; nothing where it still holds, or is no object.
pub fn successor(desk: &Desk, seq: u64) -> Result<Option<Successor>, StatementError> {
    let ledger = desk.ledger.reader()?;
    let Some(Said { author, object: Some((id, version)), .. }) = said(&ledger, seq)? else { return Ok(None) };
    let views = desk.views.read()?;
    let classes = desk.views.classes();
    let by_author = |class: u32| classes.get(class as usize).is_some_and(|class| class.author == author);
    let standing = placed::standing(&views, key_of(&id))?;
    let newer = standing.iter().filter(|place| place.version > version && by_author(place.class));
    let newer = newer.max_by_key(|place| (place.version, place.seq)).map(|place| place.seq);
    let next = match newer {
        Some(newer) => Some(newer),
        None => taken_back(&views, seq, &author, &id)?,
    };
    let Some(next) = next else { return Ok(None) };
    Ok(said(&ledger, next)?.map(|said| Successor {
        seq: next,
        record: said.record,
        position: said.position,
        class: said.class,
    }))
}

/// The author's newest retraction, where one touched this very record.
fn taken_back(
    views: &desk::sql::Reader<'_>,
    seq: u64,
    author: &PartyId,
    object: &str,
) -> Result<Option<u64>, desk::sql::SqlError> {
    let mut statement = views.prepare_cached(
        "SELECT max(seq) FROM exchange_retracted WHERE object = ?1 AND author = ?2 AND seq > ?3
           AND EXISTS (SELECT 1 FROM exchange_raised WHERE seq = ?3)",
    )?;
    let found: Option<i64> =
        statement.query_row((object, author.to_string(), seq as i64), |row| row.get(0))?;
    Ok(found.map(|seq| seq as u64))
}

fn said(ledger: &ledger::Reader, seq: u64) -> Result<Option<Said>, StatementError> {
    let mut found = None;
    ledger.entry(seq, |entry| {
        let Some(header) = entry.header.and_then(|header| Header::parse(header).ok()) else { return };
        let identity = entry.body.and_then(Identity::read);
        found = Some(Said {
            author: header.author,
            record: entry.record_id(),
            position: entry.position.0,
            class: Class::of(&header, entry.openings),
            object: identity.map(|identity| (identity.id.to_string(), identity.version_us())),
        });
    })?;
    Ok(found)
}
