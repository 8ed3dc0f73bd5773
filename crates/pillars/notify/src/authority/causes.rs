//! Causes that several entities share, and who has not reported yet although they are expected to.

use std::collections::BTreeMap;

use desk::sql::SqlError;
use desk::views::Views;
use records::cause::{Cause, Expected};
use records::report::Report;
use rusqlite::{OptionalExtension as _, Row};

/// A cause with who reported it.
#[derive(Debug, Clone)]
pub struct Shared {
    /// Its record's arrival number: who may read that may read it.
    pub seq: u64,
    /// The cause.
    pub cause: Cause,
    /// Names of those who reported it, in order of arrival.
    pub reported: Vec<String>,
    /// Those who are expected and have not.
    pub silent: Vec<Expected>,
}

/// A report that was taken to share a cause.
#[derive(Debug, Clone)]
pub struct Reported {
    /// The arrival number of the report: who may read that may read this.
    pub seq: u64,
    /// The cause, by its short name.
    pub cause: String,
    /// Who reported it.
    name: String,
}

/// Causes that a page shows.
pub const MOST_CAUSES: usize = 1_000;
/// Triages that are looked at, the latest.
const MOST_TRIAGES: i64 = 200_000;

/// Every report whose latest triage names a cause, in order of arrival.
pub fn reported(views: &Views) -> Result<Vec<Reported>, SqlError> {
    let reader = views.read()?;
    let mut triages = reader.prepare_cached(
        "SELECT report, json_extract(CAST(body AS TEXT), '$.step.cause') FROM notify_handling
         WHERE json_extract(CAST(body AS TEXT), '$.step.do') = 'triage' ORDER BY seq DESC LIMIT ?1",
    )?;
    let mut latest: BTreeMap<String, String> = BTreeMap::new();
    let rows = triages.query_map([MOST_TRIAGES], |row| {
        Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?.unwrap_or_default()))
    })?;
    for row in rows {
        let (report, cause) = row?;
        latest.entry(report).or_insert(cause);
    }
    let mut of = reader.prepare_cached("SELECT received_us, seq, body FROM notify_report WHERE id = ?1")?;
    let mut found = Vec::new();
    for (report, cause) in latest.into_iter().filter(|(_, cause)| !cause.is_empty()) {
        let row =
            |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, Vec<u8>>(2)?));
        let Some((at_us, seq, body)) = of.query_row([report], row).optional()? else { continue };
        if let Ok(report) = serde_json::from_slice::<Report>(&body) {
            found.push((at_us, Reported { seq: seq as u64, cause, name: report.reporter.name }));
        }
    }
    found.sort_by_key(|(at_us, one)| (*at_us, one.seq));
    Ok(found.into_iter().map(|(_, one)| one).collect())
}

/// The causes behind that short name, in the order of their names, `most` of them, with those who reported each.
pub fn causes(
    views: &Views,
    reported: &[Reported],
    (after, most): (&str, usize),
) -> Result<Vec<Shared>, SqlError> {
    let reader = views.read()?;
    let mut statement = reader
        .prepare_cached("SELECT seq, body FROM notify_cause WHERE cause > ?1 ORDER BY cause LIMIT ?2")?;
    let rows = statement
        .query_map((after, most as i64), |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)))?;
    let mut found = Vec::new();
    for row in rows {
        let (seq, body) = row?;
        if let Ok(cause) = serde_json::from_slice::<Cause>(&body) {
            found.push(shared(seq as u64, cause, reported));
        }
    }
    Ok(found)
}

fn shared(seq: u64, cause: Cause, all: &[Reported]) -> Shared {
    let mut reported: Vec<String> = Vec::new();
    for one in all.iter().filter(|one| one.cause == cause.cause) {
        if !reported.iter().any(|known| same(known, &one.name)) {
            reported.push(one.name.clone());
        }
    }
    let silent = cause.expected.iter().filter(|one| !reported.iter().any(|known| same(known, &one.name)));
    Shared { seq, silent: silent.cloned().collect(), reported, cause }
}

/// Names are written by people: case and spaces do not count.
fn same(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(one) == plain(other)
}
