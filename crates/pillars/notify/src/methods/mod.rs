//! How risk is assessed: the register of methods, the crosswalk between them, and what parties say of their own practice.

pub(crate) mod api;
pub mod declare;
pub(crate) mod fold;
pub(crate) mod form;
pub(crate) mod pages;

use desk::sql::SqlError;
use desk::views::Views;
use model::{PartyId, Timestamp};
use records::practice::Practice;

/// What a party says of its practice.
#[derive(Debug, Clone)]
pub struct Said {
    /// Its arrival number, for the verdict.
    pub seq: u64,
    /// Whose it is.
    pub by: PartyId,
    /// When it came.
    pub at: Timestamp,
    /// What it says.
    pub practice: Practice,
}

/// No list is longer.
const MOST: i64 = 500;

/// The newest word of each party on each method and scope, without what has ended; the newest first.
pub fn practices(views: &Views) -> Result<Vec<Said>, SqlError> {
    let reader = views.read()?;
    let mut statement = reader
        .prepare_cached("SELECT seq, log, at_us, body FROM notify_practice ORDER BY seq DESC LIMIT ?1")?;
    let rows = statement.query_map([MOST], |row| {
        Ok((
            row.get::<_, i64>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, i64>(2)?,
            row.get::<_, Vec<u8>>(3)?,
        ))
    })?;
    let mut found = Vec::new();
    for row in rows {
        let (seq, log, at_us, body) = row?;
        let practice: Option<Practice> = serde_json::from_slice(&body).ok();
        let said = practice.filter(|practice| !practice.ended).and_then(|practice| {
            let at = Timestamp::from_microsecond(at_us).ok()?;
            Some(Said { seq: seq as u64, by: log.parse().ok()?, at, practice })
        });
        found.extend(said);
    }
    Ok(found)
}
