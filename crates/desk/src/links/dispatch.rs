//! Who received what, and when: for each peer and release class the stretches of positions that were sent.
//!
//! A verdict is one for a whole class, so a stretch "from 17 to 4,112, class 3" answers for every record of that
//! class in it; a million records take a handful of rows.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use model::PartyId;
use rusqlite::params;
use serde::{Deserialize, Serialize};
use share::Class;

use crate::edge;
use crate::local::Local;
use crate::sql::SqlError;
use crate::views::classes::ClassKey;

/// One stretch of one class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dispatched {
    /// First position.
    pub first: u64,
    /// Last position.
    pub last: u64,
    /// When the peer acknowledged its end, µs.
    pub at_us: i64,
}

/// What a batch did with each class it contained.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Sent {
    pub first: u64,
    pub end: u64,
    /// True for released, false for withheld.
    pub classes: BTreeMap<ClassKey, bool>,
    /// Places whose class the views did not know in time: they were withheld.
    pub late: Vec<u64>,
}

/// What must outlive a session that is cut before its acknowledgements: how far the peer had acknowledged, and the
/// batches on their way. Its next greeting says which of them it holds.
#[derive(Debug, Default, Serialize, Deserialize)]
struct UnderWay {
    acked: u64,
    sent: Vec<Sent>,
}

fn under_way_name(peer: &PartyId) -> String {
    format!("under-way:{peer}")
}

/// The book of one peer while its session lasts.
#[derive(Debug)]
pub(super) struct Dispatches {
    peer: PartyId,
    /// The first position of the stretch still growing, by class.
    open: HashMap<ClassKey, u64>,
    /// Classes of which something was withheld.
    pub withheld: BTreeSet<ClassKey>,
    /// Places withheld because the views did not know their class yet.
    pub late: BTreeSet<u64>,
}

/// Such places remembered at most.
const MOST_LATE: usize = 100_000;

fn late_name(peer: &PartyId) -> String {
    format!("late:{peer}")
}

fn withheld_name(peer: &PartyId) -> String {
    format!("withheld:{peer}")
}

impl Dispatches {
    pub fn load(local: &Local, peer: PartyId) -> Self {
        let kept = |name: String| local.cursor(&name).unwrap_or_default();
        let withheld = serde_json::from_str(&kept(withheld_name(&peer))).unwrap_or_default();
        let late = serde_json::from_str(&kept(late_name(&peer))).unwrap_or_default();
        Self { peer, open: HashMap::new(), withheld, late }
    }

    /// The peer acknowledged a batch.
    pub fn acknowledged(&mut self, local: &Local, sent: &Sent) -> Result<(), SqlError> {
        let before = self.withheld.clone();
        let peer = self.peer.to_string();
        {
            let connection = local.lock();
            for (class, released) in &sent.classes {
                if !released {
                    self.open.remove(class);
                    self.withheld.insert(*class);
                    continue;
                }
                let first = *self.open.entry(*class).or_insert(sent.first);
                connection
                    .prepare_cached(
                        "INSERT OR REPLACE INTO dispatched (peer, class, first, last, at_us) VALUES (?1, ?2, ?3, ?4, ?5)",
                    )?
                    .execute(params![peer, class.0, first as i64, sent.end as i64 - 1, edge::now_us()])?;
            }
        }
        if !sent.late.is_empty() {
            self.late.extend(sent.late.iter().copied().take(MOST_LATE.saturating_sub(self.late.len())));
            self.keep_late(local)?;
        }
        if before != self.withheld { self.keep_withheld(local) } else { Ok(()) }
    }

    /// Notes what is on its way, before it goes.
    pub fn sending(&self, local: &Local, acked: u64, sent: Vec<Sent>) -> Result<(), SqlError> {
        let text = serde_json::to_string(&UnderWay { acked, sent }).unwrap_or_default();
        local.set_cursor(&under_way_name(&self.peer), &text)
    }

    /// The peer says that it holds `held` records: what was on its way and is held was acknowledged by that. What it
    /// holds beyond came by file, and is looked at again: it may hold as a hash what is released by now.
    pub fn greeted(&mut self, local: &Local, held: u64) -> Result<(), SqlError> {
        let kept = local.cursor(&under_way_name(&self.peer)).unwrap_or_default();
        let under_way: UnderWay = serde_json::from_str(&kept).unwrap_or_default();
        let mut known = under_way.acked;
        for sent in under_way.sent.iter().filter(|sent| sent.end <= held) {
            self.acknowledged(local, sent)?;
            known = known.max(sent.end);
        }
        if known < held {
            self.late.extend((known..held).take(MOST_LATE.saturating_sub(self.late.len())));
            self.keep_late(local)?;
        }
        self.sending(local, held, Vec::new())
    }

    /// The class of these places is known by now: of those that were sent, and acknowledged, or stay withheld.
    pub fn settled(&mut self, local: &Local, places: &[(u64, ClassKey)], sent: bool) -> Result<(), SqlError> {
        for (position, class) in places {
            self.late.remove(position);
            if !sent {
                self.withheld.insert(*class);
                continue;
            }
            local
                .lock()
                .prepare_cached(
                    "INSERT INTO dispatched (peer, class, first, last, at_us) VALUES (?1, ?2, ?3, ?3, ?4)
                     ON CONFLICT DO UPDATE SET last = max(last, excluded.last)",
                )?
                .execute(params![self.peer.to_string(), class.0, *position as i64, edge::now_us()])?;
        }
        self.keep_late(local)?;
        if sent { Ok(()) } else { self.keep_withheld(local) }
    }

    /// The peer took what it had refused, except what it refused again.
    pub fn taken(&self, local: &Local, positions: &[u64], refused: &[link::Refused]) -> Result<(), SqlError> {
        let connection = local.lock();
        for position in positions {
            if refused.iter().all(|refusal| refusal.position != *position) {
                connection
                    .prepare_cached("DELETE FROM refused WHERE peer = ?1 AND position = ?2")?
                    .execute(params![self.peer.to_string(), *position as i64])?;
            }
        }
        Ok(())
    }

    fn keep_late(&self, local: &Local) -> Result<(), SqlError> {
        local.set_cursor(&late_name(&self.peer), &serde_json::to_string(&self.late).unwrap_or_default())
    }

    /// Everything of a class up to `end` was revealed.
    pub fn revealed(&mut self, local: &Local, class: ClassKey, end: u64) -> Result<(), SqlError> {
        local
            .lock()
            .prepare_cached(
                "INSERT OR REPLACE INTO dispatched (peer, class, first, last, at_us) VALUES (?1, ?2, 0, ?3, ?4)",
            )?
            .execute(params![self.peer.to_string(), class.0, end as i64 - 1, edge::now_us()])?;
        self.withheld.remove(&class);
        self.keep_withheld(local)
    }

    fn keep_withheld(&self, local: &Local) -> Result<(), SqlError> {
        let text = serde_json::to_string(&self.withheld).unwrap_or_default();
        local.set_cursor(&withheld_name(&self.peer), &text)
    }
}

/// The stretch that holds `position`, when a record of `class` there was sent to `peer`: the first of them.
pub fn dispatched_to(
    local: &Local,
    peer: &PartyId,
    class: &Class,
    position: u64,
) -> Result<Option<Dispatched>, SqlError> {
    let connection = local.lock();
    let mut statement = connection.prepare_cached(
        "SELECT first, last, at_us FROM dispatched WHERE peer = ?1 AND class = ?2 AND first <= ?3 AND last >= ?3
         ORDER BY at_us LIMIT 1",
    )?;
    let mut rows = statement.query(params![peer.to_string(), ClassKey::of(class).0, position as i64])?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Dispatched {
            first: row.get::<_, i64>(0)? as u64,
            last: row.get::<_, i64>(1)? as u64,
            at_us: row.get(2)?,
        })
    };
    rows.next()?.map(read).transpose()
}

/// Up to where in the own log `peer` had acknowledged what was sent to it by that instant.
pub fn acknowledged(local: &Local, peer: &PartyId, by_us: i64) -> Result<u64, SqlError> {
    let connection = local.lock();
    let mut statement =
        connection.prepare_cached("SELECT max(last) FROM dispatched WHERE peer = ?1 AND at_us <= ?2")?;
    let last: Option<i64> = statement.query_row(params![peer.to_string(), by_us], |row| row.get(0))?;
    Ok(last.map_or(0, |last| last as u64 + 1))
}

/// Why `peer` refused the record at `position`, if it did.
pub fn refused_by(local: &Local, peer: &PartyId, position: u64) -> Result<Option<String>, SqlError> {
    refused_until(local, peer, position, i64::MAX)
}

/// The same as it was known by that instant.
pub(super) fn refused_until(
    local: &Local,
    peer: &PartyId,
    position: u64,
    by_us: i64,
) -> Result<Option<String>, SqlError> {
    let connection = local.lock();
    let mut statement = connection
        .prepare_cached("SELECT reason FROM refused WHERE peer = ?1 AND position = ?2 AND at_us <= ?3")?;
    let mut rows = statement.query(params![peer.to_string(), position as i64, by_us])?;
    rows.next()?.map(|row| row.get(0)).transpose()
}

/// How many records each peer had refused by that instant, by its words.
pub fn refusals(local: &Local, by_us: i64) -> Result<BTreeMap<PartyId, BTreeMap<String, u64>>, SqlError> {
    let connection = local.lock();
    let mut statement = connection.prepare_cached(
        "SELECT peer, reason, count(*) FROM refused WHERE at_us <= ?1 GROUP BY peer, reason",
    )?;
    let mut rows = statement.query([by_us])?;
    let mut found: BTreeMap<PartyId, BTreeMap<String, u64>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        if let Ok(peer) = row.get::<_, String>(0)?.parse() {
            found.entry(peer).or_default().insert(row.get(1)?, row.get::<_, i64>(2)? as u64);
        }
    }
    Ok(found)
}

pub(super) fn note_refused(local: &Local, peer: &PartyId, refused: &[link::Refused]) -> Result<(), SqlError> {
    let connection = local.lock();
    for refusal in refused {
        connection
            .prepare_cached(
                "INSERT OR REPLACE INTO refused (peer, position, reason, at_us) VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute(params![peer.to_string(), refusal.position as i64, refusal.reason, edge::now_us()])?;
    }
    Ok(())
}
