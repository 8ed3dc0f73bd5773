//! What a step has read, kept until its end and written in the order of keys.

use std::collections::{BTreeMap, HashMap};

use desk::{Entry, FoldError, Folding};

use super::strike::{self, By, Struck};
use super::{day_of, days};
use crate::key::key_of;
use crate::kind::Kind;
use crate::read::Statement;

/// Own id, start and end of a tie: the roles in `picture_at`.
pub(crate) const OWN: u8 = 0;
pub(crate) const FROM: u8 = 1;
pub(crate) const TO: u8 = 2;

/// The version of an object that has none.
const UNVERSIONED: i64 = i64::MIN;

#[derive(Debug, Default)]
struct Fresh {
    things: Vec<Thing>,
    edges: Vec<Tie>,
    at: Vec<(i64, u8, i64, i64)>,
    counts: HashMap<Counted, i64>,
    strikes: BTreeMap<Struck, Strikes>,
}

/// What struck somebody, or does no more.
#[derive(Debug, Default)]
struct Strikes {
    come: Vec<By>,
    gone: Vec<By>,
}

/// What is counted: kind, key, day, class.
pub(super) type Counted = (u8, i64, i64, u32);

/// Where it is counted: kind, key, row of days, class.
type Row = (u8, i64, i64, u32);

#[derive(Debug)]
struct Thing {
    seq: i64,
    key: i64,
    kind: Kind,
    class: u32,
    at_us: i64,
    day: i64,
    version: i64,
    id: String,
    name: String,
    external: String,
    phases: String,
    sectors: String,
    country: String,
    region: String,
    language: String,
}

#[derive(Debug)]
struct Tie {
    seq: i64,
    n: i64,
    own: i64,
    class: u32,
    day: i64,
    version: i64,
    relation: String,
    from: (i64, Kind, bool),
    to: (i64, Kind, bool),
}

/// Keeps what an object says. It counts for the day on which its author says so, and for that of its arrival where the
/// author says nothing or names a later one.
pub(super) fn keep(folding: &mut Folding<'_>, entry: &Entry<'_>, said: &Statement<'_>, kind: Kind) {
    let (seq, class) = (entry.seq as i64, entry.class);
    let key = key_of(&said.id);
    let stated = said.version_us();
    let day = day_of(stated.map_or(entry.at_us, |at| at.min(entry.at_us)));
    let version = stated.unwrap_or(UNVERSIONED);
    let fresh = folding.memory.of::<Fresh>();
    if kind != Kind::Other || !said.edges.is_empty() {
        fresh.at.push((key, OWN, seq, 0));
    }
    if kind != Kind::Other {
        if kind.is_counted() {
            *fresh.counts.entry((kind as u8, key, day, class)).or_default() += 1;
        }
        fresh.things.push(Thing {
            seq,
            key,
            kind,
            class,
            at_us: entry.at_us,
            day,
            version,
            id: said.id.to_string(),
            name: said.name.clone(),
            external: said.external.clone(),
            phases: said.phases.clone(),
            sectors: said.sectors.clone(),
            country: said.country.clone(),
            region: said.region.clone(),
            language: said.language.clone(),
        });
    }
    for (n, edge) in said.edges.iter().enumerate() {
        let (from, to) = (key_of(&edge.from), key_of(&edge.to));
        let (from_kind, to_kind) = (Kind::of_id(&edge.from), Kind::of_id(&edge.to));
        for (told, kind, key) in [(edge.tells_from, from_kind, from), (edge.tells_to, to_kind, to)] {
            if told {
                *fresh.counts.entry((kind as u8, key, day, class)).or_default() += 1;
            }
        }
        if strike::strikes(&edge.relation, to_kind) {
            fresh.strikes.entry((day, to, class)).or_default().come.push(strike::by(from_kind, from));
        }
        let n = n as i64;
        fresh.at.push((from, FROM, seq, n));
        fresh.at.push((to, TO, seq, n));
        fresh.edges.push(Tie {
            seq,
            n,
            own: key,
            class,
            day,
            version,
            relation: edge.relation.chars().take(64).collect(),
            from: (from, from_kind, edge.tells_from),
            to: (to, to_kind, edge.tells_to),
        });
    }
}

/// Notes that something was spoken of more or less often.
pub(super) fn count(folding: &mut Folding<'_>, counted: Counted, by: i64) {
    *folding.memory.of::<Fresh>().counts.entry(counted).or_default() += by;
}

/// Notes that something struck somebody, or that nobody says so any more.
pub(super) fn strike(folding: &mut Folding<'_>, struck: Struck, by: By, comes: bool) {
    let strikes = folding.memory.of::<Fresh>().strikes.entry(struck).or_default();
    if comes { strikes.come.push(by) } else { strikes.gone.push(by) }
}

/// Writes everything that was kept.
pub(crate) fn settle(folding: &mut Folding<'_>) -> Result<(), FoldError> {
    write(folding)?;
    for (struck, strikes) in std::mem::take(&mut folding.memory.of::<Fresh>().strikes) {
        strike::write(folding, struck, &strikes.come, &strikes.gone)?;
    }
    let mut rows: BTreeMap<Row, Vec<(u8, i64)>> = BTreeMap::new();
    for ((kind, key, day, class), by) in folding.memory.of::<Fresh>().counts.drain() {
        let (block, offset) = days::place(day);
        rows.entry((kind, key, block, class)).or_default().push((offset, by));
    }
    let mut find = folding.tx.prepare_cached(
        "SELECT days FROM picture_mention WHERE kind = ?1 AND key = ?2 AND block = ?3 AND class = ?4",
    )?;
    let mut put = folding.tx.prepare_cached(
        "INSERT OR REPLACE INTO picture_mention (kind, key, block, class, days) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    let mut remove = folding.tx.prepare_cached(
        "DELETE FROM picture_mention WHERE kind = ?1 AND key = ?2 AND block = ?3 AND class = ?4",
    )?;
    for (row, changes) in rows {
        let mut held = find.query(row)?;
        let packed: Vec<u8> = held.next()?.map(|row| row.get(0)).transpose()?.unwrap_or_default();
        drop(held);
        let packed = days::changed(&packed, &changes);
        if packed.is_empty() {
            remove.execute(row)?;
        } else {
            put.execute((row.0, row.1, row.2, row.3, packed))?;
        }
    }
    Ok(())
}

/// Writes the rows, but not yet how often things were spoken of.
pub(super) fn write(folding: &mut Folding<'_>) -> Result<(), FoldError> {
    let tx = folding.tx;
    let Fresh { things, edges, at, .. } = folding.memory.of::<Fresh>();
    at.sort_unstable();
    {
        let mut insert =
            tx.prepare_cached("INSERT INTO picture_at (key, role, seq, n) VALUES (?1, ?2, ?3, ?4)")?;
        for (key, role, seq, n) in at.drain(..) {
            insert.execute((key, role, seq, n))?;
        }
    }
    {
        let mut insert = tx.prepare_cached(
            "INSERT INTO picture_thing (seq, key, kind, class, at_us, day, version, id, name, external, phases, sectors,
               country, region, language)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?;
        for one in things.drain(..) {
            insert.execute(rusqlite::params![
                one.seq,
                one.key,
                one.kind as u8,
                one.class,
                one.at_us,
                one.day,
                one.version,
                one.id,
                one.name,
                one.external,
                one.phases,
                one.sectors,
                one.country,
                one.region,
                one.language
            ])?;
        }
    }
    let mut insert = tx.prepare_cached(
        "INSERT INTO picture_edge (seq, n, own, class, day, version, relation, src, src_kind, src_told, dst, dst_kind, dst_told)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?;
    for one in edges.drain(..) {
        insert.execute((
            one.seq,
            one.n,
            one.own,
            one.class,
            one.day,
            one.version,
            one.relation,
            one.from.0,
            one.from.1 as u8,
            one.from.2,
            one.to.0,
            one.to.1 as u8,
            one.to.2,
        ))?;
    }
    Ok(())
}
