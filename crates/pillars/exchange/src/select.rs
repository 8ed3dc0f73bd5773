//! Selecting: one page of a collection for one receiver, in order of date.
//!
//! Which rows a receiver may see is known by class before the first row is read. When most of the collection is
//! released the page is a scan by date; when little is, a merge of one index scan for each released class.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::HashMap;

use desk::sql::{Reader, SqlError};
use desk::{Desk, Released};
use formats::taxii::{Filter, VersionSelector};
use rusqlite::{CachedStatement, params};

use crate::identity::Identity;
use crate::key::key_of;
use crate::placed::{self, Standing};

/// What a page is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The number of the collection.
    pub coll: i64,
    /// Only rows placed strictly after this date, µs.
    pub after: i64,
    /// The most rows.
    pub limit: usize,
    /// The filters.
    pub filter: &'a Filter,
    /// Only rows of arrivals up to this one: the collection as it stood then.
    pub as_of: u64,
}

/// One selected object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// When it became visible in the collection, µs; also its place.
    pub date: i64,
    /// Its arrival number.
    pub seq: u64,
    /// Its release class.
    pub class: u32,
    pub(crate) key: i64,
    pub(crate) version: i64,
    several: bool,
}

/// A page, and whether more follows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The rows.
    pub rows: Vec<Row>,
    /// True when at least one more row follows.
    pub more: bool,
    /// How often the past of the collections had been changed; see `select::epoch`.
    pub epoch: i64,
}

/// How often something else than adding at the end has happened: a new version, a retraction, a narrowing. A page that
/// was full reads the same as long as this number does.
pub(crate) fn epoch(reader: &Reader<'_>) -> Result<i64, SqlError> {
    reader.prepare_cached("SELECT epoch FROM exchange_history")?.query_row([], |row| row.get(0))
}

const COLUMNS: &str = "p.date, p.seq, p.class, p.key, p.version, p.several";

/// Classes beyond this are scanned by date, whatever they hold.
const MERGE_AT_MOST: usize = 256;

/// Selects a page of what is released to the receiver.
pub fn select(desk: &Desk, released: &Released, ask: &Ask<'_>) -> Result<Page, SqlError> {
    let reader = desk.views.read()?;
    let _snapshot = reader.unchecked_transaction()?; // one state and one lock for all statements of the page
    let wanted = wanted_classes(desk, released, ask.filter);
    let mut rows = if ask.filter.ids.is_empty() {
        select_by_class(&reader, ask, &wanted)?
    } else {
        select_by_id(&reader, desk, ask, &wanted)?
    };
    let more = rows.len() > ask.limit;
    rows.truncate(ask.limit);
    Ok(Page { rows, more, epoch: epoch(&reader)? })
}

/// Released classes that the type and specification filters let through, as a bit for each.
struct Wanted {
    is: Vec<bool>,
    list: Vec<u32>,
}

fn wanted_classes(desk: &Desk, released: &Released, filter: &Filter) -> Wanted {
    let classes = desk.views.classes();
    let mut is = vec![false; classes.len()];
    let mut list = Vec::new();
    for class in released.iter() {
        let Some(facts) = classes.get(class as usize) else { continue };
        let fits = facts.kind == records::delivery::OBJECT
            && (filter.types.is_empty() || filter.types.contains(&facts.object_type));
        if fits {
            is[class as usize] = true;
            list.push(class);
        }
    }
    Wanted { is, list }
}

impl Wanted {
    fn has(&self, class: u32) -> bool {
        self.is.get(class as usize).copied().unwrap_or(false)
    }
}

fn select_by_class(reader: &Reader<'_>, ask: &Ask<'_>, wanted: &Wanted) -> Result<Vec<Row>, SqlError> {
    if wanted.list.is_empty() {
        return Ok(Vec::new());
    }
    if wanted.list.len() <= MERGE_AT_MOST && is_sparse(reader, ask, wanted)? {
        merge(reader, ask, wanted)
    } else {
        scan(reader, ask, wanted)
    }
}

/// Looks at a stretch of the collection behind the cursor: when fewer than one row in eight is wanted there,
/// merging beats scanning.
fn is_sparse(reader: &Reader<'_>, ask: &Ask<'_>, wanted: &Wanted) -> Result<bool, SqlError> {
    const SAMPLE: usize = 64;
    let mut statement = reader.prepare_cached(
        "SELECT class FROM exchange_placement WHERE coll = ?1 AND date > ?2 ORDER BY date LIMIT 64",
    )?;
    let mut rows = statement.query(params![ask.coll, ask.after])?;
    let (mut seen, mut hits) = (0, 0);
    while let Some(row) = rows.next()? {
        seen += 1;
        hits += usize::from(wanted.has(row.get(0)?));
    }
    Ok(seen == SAMPLE && hits * 8 < SAMPLE)
}

fn scan(reader: &Reader<'_>, ask: &Ask<'_>, wanted: &Wanted) -> Result<Vec<Row>, SqlError> {
    let mut statement = reader.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM exchange_placement p WHERE p.coll = ?1 AND p.date > ?2 ORDER BY p.date"
    ))?;
    let mut found = statement.query(params![ask.coll, ask.after])?;
    let mut rows = Vec::with_capacity(ask.limit.min(1 << 16) + 1);
    while let Some(row) = found.next()? {
        let class: u32 = row.get(2)?;
        if wanted.has(class) {
            let row = read_row(row)?;
            if row.seq <= ask.as_of && admits(reader, ask, wanted, &row)? {
                rows.push(row);
                if rows.len() > ask.limit {
                    break;
                }
            }
        }
    }
    Ok(rows)
}

/// One cursor per class, always advancing the one with the earliest date.
fn merge(reader: &Reader<'_>, ask: &Ask<'_>, wanted: &Wanted) -> Result<Vec<Row>, SqlError> {
    let mut heap: BinaryHeap<Reverse<(Row, u32)>> = BinaryHeap::new();
    let mut queues: HashMap<u32, std::collections::VecDeque<Row>> = HashMap::new();
    for class in &wanted.list {
        refill(reader, ask, *class, ask.after, FIRST_FILL, &mut queues)?;
        if let Some(row) = queues.get_mut(class).and_then(std::collections::VecDeque::pop_front) {
            heap.push(Reverse((row, *class)));
        }
    }
    let mut rows = Vec::with_capacity(ask.limit.min(1 << 16) + 1);
    while let Some(Reverse((row, class))) = heap.pop() {
        if queues.get(&class).is_none_or(std::collections::VecDeque::is_empty) {
            refill(reader, ask, class, row.date, REFILL, &mut queues)?;
        }
        if let Some(next) = queues.get_mut(&class).and_then(std::collections::VecDeque::pop_front) {
            heap.push(Reverse((next, class)));
        }
        if row.seq <= ask.as_of && admits(reader, ask, wanted, &row)? {
            rows.push(row);
            if rows.len() > ask.limit {
                break;
            }
        }
    }
    Ok(rows)
}

/// Rows read from each class before it is known which of them the page needs.
const FIRST_FILL: i64 = 16;
/// Rows read from a class at a time once it has proved to be needed.
const REFILL: i64 = 256;

fn refill(
    reader: &Reader<'_>,
    ask: &Ask<'_>,
    class: u32,
    after: i64,
    count: i64,
    queues: &mut HashMap<u32, std::collections::VecDeque<Row>>,
) -> Result<(), SqlError> {
    let mut statement: CachedStatement<'_> = reader.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM exchange_placement p WHERE p.coll = ?1 AND p.class = ?2 AND p.date > ?3
         ORDER BY p.date LIMIT ?4"
    ))?;
    let rows = statement.query_map(params![ask.coll, class, after, count], read_row)?;
    queues.entry(class).or_default().extend(rows.collect::<Result<Vec<_>, _>>()?);
    Ok(())
}

fn select_by_id(
    reader: &Reader<'_>,
    desk: &Desk,
    ask: &Ask<'_>,
    wanted: &Wanted,
) -> Result<Vec<Row>, SqlError> {
    let mut rows = Vec::new();
    for id in &ask.filter.ids {
        for row in held(reader, ask.coll, key_of(id))? {
            let fits = row.date > ask.after && row.seq <= ask.as_of && wanted.has(row.class);
            if fits && is_named(desk, row.seq, id) && admits(reader, ask, wanted, &row)? {
                rows.push(row);
            }
        }
    }
    rows.sort_unstable();
    rows.dedup();
    Ok(rows)
}

/// Every row of a key in a collection, in order of date.
pub(crate) fn held(reader: &Reader<'_>, coll: i64, key: i64) -> Result<Vec<Row>, SqlError> {
    let places = placed::standing(reader, key)?.into_iter().filter(|place| place.coll == coll);
    let row =
        |Standing { date, seq, class, version, several, .. }| Row { date, seq, class, key, version, several };
    Ok(places.map(row).collect())
}

/// The release class now in force for the object that arrived as `seq`: another than its header's where it was narrowed,
/// the strictest where agreements differ; `None` where no object is placed for it.
pub fn class_now(desk: &Desk, seq: u64) -> Option<u32> {
    let reader = desk.views.read().ok()?;
    let classes = desk.views.classes();
    let strictness = |class: &u32| match classes.get(*class as usize).map(|facts| facts.marked) {
        Some(records::Marked::Known(marking)) => marking.tlp as u8,
        Some(records::Marked::Missing | records::Marked::Unknown) | None => u8::MAX,
    };
    let places = places_of(&reader, desk, seq).ok()?;
    places.into_iter().map(|(_, class)| class).max_by_key(strictness)
}

/// Date and class of every placement of the object that arrived as `seq`.
pub(crate) fn places_of(reader: &Reader<'_>, desk: &Desk, seq: u64) -> Result<Vec<(i64, u32)>, SqlError> {
    let mut key = None;
    if let Ok(ledger) = desk.ledger.reader() {
        let _ = ledger.bodies(&[seq], |_, body| {
            key = body.and_then(Identity::read).map(|identity| key_of(&identity.id));
        });
    }
    let Some(key) = key else { return Ok(Vec::new()) };
    let places = placed::standing(reader, key)?.into_iter().filter(|place| place.seq == seq);
    Ok(places.map(|place| (place.date, place.class)).collect())
}

/// Two ids may share a key; the stored bytes decide.
fn is_named(desk: &Desk, seq: u64, id: &str) -> bool {
    let mut named = false;
    if let Ok(reader) = desk.ledger.reader() {
        let _ = reader.bodies(&[seq], |_, body| {
            named = body.and_then(Identity::read).is_some_and(|identity| identity.id == id);
        });
    }
    named
}

/// Whether the version filter lets a row through: first and last are those among what this receiver may see.
/// Of several records with one version the first is shown and the others are the same object again.
fn admits(reader: &Reader<'_>, ask: &Ask<'_>, wanted: &Wanted, row: &Row) -> Result<bool, SqlError> {
    if !row.several {
        return Ok(match &ask.filter.versions {
            VersionSelector::Last | VersionSelector::All => true,
            picks => picks.admits(row.version, true, true),
        });
    }
    let visible: Vec<Row> = held(reader, ask.coll, row.key)?
        .into_iter()
        .filter(|other| wanted.has(other.class) && other.seq <= ask.as_of)
        .collect();
    let first_of_version = visible.iter().find(|other| other.version == row.version);
    if first_of_version.is_some_and(|first| first.date != row.date) {
        return Ok(false);
    }
    let is_first = visible.iter().all(|other| other.version >= row.version);
    let is_last = visible.iter().all(|other| other.version <= row.version);
    Ok(ask.filter.versions.admits(row.version, is_first, is_last))
}

fn read_row(row: &rusqlite::Row<'_>) -> Result<Row, SqlError> {
    Ok(Row {
        date: row.get(0)?,
        seq: row.get::<_, i64>(1)? as u64,
        class: row.get(2)?,
        key: row.get(3)?,
        version: row.get(4)?,
        several: row.get(5)?,
    })
}
