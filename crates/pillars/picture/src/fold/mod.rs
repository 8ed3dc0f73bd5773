//! Folding what others state into the picture: things, ties between them, and how often each was spoken of on which day.
//!
//! Only objects that tell who did what to whom are read; an indicator passes by for the price of comparing a word. Rows
//! are kept until the end of a step and written in the order of their keys, as the exchange does it.

pub(crate) mod days;
pub(crate) mod store;
pub(crate) mod strike;
mod withdraw;

use desk::views::Erased;
use desk::{Entry, FoldError, Folding};
use model::Timestamp;
use records::Body as _;
use records::delivery::{OBJECT, QUARANTINE};
use records::handover::Handover;
use records::publication::Publication;
use records::retraction::Retraction;
use records::watch::Watch;

use crate::kind::Kind;
use crate::read::{self, Statement};
use crate::{snapshot, watch};

pub(crate) use store::settle;

/// `picture_at` is the one index: of an object by its own id (0), of a tie by where it starts (1) and ends (2). `gone` is the
/// arrival by which an object was revoked: the present leaves it out, and what was known before does not.
pub(crate) const SCHEMA: &str = "
CREATE TABLE picture_thing (seq INTEGER PRIMARY KEY, key INTEGER NOT NULL, kind INTEGER NOT NULL, class INTEGER NOT NULL,
  at_us INTEGER NOT NULL, day INTEGER NOT NULL, version INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL,
  external TEXT NOT NULL, phases TEXT NOT NULL, sectors TEXT NOT NULL, country TEXT NOT NULL, region TEXT NOT NULL,
  language TEXT NOT NULL, gone INTEGER NOT NULL DEFAULT 9223372036854775807);
CREATE TABLE picture_edge (seq INTEGER NOT NULL, n INTEGER NOT NULL, own INTEGER NOT NULL, class INTEGER NOT NULL, day INTEGER NOT NULL,
  version INTEGER NOT NULL, relation TEXT NOT NULL, src INTEGER NOT NULL, src_kind INTEGER NOT NULL, src_told INTEGER NOT NULL,
  dst INTEGER NOT NULL, dst_kind INTEGER NOT NULL, dst_told INTEGER NOT NULL,
  gone INTEGER NOT NULL DEFAULT 9223372036854775807, PRIMARY KEY (seq, n)) WITHOUT ROWID;
CREATE TABLE picture_at (key INTEGER NOT NULL, role INTEGER NOT NULL, seq INTEGER NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (key, role, seq, n)) WITHOUT ROWID;
CREATE TABLE picture_mention (kind INTEGER NOT NULL, key INTEGER NOT NULL, block INTEGER NOT NULL, class INTEGER NOT NULL,
  days BLOB NOT NULL, PRIMARY KEY (kind, key, block, class)) WITHOUT ROWID;
CREATE TABLE picture_strike (day INTEGER NOT NULL, victim INTEGER NOT NULL, class INTEGER NOT NULL, by BLOB NOT NULL,
  PRIMARY KEY (day, victim, class)) WITHOUT ROWID;
CREATE TABLE picture_changed (seq INTEGER PRIMARY KEY);
CREATE TABLE picture_event (class INTEGER NOT NULL, seq INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (class, seq)) WITHOUT ROWID;
CREATE TABLE picture_handover (seq INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, class INTEGER NOT NULL, account TEXT NOT NULL,
  upto_us INTEGER NOT NULL, note TEXT NOT NULL);
CREATE INDEX picture_handover_account ON picture_handover (account, seq);
CREATE TABLE picture_snapshot (id TEXT PRIMARY KEY, seq INTEGER NOT NULL, at_us INTEGER NOT NULL, class INTEGER NOT NULL,
  record BLOB NOT NULL, sha256 TEXT NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE picture_cosign (snapshot TEXT NOT NULL, seq INTEGER NOT NULL, at_us INTEGER NOT NULL, class INTEGER NOT NULL,
  position INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (snapshot, seq)) WITHOUT ROWID;
CREATE TABLE picture_publication (seq INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, audience TEXT NOT NULL, body BLOB NOT NULL);
CREATE INDEX picture_publication_audience ON picture_publication (audience, seq);
CREATE TABLE picture_watch (seq INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, class INTEGER NOT NULL, record TEXT NOT NULL,
  log TEXT NOT NULL, watch TEXT NOT NULL, body BLOB NOT NULL);
CREATE INDEX picture_watch_of ON picture_watch (log, watch, seq);
CREATE VIEW picture_told AS
  SELECT seq, kind, key, day, class, gone FROM picture_thing WHERE kind <= 7 OR kind = 10
  UNION ALL SELECT seq, src_kind, src, day, class, gone FROM picture_edge WHERE src_told
  UNION ALL SELECT seq, dst_kind, dst, day, class, gone FROM picture_edge WHERE dst_told;";

/// The `gone` of what was not revoked.
const STANDS: i64 = i64::MAX;

const DAY_US: i64 = 86_400_000_000;

/// The day of an instant, counted from 1970.
pub(crate) const fn day_of(at_us: i64) -> i64 {
    at_us.div_euclid(DAY_US)
}

/// The first instant of a day.
pub(crate) fn start_of(day: i64) -> Timestamp {
    Timestamp::from_microsecond(day.saturating_mul(DAY_US)).unwrap_or_default()
}

pub(crate) fn fold(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    match entry.header.kind.as_ref() {
        OBJECT => fold_object(folding, entry),
        QUARANTINE => Ok(()),
        Retraction::KIND => {
            event(folding, entry)?;
            withdraw::retract(folding, entry)
        }
        Handover::KIND => fold_handover(folding, entry),
        Publication::KIND => fold_publication(folding, entry),
        kind if snapshot::is_ours(kind) => {
            event(folding, entry)?;
            snapshot::fold(folding, entry)
        }
        Watch::KIND => {
            event(folding, entry)?;
            watch::fold::fold(folding, entry)
        }
        _ => event(folding, entry),
    }
}

fn fold_object(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let stix_type = entry.header.object_type.as_ref();
    if !read::tells(stix_type) {
        return Ok(());
    }
    let Some(body) = entry.body else { return Ok(()) };
    let Some(said) = read::read(stix_type, body, entry.log == folding.me) else { return Ok(()) };
    if said.revoked {
        return withdraw::revoke(folding, entry, &said);
    }
    store::keep(folding, entry, &said, kind_of(stix_type, &said));
    folding.topics.insert("picture");
    Ok(())
}

/// What the header says an object is, where the id says the same: a peer may write what it likes into either.
fn kind_of(stix_type: &str, said: &Statement<'_>) -> Kind {
    let kind = Kind::of(stix_type);
    if Kind::of_id(&said.id) == kind { kind } else { Kind::Other }
}

/// What else happened, by the header alone: for the hand-over of a shift.
fn event(folding: &Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    folding
        .tx
        .prepare_cached(
            "INSERT OR IGNORE INTO picture_event (class, seq, n)
             VALUES (?1, ?2, 1 + coalesce((SELECT n FROM picture_event WHERE class = ?1 ORDER BY seq DESC LIMIT 1), 0))",
        )?
        .execute((entry.class, entry.seq as i64))?;
    Ok(())
}

fn fold_handover(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    if entry.log != folding.me {
        return Ok(());
    }
    let Some(handed) = entry.read::<Handover>() else { return Ok(()) };
    folding
        .tx
        .prepare_cached(
            "INSERT OR IGNORE INTO picture_handover (seq, at_us, class, account, upto_us, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute((
            entry.seq as i64,
            entry.at_us,
            entry.class,
            handed.by,
            handed.upto.as_microsecond(),
            handed.note,
        ))?;
    folding.topics.insert("picture");
    Ok(())
}

fn fold_publication(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    if entry.log != folding.me {
        return Ok(());
    }
    let Some(said) = entry.read::<Publication>() else { return Ok(()) };
    folding
        .tx
        .prepare_cached(
            "INSERT OR IGNORE INTO picture_publication (seq, at_us, audience, body) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((entry.seq as i64, entry.at_us, &said.audience, entry.body))?;
    folding.topics.insert("picture");
    Ok(())
}

/// Takes away what the tables hold because of a body that is gone. False when only folding anew does.
pub(crate) fn erase(folding: &mut Folding<'_>, erased: &Erased<'_>) -> Result<bool, FoldError> {
    match erased.header.kind.as_ref() {
        OBJECT if read::tells(&erased.header.object_type) => withdraw::erase(folding, erased),
        Watch::KIND => watch::fold::erase(folding, erased.seq).map(|()| true),
        // What these said went into rows of others.
        Retraction::KIND | Handover::KIND | Publication::KIND => Ok(false),
        kind if snapshot::is_ours(kind) => Ok(false),
        // Folded by the header alone, or not at all.
        _ => Ok(true),
    }
}
