//! What leaves the picture again: taken back, narrowed, revoked or erased. Counts follow their sources.
//!
//! What its author revokes was known until then, so its rows stay for who asks what was known; what was taken back or erased
//! is nobody's any more, also in the past (I5).

use desk::views::Erased;
use desk::{Entry, FoldError, Folding};
use formats::stix::StixTime;
use records::Marked;
use records::retraction::{Action, Retraction};

use super::STANDS;
use super::store::{Counted, OWN, count, strike, write};
use super::strike::{By, by, strikes};
use crate::key::key_of;
use crate::kind::Kind;
use crate::read::Statement;

/// One record of an object: its class, its version, and what it counts for.
struct Held {
    seq: i64,
    key: i64,
    class: u32,
    version: i64,
    /// False when it was revoked: nothing counts it any more.
    stands: bool,
    counted: Vec<Counted>,
    /// Whom it says to be struck, on which day, and by what.
    struck: Vec<(i64, i64, By)>,
}

/// The author alone takes back its objects.
pub(super) fn retract(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let Some(retraction) = entry.read::<Retraction>() else { return Ok(()) };
    write(folding)?; // what this step has read so far is found by key from here on
    let version =
        retraction.version.as_deref().and_then(|text| StixTime::parse(text).map(|time| time.micros()));
    for held in held(folding, key_of(&retraction.object))? {
        let Some(facts) = folding.classes.get(held.class).cloned() else { continue };
        if facts.author != entry.header.author || version.is_some_and(|version| version != held.version) {
            continue;
        }
        match (retraction.action, retraction.tlp, facts.marked) {
            (Action::Narrow, Some(tlp), Marked::Known(marking)) => {
                let mut narrower = (*facts).clone();
                narrower.marked = Marked::Known(marking.strictest(model::Marking::tlp(tlp)));
                let narrower = folding.classes.intern(folding.tx, narrower)?;
                narrow(folding, &held, narrower)?;
            }
            // Without a usable marking it counts as RED already.
            (Action::Narrow, Some(_), Marked::Missing | Marked::Unknown) => {}
            _ => remove(folding, &held)?,
        }
    }
    folding.topics.insert("picture");
    Ok(())
}

/// An object that its author revokes takes its earlier versions with it (STIX 2.1 §3.2).
pub(super) fn revoke(
    folding: &mut Folding<'_>,
    entry: &Entry<'_>,
    said: &Statement<'_>,
) -> Result<(), FoldError> {
    write(folding)?;
    for held in held(folding, key_of(&said.id))? {
        if folding.classes.get(held.class).is_some_and(|facts| facts.author == entry.header.author) {
            leave(folding, &held, entry.seq as i64)?;
        }
    }
    // Erasing this body would bring them back, which only folding anew can do.
    changed(folding, entry.seq as i64)?;
    folding.topics.insert("picture");
    Ok(())
}

pub(super) fn erase(folding: &mut Folding<'_>, erased: &Erased<'_>) -> Result<bool, FoldError> {
    write(folding)?;
    let seq = erased.seq as i64;
    if folding.tx.prepare_cached("SELECT 1 FROM picture_changed WHERE seq = ?1")?.exists([seq])? {
        return Ok(false);
    }
    if let Some(held) = at(folding, seq)? {
        remove(folding, &held)?;
    }
    Ok(true)
}

/// Every record of the object with this key.
fn held(folding: &Folding<'_>, key: i64) -> Result<Vec<Held>, FoldError> {
    let mut find = folding.tx.prepare_cached("SELECT seq FROM picture_at WHERE key = ?1 AND role = ?2")?;
    let seqs: Vec<i64> = find.query_map((key, OWN), |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut found = Vec::new();
    for seq in seqs {
        found.extend(at(folding, seq)?);
    }
    Ok(found)
}

fn at(folding: &Folding<'_>, seq: i64) -> Result<Option<Held>, FoldError> {
    let mut found: Option<Held> = None;
    let mut things = folding
        .tx
        .prepare_cached("SELECT kind, key, day, class, version, gone FROM picture_thing WHERE seq = ?1")?;
    let mut rows = things.query([seq])?;
    while let Some(row) = rows.next()? {
        let (kind, key, day, class, version): (u8, i64, i64, u32, i64) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
        let counted = Kind::at(kind).is_counted().then_some((kind, key, day, class));
        let stands = row.get::<_, i64>(5)? == STANDS;
        let counted = counted.into_iter().collect();
        found = Some(Held { seq, key, class, version, stands, counted, struck: Vec::new() });
    }
    let mut edges = folding.tx.prepare_cached(
        "SELECT own, class, day, version, src_kind, src, src_told, dst_kind, dst, dst_told, gone, relation
         FROM picture_edge WHERE seq = ?1",
    )?;
    let mut rows = edges.query([seq])?;
    while let Some(row) = rows.next()? {
        let (own, class, day, version): (i64, u32, i64, i64) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let stands = row.get::<_, i64>(10)? == STANDS;
        let held = found.get_or_insert_with(|| Held {
            seq,
            key: own,
            class,
            version,
            stands,
            counted: Vec::new(),
            struck: Vec::new(),
        });
        let (from, to) = (Kind::at(row.get(4)?), Kind::at(row.get(7)?));
        if strikes(&row.get::<_, String>(11)?, to) {
            held.struck.push((day, row.get(8)?, by(from, row.get(5)?)));
        }
        for first in [4, 7] {
            let (kind, key, told): (u8, i64, bool) =
                (row.get(first)?, row.get(first + 1)?, row.get(first + 2)?);
            if told {
                held.counted.push((kind, key, day, class));
            }
        }
    }
    Ok(found)
}

/// It counts no more, from the arrival `by` on.
fn leave(folding: &mut Folding<'_>, held: &Held, by: i64) -> Result<(), FoldError> {
    if !held.stands {
        return Ok(());
    }
    uncount(folding, held);
    let tx = folding.tx;
    tx.prepare_cached("UPDATE picture_edge SET gone = ?2 WHERE seq = ?1")?.execute((held.seq, by))?;
    tx.prepare_cached("UPDATE picture_thing SET gone = ?2 WHERE seq = ?1")?.execute((held.seq, by))?;
    Ok(())
}

/// Nothing counts it any more.
fn uncount(folding: &mut Folding<'_>, held: &Held) {
    for counted in &held.counted {
        count(folding, *counted, -1);
    }
    for (day, victim, by) in &held.struck {
        strike(folding, (*day, *victim, held.class), *by, false);
    }
}

/// Nothing of it is left.
fn remove(folding: &mut Folding<'_>, held: &Held) -> Result<(), FoldError> {
    if held.stands {
        uncount(folding, held);
    }
    let tx = folding.tx;
    let ends: Vec<(i64, i64, i64)> = tx
        .prepare_cached("SELECT n, src, dst FROM picture_edge WHERE seq = ?1")?
        .query_map([held.seq], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    let mut unlist = tx
        .prepare_cached("DELETE FROM picture_at WHERE key = ?1 AND role IN (1, 2) AND seq = ?2 AND n = ?3")?;
    for (n, src, dst) in ends {
        unlist.execute((src, held.seq, n))?;
        unlist.execute((dst, held.seq, n))?;
    }
    tx.prepare_cached("DELETE FROM picture_at WHERE key = ?1 AND role = ?2 AND seq = ?3")?
        .execute((held.key, OWN, held.seq))?;
    tx.prepare_cached("DELETE FROM picture_edge WHERE seq = ?1")?.execute([held.seq])?;
    tx.prepare_cached("DELETE FROM picture_thing WHERE seq = ?1")?.execute([held.seq])?;
    Ok(())
}

fn narrow(folding: &mut Folding<'_>, held: &Held, class: u32) -> Result<(), FoldError> {
    if held.stands {
        uncount(folding, held);
        for (kind, key, day, _) in &held.counted {
            count(folding, (*kind, *key, *day, class), 1);
        }
        for (day, victim, by) in &held.struck {
            strike(folding, (*day, *victim, class), *by, true);
        }
    }
    let tx = folding.tx;
    tx.prepare_cached("UPDATE picture_edge SET class = ?2 WHERE seq = ?1")?.execute((held.seq, class))?;
    tx.prepare_cached("UPDATE picture_thing SET class = ?2 WHERE seq = ?1")?.execute((held.seq, class))?;
    changed(folding, held.seq)
}

fn changed(folding: &Folding<'_>, seq: i64) -> Result<(), FoldError> {
    folding.tx.prepare_cached("INSERT OR IGNORE INTO picture_changed (seq) VALUES (?1)")?.execute([seq])?;
    Ok(())
}
