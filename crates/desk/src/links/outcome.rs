//! What became of one record on its way to one peer, as far as the link knows.

use model::{PartyId, Timestamp};
use share::Class;

use super::dispatch::{dispatched_to, refused_until};
use super::held::held_back;
use crate::local::Local;
use crate::sql::SqlError;
use crate::views::classes::ClassKey;

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The peer refused it, in its words.
    Refused(String),
    /// It was narrowed or taken back before it went out: the class that holds now, none where it was taken back.
    Held(Option<ClassKey>),
    /// The peer acknowledged it at this instant.
    Sent(Timestamp),
    /// It did not go out: the verdict says whether it will.
    Open,
}

/// Looks up the record at `position` of the own log, whose header is of `class`, as it was known by that instant. When a
/// record was held back is not kept: that is told of the present alone.
pub fn outcome(
    local: &Local,
    peer: &PartyId,
    class: &Class,
    position: u64,
    by_us: i64,
) -> Result<Outcome, SqlError> {
    if let Some(words) = refused_until(local, peer, position, by_us)? {
        return Ok(Outcome::Refused(words));
    }
    if by_us == i64::MAX
        && let Some(now) = held_back(local, peer, position)?
    {
        return Ok(Outcome::Held(now));
    }
    let sent = dispatched_to(local, peer, class, position)?.filter(|sent| sent.at_us <= by_us);
    let at = |us| Timestamp::from_microsecond(us).unwrap_or(Timestamp::UNIX_EPOCH);
    Ok(sent.map_or(Outcome::Open, |sent| Outcome::Sent(at(sent.at_us))))
}
