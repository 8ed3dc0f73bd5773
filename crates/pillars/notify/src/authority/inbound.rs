//! What was handed on between authorities: releasable versions of reports, and early warnings, by this party and to it.

use desk::sql::SqlError;
use desk::views::Views;
use model::{PartyId, Timestamp};
use records::Body as _;
use records::forward::Forward;
use records::warning::Warning;

/// One record.
#[derive(Debug, Clone)]
pub struct HandedOn {
    /// Its arrival number, for the verdict.
    pub seq: u64,
    /// Whose it is.
    pub from: PartyId,
    /// When it came.
    pub at: Timestamp,
    /// What it says.
    pub what: What,
}

/// What was handed on.
#[derive(Debug, Clone)]
pub enum What {
    /// The releasable version of a report.
    Forward(Box<Forward>),
    /// A warning.
    Warning(Warning),
}

/// The newest 500 of them, the newest first.
pub fn handed_on(views: &Views) -> Result<Vec<HandedOn>, SqlError> {
    let reader = views.read()?;
    let mut statement = reader.prepare_cached(
        "SELECT seq, log, kind, at_us, body FROM notify_handed_on ORDER BY seq DESC LIMIT 500",
    )?;
    let rows = statement.query_map([], |row| {
        let texts: (String, String) = (row.get(1)?, row.get(2)?);
        Ok((row.get::<_, i64>(0)?, texts, row.get::<_, i64>(3)?, row.get::<_, Vec<u8>>(4)?))
    })?;
    let mut found = Vec::new();
    for row in rows {
        let (seq, (log, kind), at_us, body) = row?;
        found.extend(read(seq as u64, &log, &kind, at_us, &body));
    }
    Ok(found)
}

fn read(seq: u64, log: &str, kind: &str, at_us: i64, body: &[u8]) -> Option<HandedOn> {
    let what = match kind {
        Forward::KIND => What::Forward(serde_json::from_slice(body).ok()?),
        Warning::KIND => What::Warning(serde_json::from_slice(body).ok()?),
        _ => return None,
    };
    Some(HandedOn { seq, from: log.parse().ok()?, at: Timestamp::from_microsecond(at_us).ok()?, what })
}
