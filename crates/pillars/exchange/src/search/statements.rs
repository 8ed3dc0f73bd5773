//! One object as it is held: every party's own statement of it, version by version, none overwriting another.

use desk::sql::SqlError;
use formats::json::Limits;
use formats::stix;
use model::{Digest, Position, RecordId, Timestamp};
use records::{Header, Marked};
use share::Class;

use super::Sight;
use super::sight::Placed;
use crate::identity::Identity;
use crate::key::key_of;

/// One record of an object.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Its arrival number.
    pub seq: u64,
    /// The record.
    pub record: RecordId,
    /// Its place in the author's log.
    pub position: Position,
    /// When it arrived here.
    pub received_at: Timestamp,
    /// When its author says it was stated.
    pub stated_at: Timestamp,
    /// Its release class as it is in force, narrowing included.
    pub class: Class,
    /// The class as it was sealed.
    pub sealed_class: Class,
    /// The marking as it was sealed.
    pub sealed: Marked,
    /// The version as text, empty for observables.
    pub version: String,
    /// The object, byte for byte.
    pub bytes: Vec<u8>,
}

/// Where the marking of a record comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The document itself names it.
    Document,
    /// It was given when the document came in.
    Gate,
    /// The author narrowed it later.
    Narrowed,
    /// There is none.
    Nowhere,
}

impl Statement {
    /// SHA-256 of the bytes.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.bytes)
    }
}

/// Every visible statement of `id`: newest version first, then the newest arrival.
pub fn statements(sight: &Sight<'_>, id: &str) -> Result<Vec<Statement>, StatementError> {
    let mut placed = sight.placed(key_of(id))?;
    placed.sort_by_key(|row| std::cmp::Reverse((row.version, row.at_us)));
    let reader = sight.desk.ledger.reader()?;
    let mut found = Vec::new();
    for row in placed.iter().take(MOST_STATEMENTS) {
        reader.entry(row.seq, |entry| found.extend(read(sight, row, id, &entry)))?;
    }
    Ok(found)
}

/// Statements of one object read for one page.
const MOST_STATEMENTS: usize = 200;

/// Why statements could not be read.
#[derive(Debug, thiserror::Error)]
pub enum StatementError {
    /// The views refused.
    #[error("cannot read the views: {0}; see `entente doctor`")]
    Views(#[from] SqlError),
    /// The ledger refused.
    #[error(transparent)]
    Ledger(#[from] ledger::ReadError),
}

impl From<StatementError> for desk::pages::PageError {
    fn from(error: StatementError) -> Self {
        desk::pages::PageError::broken(error)
    }
}

fn read(sight: &Sight<'_>, row: &Placed, id: &str, entry: &ledger::EntryRef<'_>) -> Option<Statement> {
    let (header, body) = (Header::parse(entry.header?).ok()?, entry.body?);
    let identity = Identity::read(body).filter(|identity| identity.id == id)?;
    Some(Statement {
        seq: row.seq,
        record: entry.record_id(),
        position: entry.position,
        received_at: Timestamp::from_microsecond(entry.at_us).unwrap_or(sight.now),
        stated_at: header.stated_at,
        class: sight.class(row.class)?.clone(),
        sealed_class: Class::of(&header, entry.openings),
        sealed: header.marked(),
        version: identity.version_text().unwrap_or("").to_owned(),
        bytes: body.to_vec(),
    })
}

/// Where the marking in force comes from.
pub fn origin(statement: &Statement) -> Origin {
    if statement.class.marked != statement.sealed {
        return Origin::Narrowed;
    }
    if !matches!(statement.sealed, Marked::Known(_)) {
        return Origin::Nowhere;
    }
    let named = stix::inspect(&statement.bytes, &Limits::default()).is_ok_and(|object| {
        !object.object_marking_refs.is_empty() || !object.granular_marking_refs.is_empty()
    });
    if named { Origin::Document } else { Origin::Gate }
}
