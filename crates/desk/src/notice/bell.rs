//! The number in the bar of every page: how many unread notices this visitor may have, kept for each account until
//! something changes that it depends on.
//!
//! Whether a record may be read costs a look into the ledger, and a page must not pay for a hundred of them each time. The
//! gate is asked once ([`readable`], as `/notices` itself asks), and its answers are kept by permission, marking and
//! urgency, until the notices of the account, the agreements, their time, or what was taken back or erased has changed.

use std::collections::{BTreeMap, HashMap};
use std::sync::Mutex;

use model::{Timestamp, Tlp};
use ui::Bell;

use super::gate::{holds, readable};
use super::{Kept, Urgency};
use crate::local::Local;
use crate::pages::{App, PageError, Visitor};
use crate::sql::SqlError;

/// Accounts whose number is kept; beyond it all are counted anew.
const MOST_ACCOUNTS: usize = 2_000;
/// Unread notices looked at: as many as `/notices` shows.
pub const MOST: usize = 500;

/// What was counted for each account.
#[derive(Debug, Default)]
pub struct Bells {
    kept: Mutex<HashMap<(String, Tlp), Counted>>,
}

/// Unread notices about what may be read, by the name of the permission, the marking and the urgency.
type Tally = BTreeMap<(String, Tlp, Urgency), usize>;

#[derive(Debug)]
struct Counted {
    stamp: Stamp,
    /// The instant at which time alone may change an answer.
    valid_until: Option<Timestamp>,
    tally: Tally,
}

/// Everything that a count depends on beside time.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp {
    notices: Mark,
    epoch: u64,
    taken_back: u64,
    erasures: u64,
}

/// How the notices of an account stand: none comes, is read or is forgotten without changing it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Mark {
    unread: i64,
    newest: i64,
    last_read: i64,
}

impl Bells {
    /// The bell of this visitor.
    pub fn of(&self, app: &App, visitor: &Visitor) -> Result<Bell, PageError> {
        let notices = app.desk.local.mark_of(&visitor.account.name)?;
        if notices.unread == 0 {
            return Ok(Bell::default());
        }
        let (known, now) = app.desk.judged_by(visitor.now);
        let views = &app.desk.views;
        // Read before the gate is asked: what changes meanwhile is counted next time.
        let stamp =
            Stamp { notices, epoch: known.epoch, taken_back: views.taken_back(), erasures: views.erasures() };
        let key = (visitor.account.name.clone(), visitor.account.clearance);
        let fresh = |counted: &&Counted| {
            counted.stamp == stamp && counted.valid_until.is_none_or(|until| now < until)
        };
        if let Some(counted) = self.lock().get(&key).filter(fresh) {
            return Ok(ring(app, visitor, &counted.tally));
        }
        let tally = count(app, visitor)?;
        let bell = ring(app, visitor, &tally);
        let valid_until = known.book.turns_at(now);
        let mut kept = self.lock();
        if kept.len() >= MOST_ACCOUNTS {
            kept.clear();
        }
        kept.insert(key, Counted { stamp, valid_until, tally });
        Ok(bell)
    }

    /// Counts an account anew: one of its notices is told in other words.
    pub fn forget(&self, account: &str) {
        self.lock().retain(|(kept, _), _| kept != account);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<(String, Tlp), Counted>> {
        self.kept.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

fn count(app: &App, visitor: &Visitor) -> Result<Tally, PageError> {
    let mut tally = Tally::new();
    let mut answers = HashMap::new();
    for notice in app.desk.local.unread(&visitor.account.name, MOST)? {
        let read = |about| *answers.entry(about).or_insert_with(|| readable(app, visitor, about));
        if notice.about.is_none_or(read) {
            let Kept { needs, tlp, urgency, .. } = notice;
            *tally.entry((needs, tlp, urgency)).or_default() += 1;
        }
    }
    Ok(tally)
}

/// What of it this visitor may have at this moment, by role, way in and clearance.
fn ring(app: &App, visitor: &Visitor, tally: &Tally) -> Bell {
    let mut bell = Bell::default();
    for ((needs, tlp, urgency), count) in tally {
        if holds(app, visitor, needs) && *tlp <= visitor.account.clearance {
            bell.count += count;
            bell.urgent |= *urgency == Urgency::Urgent;
        }
    }
    bell
}

impl Local {
    /// From an index alone; see [`Mark`].
    fn mark_of(&self, account: &str) -> Result<Mark, SqlError> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(
            "SELECT count(*) FILTER (WHERE read_us = 0), coalesce(max(at_us), 0), coalesce(max(read_us), 0)
             FROM notice WHERE account = ?1",
        )?;
        let mark = |row: &rusqlite::Row<'_>| {
            Ok(Mark { unread: row.get(0)?, newest: row.get(1)?, last_read: row.get(2)? })
        };
        statement.query_row([account], mark)
    }
}
