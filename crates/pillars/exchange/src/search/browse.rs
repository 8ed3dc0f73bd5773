//! A page of the list of objects: newest first, narrowed by what release classes tell and by words.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::ControlFlow;

use formats::json::Limits;
use formats::stix;
use model::{AgreementId, PartyId, Timestamp, Tlp};
use records::Marked;
use share::{Class, Receiver, Standing};

use super::audience::{audience, hypothetical};
use super::query::plan;
use super::sight::Placed;
use super::statements::StatementError;
use super::{Search, Sight};
use crate::identity::Identity;
use desk::find::Question;
use desk::sql::SqlError;

/// Whether an object goes to anybody outside the own organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// To at least one party or consumer.
    Released,
    /// To nobody.
    Withheld,
}

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub struct Browse<'a> {
    /// Words that must occur.
    pub words: &'a str,
    /// A STIX type.
    pub object_type: &'a str,
    /// A marking in force.
    pub tlp: Option<Tlp>,
    /// Only what carries no marking that this node knows.
    pub unmarked: bool,
    /// Whose statements.
    pub author: Option<PartyId>,
    /// An agreement it is published under.
    pub under: Option<AgreementId>,
    /// Whether it goes to anybody.
    pub state: Option<State>,
    /// Only what arrived from this instant on.
    pub since: Option<Timestamp>,
    /// Only what arrived before this arrival number.
    pub before: Option<u64>,
    /// The most rows.
    pub limit: usize,
}

/// One row.
#[derive(Debug, Clone)]
pub struct Found {
    /// The STIX id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The language of the title, BCP 47.
    pub language: String,
    /// The version as text, empty for observables.
    pub version: String,
    /// Arrival number.
    pub seq: u64,
    /// When it arrived.
    pub received_at: Timestamp,
    /// When its author stated it.
    pub stated_at: Timestamp,
    /// Its release class as it is in force.
    pub class: Class,
    /// Its release class as it was sealed.
    pub sealed: Class,
    /// Its place in the author's log.
    pub position: u64,
}

/// A page.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// The rows, newest first.
    pub rows: Vec<Found>,
    /// Where the next page starts.
    pub next: Option<u64>,
}

/// One page of what `sight` shows.
pub fn browse(search: &Search, sight: &Sight<'_>, ask: &Browse<'_>) -> Result<Listing, StatementError> {
    let wanted = wanted(sight, ask);
    let (mut rows, next) = if ask.words.trim().is_empty() {
        by_class(sight, ask, &wanted)?
    } else {
        by_words(search, sight, ask, &wanted)?
    };
    rows.truncate(ask.limit);
    Ok(Listing { rows: read(sight, &rows)?, next })
}

/// Types that tell nothing by themselves: how things hang together, who said them, what they are marked with.
const BESIDES: [&str; 8] = [
    "relationship",
    "sighting",
    "opinion",
    "note",
    "observed-data",
    "identity",
    "location",
    "marking-definition",
];

/// The newest objects that `sight` shows and that tell something by themselves.
pub fn newest(sight: &Sight<'_>, limit: usize) -> Result<Vec<Found>, StatementError> {
    newest_of(sight, &Browse { limit, ..Browse::default() })
}

fn newest_of(sight: &Sight<'_>, ask: &Browse<'_>) -> Result<Vec<Found>, StatementError> {
    let mut wanted = wanted(sight, ask);
    wanted.retain(|n| sight.class(*n).is_some_and(|class| !BESIDES.contains(&class.object_type.as_str())));
    let (mut rows, _) = by_class(sight, ask, &wanted)?;
    rows.truncate(ask.limit);
    read(sight, &rows)
}

/// The visible classes that the filters let through.
fn wanted(sight: &Sight<'_>, ask: &Browse<'_>) -> Vec<u32> {
    let outside = if ask.state.is_some() { audience(sight.desk) } else { Vec::new() };
    let mut list = Vec::new();
    for (n, class) in sight.classes.iter().enumerate() {
        let n = n as u32;
        let marked = |tlp| matches!(class.marked, Marked::Known(marking) if marking.tlp == tlp);
        let fits = sight.has(n)
            && (ask.object_type.is_empty() || class.object_type == ask.object_type)
            && ask.tlp.is_none_or(marked)
            && !(ask.unmarked && matches!(class.marked, Marked::Known(_)))
            && ask.author.is_none_or(|author| class.author == author)
            && ask.under.is_none_or(|under| class.under.contains(&under));
        if !fits {
            continue;
        }
        let goes = |(_, to): &(_, Receiver)| {
            to.standing != Standing::Organisation
                && hypothetical(sight.desk, class, to, sight.now).is_release()
        };
        let state = match ask.state {
            None => true,
            Some(State::Released) => outside.iter().any(goes),
            Some(State::Withheld) => !outside.iter().any(goes),
        };
        if state {
            list.push(n);
        }
    }
    list
}

/// A placement with the key of its object.
type Keyed = (Placed, i64);

/// One short index scan for each class, merged: exact, and independent of how much is withheld.
fn by_class(
    sight: &Sight<'_>,
    ask: &Browse<'_>,
    wanted: &[u32],
) -> Result<(Vec<Placed>, Option<u64>), SqlError> {
    let collections = collections(sight)?;
    let mut before = match ask.before {
        Some(seq) => date_of(sight, seq)?,
        None => i64::MAX,
    };
    let (mut rows, mut reached) = (Vec::new(), None);
    // Superseded statements are left out, so a page may need more than one round.
    for _ in 0..MOST_ROUNDS {
        let mut found: Vec<Keyed> = Vec::new();
        for class in wanted {
            let Some(coll) = first_collection(sight, &collections, *class) else { continue };
            scan(sight, coll, *class, before, ask.limit + 1, &mut found)?;
        }
        found.sort_by_key(|(row, _)| std::cmp::Reverse(row.at_us));
        found.truncate(ask.limit + 1);
        let Some((last, _)) = found.last() else { return Ok((rows, None)) };
        (before, reached) = (last.at_us, Some(last.seq));
        let full = found.len() > ask.limit;
        for (row, key) in found {
            if ask.since.is_some_and(|since| row.at_us < since.as_microsecond()) {
                return Ok((rows, None));
            }
            if is_newest(sight, key, &row)? {
                rows.push(row);
            }
            if rows.len() > ask.limit {
                let next = rows[ask.limit - 1].seq;
                return Ok((rows, Some(next)));
            }
        }
        if !full {
            return Ok((rows, None));
        }
    }
    Ok((rows, reached))
}

/// Rounds of one page; what they did not reach is on the next one.
const MOST_ROUNDS: usize = 8;

/// Numbers of collections by agreement; number 0 is what is published under none.
fn collections(sight: &Sight<'_>) -> Result<HashMap<String, i64>, SqlError> {
    let mut statement = sight.reader.prepare_cached("SELECT agreement, n FROM exchange_collection")?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// A record stands in the collection of each of its agreements; the first is enough to find it once.
fn first_collection(sight: &Sight<'_>, collections: &HashMap<String, i64>, class: u32) -> Option<i64> {
    let under = &sight.class(class)?.under;
    collections.get(&under.first().map_or_else(String::new, ToString::to_string)).copied()
}

fn scan(
    sight: &Sight<'_>,
    coll: i64,
    class: u32,
    before: i64,
    limit: usize,
    into: &mut Vec<Keyed>,
) -> Result<(), SqlError> {
    let mut statement = sight.reader.prepare_cached(
        "SELECT seq, date, version, key FROM exchange_placement WHERE coll = ?1 AND class = ?2 AND date < ?3
         ORDER BY date DESC LIMIT ?4",
    )?;
    let mut rows = statement.query((coll, class, before, limit as i64))?;
    while let Some(row) = rows.next()? {
        let placed =
            Placed { seq: row.get::<_, i64>(0)? as u64, at_us: row.get(1)?, class, version: row.get(2)? };
        into.push((placed, row.get(3)?));
    }
    Ok(())
}

/// Where an arrival stands in the list: the newest date under which it is placed, else its commit time.
fn date_of(sight: &Sight<'_>, seq: u64) -> Result<i64, SqlError> {
    let placed = crate::select::places_of(&sight.reader, sight.desk, seq)?;
    if let Some(date) = placed.into_iter().map(|(date, _)| date).max() {
        return Ok(date);
    }
    let mut date = i64::MAX;
    if let Ok(reader) = sight.desk.ledger.reader() {
        let _ = reader.entry(seq, |entry| date = entry.at_us);
    }
    Ok(date)
}

/// Of several versions by one author the newest is listed; the page of the object shows all.
fn is_newest(sight: &Sight<'_>, key: i64, row: &Placed) -> Result<bool, SqlError> {
    Ok(is_newest_of(sight, &sight.placed(key)?, row))
}

/// The same, with the visible records of the object at hand.
pub(super) fn is_newest_of(sight: &Sight<'_>, placed: &[Placed], row: &Placed) -> bool {
    let author = |class: u32| sight.class(class).map(|class| class.author);
    let mine = author(row.class);
    let newer = |other: &Placed| {
        (other.version, other.at_us) > (row.version, row.at_us) && author(other.class) == mine
    };
    !placed.iter().any(newer)
}

fn by_words(
    search: &Search,
    sight: &Sight<'_>,
    ask: &Browse<'_>,
    wanted: &[u32],
) -> Result<(Vec<Placed>, Option<u64>), SqlError> {
    let before = ask.before.unwrap_or(u64::MAX);
    for (asked, _) in plan(&Question::new(ask.words), &search.names, false) {
        let (mut rows, mut next, mut any): (Vec<Placed>, _, _) = (Vec::new(), None, false);
        let may_fit = |class: u32| {
            sight.class(class).is_some_and(|class| {
                (ask.object_type.is_empty() || class.object_type == ask.object_type)
                    && ask.author.is_none_or(|author| class.author == author)
            })
        };
        search.walk(sight, &asked, before, may_fit, |candidate| {
            let placed = sight.placed(candidate.key)?;
            let Some(row) = placed.iter().find(|row| row.seq == candidate.seq).copied() else {
                return Ok(ControlFlow::Continue(()));
            };
            any = true;
            if wanted.binary_search(&row.class).is_err() || !is_newest_of(sight, &placed, &row) {
                return Ok(ControlFlow::Continue(()));
            }
            if rows.len() == ask.limit {
                next = rows.last().map(|row| row.seq);
                return Ok(ControlFlow::Break(()));
            }
            rows.push(row);
            Ok(ControlFlow::Continue(()))
        })?;
        if any {
            return Ok((rows, next));
        }
    }
    Ok((Vec::new(), None))
}

pub(super) fn read(sight: &Sight<'_>, rows: &[Placed]) -> Result<Vec<Found>, StatementError> {
    let reader = sight.desk.ledger.reader()?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        reader.entry(row.seq, |entry| found.extend(found_of(sight, row, &entry)))?;
    }
    Ok(found)
}

fn found_of(sight: &Sight<'_>, row: &Placed, entry: &ledger::EntryRef<'_>) -> Option<Found> {
    let body = entry.body?;
    let header = records::Header::parse(entry.header?).ok()?;
    let identity = Identity::read(body)?;
    let title = stix::summary(body, &Limits::default()).map(|summary| summary.title.into_owned());
    Some(Found {
        title: title.unwrap_or_else(|_| identity.id.to_string()),
        version: identity.version_text().unwrap_or("").to_owned(),
        language: identity.language().to_owned(),
        id: identity.id.into_owned(),
        seq: row.seq,
        received_at: Timestamp::from_microsecond(entry.at_us).unwrap_or(sight.now),
        stated_at: header.stated_at,
        class: sight.class(row.class)?.clone(),
        sealed: Class::of(&header, entry.openings),
        position: entry.position.0,
    })
}

/// How many visible records carry each label, in the order of [`Tlp::ALL`].
pub fn counts_by_tlp(sight: &Sight<'_>) -> Result<[u64; 5], SqlError> {
    let mut counts = [0; 5];
    count_classes(sight, |class, count| {
        if let Marked::Known(marking) = class.marked {
            counts[marking.tlp as usize] += count;
        }
    })?;
    Ok(counts)
}

/// How many visible records of each type each author published under an agreement.
pub fn counts_by_type(
    sight: &Sight<'_>,
    under: &AgreementId,
) -> Result<BTreeMap<(PartyId, String), u64>, SqlError> {
    let mut counts = BTreeMap::new();
    count_classes(sight, |class, count| {
        if count > 0 && class.under.contains(under) {
            *counts.entry((class.author, class.object_type.clone())).or_default() += count;
        }
    })?;
    Ok(counts)
}

/// The types and authors of which something visible is held: a class may be empty, and then tells nobody that it was not.
pub fn held(sight: &Sight<'_>) -> Result<BTreeSet<(PartyId, String)>, SqlError> {
    let mut held = BTreeSet::new();
    count_classes(sight, |class, count| {
        if count > 0 {
            held.insert((class.author, class.object_type.clone()));
        }
    })?;
    Ok(held)
}

/// The newest objects published under an agreement.
pub fn newest_under(
    sight: &Sight<'_>,
    under: AgreementId,
    limit: usize,
) -> Result<Vec<Found>, StatementError> {
    newest_of(sight, &Browse { limit, under: Some(under), ..Browse::default() })
}

pub(super) fn count_classes(sight: &Sight<'_>, mut add: impl FnMut(&Class, u64)) -> Result<(), SqlError> {
    count_numbered(sight, |_, class, count| add(class, count))
}

/// The same, with the number of each class.
pub(super) fn count_numbered(
    sight: &Sight<'_>,
    mut add: impl FnMut(u32, &Class, u64),
) -> Result<(), SqlError> {
    let collections = collections(sight)?;
    let mut count = sight
        .reader
        .prepare_cached("SELECT coalesce(sum(n), 0) FROM exchange_count WHERE coll = ?1 AND class = ?2")?;
    for (n, class) in sight.classes.iter().enumerate() {
        let n = n as u32;
        if sight.has(n)
            && let Some(coll) = first_collection(sight, &collections, n)
        {
            add(n, class, count.query_row((coll, n), |row| row.get::<_, i64>(0))? as u64);
        }
    }
    Ok(())
}
