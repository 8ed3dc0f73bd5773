//! The retractions of one object, as far as the one who asks may see them.

use std::ops::RangeInclusive;

use desk::Desk;
use desk::pillar::Raised;
use desk::sql::SqlError;
use ledger::EntryRef;
use model::{PartyId, Timestamp};

use crate::receipts::AnswersError;

/// Retractions of one object that are listed.
const MOST_LISTED: i64 = 50;

/// One retraction.
#[derive(Debug, Clone)]
pub(crate) struct Retracted {
    pub seq: u64,
    pub record: String,
    pub author: PartyId,
    pub narrows: bool,
    pub at: Timestamp,
}

/// Newest first; `sees` asks the verdict for each.
pub(crate) fn retractions_of(
    desk: &Desk,
    object: &str,
    sees: impl Fn(&EntryRef<'_>) -> bool,
) -> Result<Vec<Retracted>, AnswersError> {
    let reader = desk.ledger.reader()?;
    let mut found = Vec::new();
    for (seq, author, action) in rows(desk, object)? {
        let Ok(author) = author.parse() else { continue };
        reader.entry(seq as u64, |entry| {
            if sees(&entry) {
                found.push(Retracted {
                    seq: entry.seq,
                    record: entry.record_id().to_string(),
                    author,
                    narrows: action == "narrow",
                    at: Timestamp::from_microsecond(entry.at_us).unwrap_or_default(),
                });
            }
        })?;
    }
    Ok(found)
}

fn rows(desk: &Desk, object: &str) -> Result<Vec<(i64, String, String)>, SqlError> {
    let reader = desk.views.read()?;
    let mut statement = reader.prepare_cached(
        "SELECT seq, author, action FROM exchange_retracted WHERE object = ?1 ORDER BY seq DESC LIMIT ?2",
    )?;
    let rows =
        statement.query_map((object, MOST_LISTED), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    rows.collect()
}

/// What holds now of records that were taken back or narrowed, among these arrivals.
pub(crate) fn raised(desk: &Desk, among: RangeInclusive<u64>) -> Result<Raised, SqlError> {
    let reader = desk.views.read()?;
    let mut statement =
        reader.prepare_cached("SELECT seq, class FROM exchange_raised WHERE seq BETWEEN ?1 AND ?2")?;
    let rows = statement.query_map((*among.start() as i64, *among.end() as i64), |row| {
        Ok((row.get::<_, i64>(0)? as u64, row.get(1)?))
    })?;
    rows.collect()
}
