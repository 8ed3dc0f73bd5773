//! Erasing a body: the record says it, search index, ledger and views forget it. What a kill cuts off goes on at the next
//! start, for it was noted beside the ledger before it began.

use std::path::Path;

use ledger::{Ledger, LogId, LogKey, ReadError};
use model::{PartyId, Position, Realm};
use records::erasure::Erasure;
use records::{Body as _, Header};
use serde::{Deserialize, Serialize};

use crate::desk::Desk;
use crate::edge;
use crate::local::Local;
use crate::pillar::Pillar;
use crate::sql::SqlError;
use crate::submit::SubmitError;

/// The fact under which an erasure that has begun is noted.
const NOTED: &str = "erasing";

/// An erasure that has begun.
#[derive(Debug, Serialize, Deserialize)]
struct Begun {
    /// In whose log the body is.
    party: PartyId,
    /// Where.
    position: Position,
    /// The size of the own log before the record of the erasure.
    since: u64,
}

/// Why a body was not erased, or not everywhere; the next start goes on.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// The record of the erasure could not be written.
    #[error(transparent)]
    Submit(#[from] SubmitError),
    /// The ledger refused.
    #[error(transparent)]
    Ledger(#[from] ledger::EraseError),
    /// The ledger could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The local store refused.
    #[error("cannot note the erasure: {0}; see `entente doctor`")]
    Local(#[from] SqlError),
    /// What quotes the body beside the views could not be cleaned.
    #[error("cannot clean what quotes the body: {0}; free space, the next start goes on with it")]
    Quoted(#[from] std::io::Error),
}

/// Erases a body. Folding ends with it: open the desk again, and the views forget the body too.
pub fn erase(desk: &Desk, said: &Erasure) -> Result<(), EraseError> {
    desk.close();
    let begun = Begun {
        party: said.author.unwrap_or(desk.me),
        position: said.position,
        since: desk.ledger.size(desk.log),
    };
    // Three plain values always serialise.
    desk.local.set_fact_durably(NOTED, &serde_json::to_string(&begun).unwrap_or_default())?;
    let sealed = desk.seal::<Erasure>(edge::now()).body(said, edge::salt());
    desk.submit_blocking(vec![sealed])?;
    settle_erasure(&desk.folder, &desk.local, &desk.ledger, desk.log, &desk.realm, &desk.pillars)
}

/// Goes on with an erasure that has begun: to its end when its record is there, and else not at all. Call before the
/// views are opened: they take away what they hold when they fold the record, and the body must be gone by then.
pub fn settle_erasure(
    folder: &Path,
    local: &Local,
    ledger: &Ledger,
    own: LogId,
    realm: &Realm,
    pillars: &[Pillar],
) -> Result<(), EraseError> {
    let Some(begun) = local.fact(NOTED).and_then(|text| serde_json::from_str::<Begun>(&text).ok()) else {
        return Ok(());
    };
    let log = ledger.find(&LogKey { party: begun.party, realm: realm.clone() });
    if let Some(log) = log
        && is_recorded(ledger, own, &begun)?
    {
        let mut cleaned = Ok(());
        ledger.reader()?.at(log, begun.position, |entry| {
            cleaned = pillars.iter().try_for_each(|pillar| (pillar.forget)(folder, &entry));
        })?;
        cleaned?;
        ledger.erase(log, begun.position)?;
    }
    Ok(local.forget_fact(NOTED)?)
}

/// Whether the own log holds the record, which was the next thing to be written.
fn is_recorded(ledger: &Ledger, own: LogId, begun: &Begun) -> Result<bool, ReadError> {
    let reader = ledger.reader()?;
    let mut found = false;
    for position in (begun.since..ledger.size(own)).take(LOOKED_AT) {
        reader.at(own, Position(position), |entry| {
            let header = entry.header.and_then(|header| Header::parse(header).ok());
            if let (Some(header), Some(body)) = (header, entry.body)
                && header.kind == Erasure::KIND
                && let Ok(said) = serde_json::from_slice::<Erasure>(body)
            {
                found |=
                    said.position == begun.position && said.author.unwrap_or(header.author) == begun.party;
            }
        })?;
    }
    Ok(found)
}

/// Records behind which it is not looked for.
const LOOKED_AT: usize = 1_000;
