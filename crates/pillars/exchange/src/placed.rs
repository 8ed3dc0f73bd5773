//! Where each object stands: an index by key, written once per fold step and in its own order.
//!
//! Keys are hashes, so writing each as it comes touches a page of the index for every object. Kept until the end of
//! the step and sorted, neighbours share their page. And the index has two parts: a small one that is written to, and
//! a large one into which the small one is merged when it has grown to an eighth of it. So each step touches the pages
//! of the small part alone, and a collection of a million objects costs hardly more per object than an empty one.

use std::collections::{BTreeMap, HashMap};

use desk::sql::SqlError;
use desk::{FoldError, Folding};
use model::AgreementId;
use rusqlite::{Connection, OptionalExtension, Transaction};

use crate::seen::Seen;

/// Microseconds of the hours by which arrivals are counted.
const HOUR_US: i64 = 3_600_000_000;

/// What is remembered between entries of a step.
#[derive(Debug, Default)]
struct Placed {
    collections: HashMap<Option<AgreementId>, i64>,
    /// The last date given out in each collection, and whether that is written.
    last: HashMap<i64, i64>,
    /// What was placed in this step and is not yet written.
    fresh: Vec<Place>,
    /// Rows in the new and in the old part of the index; counted when the first step begins.
    parts: Option<(i64, i64)>,
    /// Keys that the index may hold; read from it when the first step begins.
    seen: Option<Seen>,
    /// How many placements came and went, by collection, class and hour.
    counts: BTreeMap<(i64, u32, i64), i64>,
}

impl Placed {
    fn know(&mut self, under: Option<AgreementId>, coll: i64, last: i64) {
        self.collections.insert(under, coll);
        self.last.insert(coll, last);
    }
}

/// Where one object stands in one collection; first the key, by which they are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub key: i64,
    pub coll: i64,
    pub date: i64,
    pub seq: i64,
    pub class: u32,
    pub version: i64,
}

/// One written placement of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    pub coll: i64,
    pub date: i64,
    pub seq: u64,
    pub class: u32,
    pub version: i64,
    /// True when the object is held in more than one record.
    pub several: bool,
}

/// Every placement under this key, in order of date. Two plain statements: joined through the view of both parts of
/// the index, one look-up costs twenty times as much.
pub(crate) fn standing(connection: &Connection, key: i64) -> Result<Vec<Standing>, SqlError> {
    const PARTS: [&str; 2] = [
        "SELECT p.coll, p.date, p.seq, p.class, p.version, p.several FROM exchange_key_new k
         CROSS JOIN exchange_placement p ON p.coll = k.coll AND p.date = k.date WHERE k.key = ?1",
        "SELECT p.coll, p.date, p.seq, p.class, p.version, p.several FROM exchange_key_old k
         CROSS JOIN exchange_placement p ON p.coll = k.coll AND p.date = k.date WHERE k.key = ?1",
    ];
    let mut standing = Vec::new();
    for part in PARTS {
        let mut statement = connection.prepare_cached(part)?;
        let mut rows = statement.query([key])?;
        while let Some(row) = rows.next()? {
            standing.push(Standing {
                coll: row.get(0)?,
                date: row.get(1)?,
                seq: row.get::<_, i64>(2)? as u64,
                class: row.get(3)?,
                version: row.get(4)?,
                several: row.get(5)?,
            });
        }
    }
    standing.sort_unstable_by_key(|place| (place.date, place.coll));
    Ok(standing)
}

/// The number of an agreement's collection, given out on first sight; that of what is under none is 0.
pub(crate) fn collection(folding: &mut Folding<'_>, under: Option<AgreementId>) -> Result<i64, FoldError> {
    if let Some(coll) = begun(folding, under)? {
        return Ok(coll);
    }
    let name = under.map_or_else(String::new, |id| id.to_string());
    let mut begin = folding.tx.prepare_cached("INSERT INTO exchange_collection (agreement) VALUES (?1)")?;
    begin.execute([&name])?;
    let coll = folding.tx.last_insert_rowid();
    folding.memory.of::<Placed>().know(under, coll, i64::MIN);
    Ok(coll)
}

/// The same, when anything is in it or ever was.
pub(crate) fn begun(folding: &mut Folding<'_>, under: Option<AgreementId>) -> Result<Option<i64>, FoldError> {
    if let Some(coll) = folding.memory.of::<Placed>().collections.get(&under) {
        return Ok(Some(*coll));
    }
    let name = under.map_or_else(String::new, |id| id.to_string());
    let mut find =
        folding.tx.prepare_cached("SELECT n, last FROM exchange_collection WHERE agreement = ?1")?;
    let found = find.query_row([&name], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((coll, last)) = found else { return Ok(None) };
    folding.memory.of::<Placed>().know(under, coll, last);
    Ok(Some(coll))
}

/// Keeps a placement to be written, dated with the commit time of its entry or, where dates of the collection have run
/// ahead of that, with the next one.
pub(crate) fn remember(folding: &mut Folding<'_>, mut place: Place) {
    let placed = folding.memory.of::<Placed>();
    let last = placed.last.entry(place.coll).or_insert(i64::MIN);
    place.date = place.date.max(last.saturating_add(1));
    *last = place.date;
    placed.fresh.push(place);
    *placed.counts.entry((place.coll, place.class, hour_of(place.date))).or_default() += 1;
}

/// Takes a written placement away.
pub(crate) fn remove(folding: &mut Folding<'_>, place: &Place) -> Result<(), FoldError> {
    let Place { key, coll, date, class, .. } = *place;
    count(folding, (coll, date), class, -1);
    folding
        .tx
        .prepare_cached("DELETE FROM exchange_placement WHERE coll = ?1 AND date = ?2")?
        .execute((coll, date))?;
    for part in ["exchange_key_new", "exchange_key_old"] {
        let delete = format!("DELETE FROM {part} WHERE key = ?1 AND coll = ?2 AND date = ?3");
        folding.tx.prepare_cached(&delete)?.execute((key, coll, date))?;
    }
    Ok(())
}

/// Notes that a class has more or fewer placements: of what stands at this date in a collection.
pub(crate) fn count(folding: &mut Folding<'_>, (coll, date): (i64, i64), class: u32, by: i64) {
    *folding.memory.of::<Placed>().counts.entry((coll, class, hour_of(date))).or_default() += by;
}

const fn hour_of(date: i64) -> i64 {
    date.div_euclid(HOUR_US)
}

/// Writes everything that was kept.
pub(crate) fn settle(folding: &mut Folding<'_>) -> Result<(), FoldError> {
    write(folding)?;
    let Placed { counts, last, .. } = folding.memory.of::<Placed>();
    let mut note =
        folding.tx.prepare_cached("UPDATE exchange_collection SET last = ?2 WHERE n = ?1 AND last < ?2")?;
    for (coll, date) in last.iter() {
        note.execute((coll, date))?;
    }
    let counts = std::mem::take(counts);
    let mut add = folding.tx.prepare_cached(
        "INSERT INTO exchange_count (coll, class, n) VALUES (?1, ?2, ?3)
         ON CONFLICT (coll, class) DO UPDATE SET n = n + excluded.n",
    )?;
    let mut arrived = folding.tx.prepare_cached(
        "INSERT INTO exchange_arrived (coll, class, hour, n) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (coll, class, hour) DO UPDATE SET n = n + excluded.n",
    )?;
    let mut none = folding.tx.prepare_cached(
        "DELETE FROM exchange_arrived WHERE coll = ?1 AND class = ?2 AND hour = ?3 AND n = 0",
    )?;
    for ((coll, class, hour), by) in counts {
        add.execute((coll, class, by))?;
        arrived.execute((coll, class, hour, by))?;
        if by <= 0 {
            none.execute((coll, class, hour))?;
        }
    }
    // What is not there is not counted, whether it never was or is no more.
    folding.tx.prepare_cached("DELETE FROM exchange_count WHERE n = 0")?.execute([])?;
    Ok(())
}

/// How many placements of a class a collection has from an instant on: whole hours as they were counted, and what is left of
/// the first one by hand.
pub(crate) fn arrived_from(
    connection: &Connection,
    coll: i64,
    class: u32,
    from_us: i64,
) -> Result<u64, SqlError> {
    let first = from_us.saturating_add(HOUR_US - 1).div_euclid(HOUR_US);
    let whole: i64 = connection
        .prepare_cached(
            "SELECT coalesce(sum(n), 0) FROM exchange_arrived WHERE coll = ?1 AND class = ?2 AND hour >= ?3",
        )?
        .query_row((coll, class, first), |row| row.get(0))?;
    let rest: i64 = connection
        .prepare_cached(
            "SELECT count(*) FROM exchange_placement WHERE coll = ?1 AND class = ?2 AND date >= ?3 AND date < ?4",
        )?
        .query_row((coll, class, from_us, first.saturating_mul(HOUR_US)), |row| row.get(0))?;
    Ok(whole.saturating_add(rest).max(0) as u64)
}

/// Writes the placements kept, and marks every object that is now held in more than one record.
pub(crate) fn write(folding: &mut Folding<'_>) -> Result<(), FoldError> {
    let tx = folding.tx;
    let Placed { fresh, seen, parts, .. } = folding.memory.of::<Placed>();
    if fresh.is_empty() {
        return Ok(());
    }
    let seen = match seen {
        Some(seen) => seen,
        none => none.insert(Seen::load(tx)?),
    };
    {
        let mut insert = tx.prepare_cached(
            "INSERT INTO exchange_placement (coll, date, seq, class, key, version) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for Place { key, coll, date, seq, class, version } in fresh.iter() {
            insert.execute((coll, date, seq, class, key, version))?;
        }
    }
    fresh.sort_unstable();
    let mut several = Vec::new();
    let mut newest = 0;
    {
        let mut known = tx.prepare_cached("SELECT 1 FROM exchange_key WHERE key = ?1 LIMIT 1")?;
        let mut insert =
            tx.prepare_cached("INSERT INTO exchange_key_new (key, coll, date) VALUES (?1, ?2, ?3)")?;
        for same in fresh.chunk_by(|one, next| one.key == next.key) {
            let key = same[0].key;
            if same.len() > 1 || (seen.perhaps(key) && known.exists([key])?) {
                several.push(key);
                newest = same.iter().map(|place| place.seq).fold(newest, i64::max);
            }
            seen.insert(key);
            for place in same {
                insert.execute((place.key, place.coll, place.date))?;
            }
        }
    }
    merge(tx, parts, fresh.len() as i64)?;
    fresh.clear();
    if several.is_empty() {
        return Ok(());
    }
    for key in several {
        mark(tx, key)?;
    }
    turn_page(folding, newest)
}

/// The new part is merged into the old one from this size on, and from an eighth of it.
const MERGE_FROM: i64 = 1 << 16;

/// Counts what was written to the new part of the index, and merges it into the old one when it is time.
fn merge(tx: &Transaction<'_>, parts: &mut Option<(i64, i64)>, written: i64) -> Result<(), FoldError> {
    let count = |part: &str| tx.query_row(&format!("SELECT count(*) FROM {part}"), [], |row| row.get(0));
    let (new, old) = match parts {
        Some((new, old)) => (*new + written, *old),
        None => (count("exchange_key_new")?, count("exchange_key_old")?),
    };
    *parts = Some((new, old));
    if new >= MERGE_FROM.max(old / 8) {
        tx.execute_batch(
            "INSERT INTO exchange_key_old SELECT key, coll, date FROM exchange_key_new ORDER BY key, coll, date;
             DELETE FROM exchange_key_new;",
        )?;
        *parts = Some((0, old + new));
    }
    Ok(())
}

/// First and last versions of this object must be looked for from now on.
fn mark(tx: &Transaction<'_>, key: i64) -> Result<(), FoldError> {
    let mut mark = tx.prepare_cached(
        "UPDATE exchange_placement SET several = 1 WHERE coll = ?1 AND date = ?2 AND several = 0",
    )?;
    for place in standing(tx, key)? {
        mark.execute((place.coll, place.date))?;
    }
    Ok(())
}

/// An object that is held in one record alone needs no looking for others any more.
pub(crate) fn unmark(tx: &Transaction<'_>, key: i64) -> Result<(), FoldError> {
    if let [Standing { coll, date, several: true, .. }] = standing(tx, key)?[..] {
        tx.prepare_cached("UPDATE exchange_placement SET several = 0 WHERE coll = ?1 AND date = ?2")?
            .execute((coll, date))?;
    }
    Ok(())
}

/// Dates given out from now on are later than this one, in every collection.
pub(crate) fn not_before(folding: &mut Folding<'_>, at_us: i64) -> Result<(), FoldError> {
    folding.memory.of::<Placed>().last.values_mut().for_each(|last| *last = (*last).max(at_us));
    folding
        .tx
        .prepare_cached("UPDATE exchange_collection SET last = ?1 WHERE last < ?1")?
        .execute([at_us])?;
    Ok(())
}

/// The placement that an entry got when it arrived, unless it has been moved or taken away since.
pub(crate) fn arrived(
    connection: &Connection,
    coll: i64,
    at_us: i64,
    seq: i64,
) -> Result<Option<Place>, SqlError> {
    let mut find = connection.prepare_cached(
        "SELECT key, class, version FROM exchange_placement WHERE coll = ?1 AND date = ?2 AND seq = ?3",
    )?;
    find.query_row((coll, at_us, seq), |row| {
        Ok(Place { key: row.get(0)?, coll, date: at_us, seq, class: row.get(1)?, version: row.get(2)? })
    })
    .optional()
}

/// Whether what arrived with this entry or before it stands at this date or later: dates of the collection had run ahead.
pub(crate) fn ran_ahead(connection: &Connection, coll: i64, at_us: i64, seq: i64) -> Result<bool, SqlError> {
    let mut find = connection.prepare_cached(
        "SELECT 1 FROM exchange_placement WHERE coll = ?1 AND date >= ?2 AND seq <= ?3 LIMIT 1",
    )?;
    find.exists((coll, at_us, seq))
}

/// Pages that were full before may read differently now: the entry with this arrival number did something else than add
/// at the end. The number of the newest such entry is kept, and not a count, which would say where steps ended.
pub(crate) fn turn_page(folding: &Folding<'_>, seq: i64) -> Result<(), FoldError> {
    let mut turn = folding.tx.prepare_cached("UPDATE exchange_history SET epoch = ?1 WHERE epoch < ?1")?;
    turn.execute([seq])?;
    Ok(())
}
