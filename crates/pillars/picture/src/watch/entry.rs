//! The watch-list as one reader sees it.

use model::time::civil::Date;
use model::{Marking, PartyId, RecordId, Timestamp, WatchId};
use records::watch::Watch;
use rusqlite::Row;

use crate::sight::{Sight, SightError};

/// Entries that are listed.
const MOST_LISTED: usize = 500;
/// Versions of one entry that are shown.
const MOST_VERSIONS: usize = 200;

/// One version of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub seq: u64,
    pub at: Timestamp,
    pub class: u32,
    pub record: RecordId,
    pub party: PartyId,
    pub marking: Marking,
    pub said: Watch,
}

impl Entry {
    /// Its page: an entry has its name from whoever states it, and two may use the same.
    pub fn href(&self) -> String {
        href(&self.party, &self.said.watch)
    }

    /// True while it is watched.
    pub fn is_watched(&self) -> bool {
        self.said.retired.is_empty()
    }

    /// True when somebody should have looked at it again.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.is_watched() && self.said.review < today
    }
}

/// See [`Entry::href`].
pub(crate) fn href(party: &PartyId, watch: &WatchId) -> String {
    format!("/picture/watch/entries/{}/{}", party.hex(), watch.0)
}

/// The newest version of every entry that this reader may see, next review first, then those watched no longer. An
/// entry whose newest version they may not see is not listed: an older one would mislead.
pub(crate) fn list(sight: &Sight<'_>) -> Result<Vec<Entry>, SightError> {
    let mut statement = sight.reader.prepare_cached(
        "SELECT seq, at_us, class, record, log, body FROM picture_watch
         WHERE seq IN (SELECT max(seq) FROM picture_watch WHERE seq <= ?1 GROUP BY log, watch) ORDER BY seq DESC",
    )?;
    let mut rows = statement.query([sight.last()])?;
    let mut found = Vec::new();
    while let (Some(row), true) = (rows.next()?, found.len() < MOST_LISTED) {
        found.extend(read(sight, row)?);
    }
    found.sort_by(|one, other| {
        let order = |entry: &Entry| (!entry.is_watched(), entry.said.review);
        order(one).cmp(&order(other)).then_with(|| one.said.technology.cmp(&other.said.technology))
    });
    Ok(found)
}

/// The newest version of one entry, if this reader may see it.
pub(crate) fn entry(sight: &Sight<'_>, party: PartyId, watch: WatchId) -> Result<Option<Entry>, SightError> {
    let mut newest = versions(sight, party, watch, 1)?;
    Ok(newest.pop().flatten())
}

/// Its versions that this reader may see, the newest first.
pub(crate) fn history(sight: &Sight<'_>, party: PartyId, watch: WatchId) -> Result<Vec<Entry>, SightError> {
    Ok(versions(sight, party, watch, MOST_VERSIONS)?.into_iter().flatten().collect())
}

fn versions(
    sight: &Sight<'_>,
    party: PartyId,
    watch: WatchId,
    most: usize,
) -> Result<Vec<Option<Entry>>, SightError> {
    let mut statement = sight.reader.prepare_cached(
        "SELECT seq, at_us, class, record, log, body FROM picture_watch
         WHERE log = ?1 AND watch = ?2 AND seq <= ?3 ORDER BY seq DESC LIMIT ?4",
    )?;
    let mut rows = statement.query((party.to_string(), watch.to_string(), sight.last(), most as i64))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(sight, row)?);
    }
    Ok(found)
}

/// `None` for what this reader may not see.
fn read(sight: &Sight<'_>, row: &Row<'_>) -> Result<Option<Entry>, SightError> {
    let class: u32 = row.get(2)?;
    if !sight.sees(class) {
        return Ok(None);
    }
    let (record, party): (String, String) = (row.get(3)?, row.get(4)?);
    let said: Option<Watch> = serde_json::from_slice(&row.get::<_, Vec<u8>>(5)?).ok();
    let (Ok(record), Ok(party), Some(said)) = (record.parse(), party.parse(), said) else { return Ok(None) };
    Ok(Some(Entry {
        seq: row.get::<_, i64>(0)?.max(0) as u64,
        at: Timestamp::from_microsecond(row.get(1)?).unwrap_or_default(),
        class,
        record,
        party,
        marking: sight.marking(class),
        said,
    }))
}
