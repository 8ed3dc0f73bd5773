//! Notices as they are kept: each once for each account, whether it was read, and an errand for each way that it takes.

use model::{Bilingual, Timestamp, Tlp};
use rusqlite::{OptionalExtension as _, Row};

use super::parcel::Parcel;
use super::{Notice, Urgency, Way, line, reference, when};
use crate::local::Local;
use crate::sql::SqlError;

pub(crate) const SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS notice (account TEXT NOT NULL, key TEXT NOT NULL, reference TEXT NOT NULL, kind TEXT NOT NULL,
  en TEXT NOT NULL, fr TEXT NOT NULL, href TEXT NOT NULL, tlp TEXT NOT NULL, urgency TEXT NOT NULL, due_us INTEGER,
  needs TEXT NOT NULL, about INTEGER, at_us INTEGER NOT NULL, read_us INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account, key)) WITHOUT ROWID;
DROP INDEX IF EXISTS notice_newest;
CREATE INDEX IF NOT EXISTS notice_state ON notice (account, at_us, read_us);
CREATE TABLE IF NOT EXISTS errand (account TEXT NOT NULL, key TEXT NOT NULL, way TEXT NOT NULL, state TEXT NOT NULL,
  next_us INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, first_us INTEGER NOT NULL DEFAULT 0,
  parcel TEXT NOT NULL DEFAULT '', said TEXT NOT NULL DEFAULT '', PRIMARY KEY (account, key, way)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS errand_next ON errand (state, next_us);
";

/// Notices kept for one account; older ones that were read, or whose errands have ended, make room.
const MOST_KEPT: i64 = 500;
/// Errands looked at in one go.
const MOST_DUE: i64 = 400;

/// What became of an errand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits for its hour, or for another try.
    Waiting,
    /// It arrived.
    Done,
    /// It did not arrive, and nobody tries again.
    GivenUp,
    /// The account may not have it any more.
    Withdrawn,
}

impl State {
    /// Its word, as stored.
    pub const fn word(self) -> &'static str {
        match self {
            State::Waiting => "waiting",
            State::Done => "done",
            State::GivenUp => "given-up",
            State::Withdrawn => "withdrawn",
        }
    }

    fn of(word: &str) -> Self {
        let all = [State::Waiting, State::Done, State::GivenUp];
        all.into_iter().find(|state| state.word() == word).unwrap_or(State::Withdrawn)
    }
}

/// A notice on its way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errand {
    /// The way.
    pub way: Way,
    /// How it stands.
    pub state: State,
    /// When it is tried next; when it ended.
    pub at: Timestamp,
    /// Why it did not arrive, in the words of whoever refused it.
    pub said: String,
}

/// A notice as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Whom it tells.
    pub account: String,
    /// See [`Notice::key`].
    pub key: String,
    /// See [`Notice::reference`].
    pub reference: String,
    /// See [`Notice::kind`].
    pub kind: String,
    /// See [`Notice::text`].
    pub text: Bilingual,
    /// See [`Notice::href`].
    pub href: String,
    /// See [`Notice::tlp`].
    pub tlp: Tlp,
    /// See [`Notice::urgency`].
    pub urgency: Urgency,
    /// See [`Notice::due`].
    pub due: Option<Timestamp>,
    /// The name of the permission; see [`Notice::needs`].
    pub needs: String,
    /// See [`Notice::about`].
    pub about: Option<u64>,
    /// When it came.
    pub at: Timestamp,
    /// Whether it was read.
    pub read: bool,
}

const COLUMNS: &str = "n.account, n.key, n.reference, n.kind, n.en, n.fr, n.href, n.tlp, n.urgency, n.due_us, n.needs, n.about, n.at_us, n.read_us";

fn kept(row: &Row<'_>) -> Result<Kept, SqlError> {
    let (tlp, urgency): (String, String) = (row.get(7)?, row.get(8)?);
    let (due, about): (Option<i64>, Option<i64>) = (row.get(9)?, row.get(11)?);
    Ok(Kept {
        account: row.get(0)?,
        key: row.get(1)?,
        reference: row.get(2)?,
        kind: row.get(3)?,
        text: Bilingual::new(row.get::<_, String>(4)?, row.get::<_, String>(5)?),
        href: row.get(6)?,
        tlp: tlp.parse().unwrap_or(Tlp::Red), // what cannot be read is for nobody
        urgency: Urgency::of(&urgency).unwrap_or(Urgency::Normal),
        due: due.map(instant),
        needs: row.get(10)?,
        about: about.map(|seq| seq.max(0) as u64),
        at: instant(row.get(12)?),
        read: row.get::<_, i64>(13)? > 0,
    })
}

fn instant(us: i64) -> Timestamp {
    Timestamp::from_microsecond(us).unwrap_or_default()
}

impl Local {
    /// Keeps a notice and plans its errands. False when the account was told of it before.
    pub(super) fn keep_notice(
        &self,
        notice: &Notice,
        ways: &[Way],
        now: Timestamp,
    ) -> Result<bool, SqlError> {
        let (wishes, zone) = (self.wishes(&notice.account), self.zone_of(&notice.account));
        let out = when(&wishes, &zone, (notice.urgency, notice.due), now);
        let mut connection = self.lock();
        let tx = connection.transaction()?;
        let kept = tx
            .prepare_cached(
                "INSERT OR IGNORE INTO notice (account, key, reference, kind, en, fr, href, tlp, urgency, due_us, needs, about, at_us)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )?
            .execute(rusqlite::params![
                notice.account,
                notice.key,
                notice.reference(),
                notice.kind,
                line(&notice.text.en),
                line(&notice.text.fr),
                notice.href,
                notice.tlp.word(),
                notice.urgency.word(),
                notice.due.map(Timestamp::as_microsecond),
                notice.needs.name,
                notice.about.map(|seq| seq as i64),
                now.as_microsecond(),
            ])?
            > 0;
        for way in ways.iter().filter(|way| kept && wishes.takes(**way, notice.urgency)) {
            tx.prepare_cached(
                "INSERT OR IGNORE INTO errand (account, key, way, state, next_us) VALUES (?1, ?2, ?3, 'waiting', ?4)",
            )?
            .execute((&notice.account, &notice.key, way.word(), out.as_microsecond()))?;
        }
        tx.commit()?;
        Ok(kept)
    }

    /// The notices of an account, the newest first.
    pub fn notices(&self, account: &str, most: usize) -> Result<Vec<Kept>, SqlError> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM notice n WHERE account = ?1 ORDER BY at_us DESC, key LIMIT ?2"
        ))?;
        statement.query_map((account, most as i64), kept)?.collect()
    }

    /// Those that were not read, the newest first.
    pub fn unread(&self, account: &str, most: usize) -> Result<Vec<Kept>, SqlError> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM notice n WHERE account = ?1 AND read_us = 0 ORDER BY at_us DESC, key LIMIT ?2"
        ))?;
        statement.query_map((account, most as i64), kept)?.collect()
    }

    /// The notice of an account with this reference.
    pub fn notice(&self, account: &str, reference: &str) -> Result<Option<Kept>, SqlError> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM notice n WHERE account = ?1 AND reference = ?2"
        ))?;
        statement.query_row([account, reference], kept).optional()
    }

    /// What became of the errands of a notice.
    pub fn errands(&self, account: &str, key: &str) -> Result<Vec<Errand>, SqlError> {
        let connection = self.lock();
        let mut statement = connection
            .prepare_cached("SELECT way, state, next_us, said FROM errand WHERE account = ?1 AND key = ?2")?;
        let rows = statement.query_map([account, key], |row| {
            let (way, state): (String, String) = (row.get(0)?, row.get(1)?);
            let way = Way::ALL.into_iter().find(|one| one.word() == way).unwrap_or(Way::Mail);
            Ok(Errand { way, state: State::of(&state), at: instant(row.get(2)?), said: row.get(3)? })
        })?;
        rows.collect()
    }

    /// Marks a notice as read; without a reference all that had come by then.
    pub fn read_notices(&self, account: &str, reference: &str, now: Timestamp) -> Result<(), SqlError> {
        self.lock().execute(
            "UPDATE notice SET read_us = ?3 WHERE account = ?1 AND read_us = 0 AND at_us <= ?3 AND (?2 = '' OR reference = ?2)",
            (account, reference, now.as_microsecond()),
        )?;
        Ok(())
    }

    /// Tells a notice in other words: those that hold now.
    pub(super) fn retell(&self, notice: &Kept) -> Result<(), SqlError> {
        self.lock().execute(
            "UPDATE notice SET en = ?3, fr = ?4, tlp = ?5 WHERE account = ?1 AND key = ?2",
            (&notice.account, &notice.key, line(&notice.text.en), line(&notice.text.fr), notice.tlp.word()),
        )?;
        Ok(())
    }

    /// Takes a notice out of the console: there is nothing to tell any more.
    pub(super) fn take_back(&self, account: &str, key: &str) -> Result<(), SqlError> {
        self.lock().execute("DELETE FROM notice WHERE account = ?1 AND key = ?2", [account, key])?;
        Ok(())
    }

    /// Where what waits goes out after the account has changed its mind; what was tried before stays where it is.
    pub(super) fn plan_anew(&self, account: &str, now: Timestamp) -> Result<(), SqlError> {
        let (wishes, zone) = (self.wishes(account), self.zone_of(account));
        let connection = self.lock();
        let mut waiting = connection.prepare_cached(&format!(
            "SELECT {COLUMNS}, e.way FROM errand e JOIN notice n USING (account, key)
             WHERE e.account = ?1 AND e.state = 'waiting' AND e.tries = 0 LIMIT {MOST_KEPT}"
        ))?;
        let rows = waiting.query_map([account], |row| Ok((kept(row)?, row.get::<_, String>(14)?)))?;
        let rows: Vec<(Kept, String)> = rows.collect::<Result<_, _>>()?;
        for (notice, way) in rows {
            let out = when(&wishes, &zone, (notice.urgency, notice.due), now);
            connection
                .prepare_cached(
                    "UPDATE errand SET next_us = ?4 WHERE account = ?1 AND key = ?2 AND way = ?3",
                )?
                .execute((account, &notice.key, way, out.as_microsecond()))?;
        }
        Ok(())
    }

    /// What is to go out this way by now, each with the parcel that it was in when it was tried before.
    pub(super) fn due_errands(&self, way: Way, now: Timestamp) -> Result<Vec<(Way, String, Kept)>, SqlError> {
        let connection = self.lock();
        let mut statement = connection.prepare_cached(&format!(
            "SELECT {COLUMNS}, e.parcel FROM errand e JOIN notice n USING (account, key)
             WHERE e.state = 'waiting' AND e.next_us <= ?1 AND e.way = ?2
             ORDER BY e.next_us, n.at_us, n.key LIMIT {MOST_DUE}"
        ))?;
        let rows = statement
            .query_map((now.as_microsecond(), way.word()), |row| Ok((way, row.get(14)?, kept(row)?)))?;
        rows.collect()
    }

    /// Notes that a parcel is being tried, and when it is tried again should nothing be heard of it; how often it was
    /// tried and since when.
    pub(super) fn try_parcel(
        &self,
        parcel: &Parcel,
        now: Timestamp,
        again: impl Fn(i64) -> Timestamp,
    ) -> Result<(i64, Timestamp), SqlError> {
        let mut connection = self.lock();
        let tx = connection.transaction()?;
        let (mut tries, mut first) = (0, now);
        for notice in &parcel.notices {
            let key = (&parcel.account, &notice.key, parcel.way.word());
            let (tried, since): (i64, i64) = tx
                .prepare_cached(
                    "SELECT tries, first_us FROM errand WHERE account = ?1 AND key = ?2 AND way = ?3",
                )?
                .query_row(key, |row| Ok((row.get(0)?, row.get(1)?)))?;
            tries = tries.max(tried + 1);
            first = if since > 0 { first.min(instant(since)) } else { first };
            tx.prepare_cached(
                "UPDATE errand SET tries = ?4, next_us = ?5, parcel = ?6, first_us = CASE first_us WHEN 0 THEN ?7 ELSE first_us END
                 WHERE account = ?1 AND key = ?2 AND way = ?3",
            )?
            .execute((
                key.0,
                key.1,
                key.2,
                tried + 1,
                again(tried + 1).as_microsecond(),
                &parcel.id,
                now.as_microsecond(),
            ))?;
        }
        tx.commit()?;
        Ok((tries, first))
    }

    /// Notes what became of errands, or only why they have to wait.
    pub(super) fn end_errands(
        &self,
        (account, way): (&str, Way),
        keys: impl Iterator<Item = impl AsRef<str>>,
        (state, said): (State, &str),
        now: Timestamp,
    ) -> Result<(), SqlError> {
        let mut connection = self.lock();
        let tx = connection.transaction()?;
        for key in keys {
            let ended = (state != State::Waiting).then_some(now.as_microsecond());
            tx.prepare_cached(
                "UPDATE errand SET state = ?4, said = ?5, next_us = coalesce(?6, next_us) WHERE account = ?1 AND key = ?2 AND way = ?3",
            )?
            .execute((account, key.as_ref(), way.word(), state.word(), line(said), ended))?;
        }
        tx.commit()
    }

    /// Forgets the oldest notices of each account that has too many; what still waits stays.
    pub(super) fn thin_notices(&self) -> Result<(), SqlError> {
        let connection = self.lock();
        connection.execute(
            "DELETE FROM notice WHERE (account, key) IN (
               SELECT account, key FROM (SELECT account, key, row_number() OVER (PARTITION BY account ORDER BY at_us DESC) AS place FROM notice) AS n
               WHERE n.place > ?1 AND NOT EXISTS (SELECT 1 FROM errand e WHERE e.account = n.account AND e.key = n.key AND e.state = 'waiting'))",
            [MOST_KEPT],
        )?;
        connection.execute(
            "DELETE FROM errand WHERE NOT EXISTS (SELECT 1 FROM notice n WHERE n.account = errand.account AND n.key = errand.key)",
            [],
        )?;
        Ok(())
    }

    /// Whether an account was told of this before.
    pub(super) fn is_told(&self, account: &str, key: &str) -> Result<bool, SqlError> {
        let query = "SELECT count(*) > 0 FROM notice WHERE account = ?1 AND reference = ?2";
        self.lock().query_row(query, [account, &reference(account, key)], |row| row.get(0))
    }
}
