//! What happened since an officer last looked: from the position that they acknowledged to the present.

use std::collections::BTreeMap;

use model::time::SignedDuration;
use model::{Marking, PartyId, Timestamp};
use rusqlite::OptionalExtension as _;

use crate::held::{self, Thing};
use crate::kind::Kind;
use crate::sight::{Sight, SightError};

/// Who never acknowledged anything is told of one day.
const FIRST: SignedDuration = SignedDuration::from_hours(24);
/// New things that are listed.
pub(crate) const LISTED: usize = 50;
/// Notes of other shifts that are shown.
const NOTES: usize = 3;

/// Things that are worth a line of their own.
const TELLING: [Kind; 8] = [
    Kind::Incident,
    Kind::Campaign,
    Kind::IntrusionSet,
    Kind::ThreatActor,
    Kind::Vulnerability,
    Kind::Malware,
    Kind::Report,
    Kind::Tool,
];

/// What changed.
pub(crate) struct Since {
    /// From when.
    pub from: Timestamp,
    /// Whether the officer acknowledged that moment.
    pub acknowledged: bool,
    /// Up to when: what arrived before this moment is in it.
    pub upto: Timestamp,
    /// New or changed things, the newest first.
    pub things: Vec<Thing>,
    /// True when there are more.
    pub more: bool,
    /// What else happened, by who stated it and by kind.
    pub events: BTreeMap<(PartyId, String), u64>,
    /// What other shifts left.
    pub notes: Vec<Note>,
    /// The strictest marking of anything in it.
    pub marking: Option<Marking>,
}

/// What a shift left to the next.
pub(crate) struct Note {
    pub by: String,
    pub at: Timestamp,
    pub text: String,
    pub class: u32,
}

/// What this officer has not acknowledged yet.
pub(crate) fn since(sight: &Sight<'_>, account: &str) -> Result<Since, SightError> {
    let last = acknowledged(sight, account)?;
    let from = last.unwrap_or(sight.at - FIRST);
    let after = sight.desk.entries_before(from)?;
    let mut things = held::arrived(sight, &TELLING, after, LISTED + 1)?;
    let more = things.len() > LISTED;
    things.truncate(LISTED);
    let events = events(sight, after)?;
    let notes = notes(sight, account)?;
    let classes = things.iter().map(|thing| thing.class).chain(notes.iter().map(|note| note.class));
    let marking = classes.map(|class| sight.marking(class)).reduce(Marking::strictest);
    Ok(Since { from, acknowledged: last.is_some(), upto: upto(sight)?, things, more, events, notes, marking })
}

/// Just after the commit of the last entry that the views show: whatever comes later was not seen.
fn upto(sight: &Sight<'_>) -> Result<Timestamp, SightError> {
    let mut last = 0;
    let folded = sight.desk.views.folded();
    if folded > 0 {
        sight.desk.ledger.reader()?.entry(folded, |entry| last = entry.at_us)?;
    }
    Ok(Timestamp::from_microsecond(last.saturating_add(1)).unwrap_or(sight.at))
}

/// Up to when this officer has seen everything.
fn acknowledged(sight: &Sight<'_>, account: &str) -> Result<Option<Timestamp>, SightError> {
    let query =
        "SELECT upto_us FROM picture_handover WHERE account = ?1 AND seq <= ?2 ORDER BY seq DESC LIMIT 1";
    let mut find = sight.reader.prepare_cached(query)?;
    let at: Option<i64> = find.query_row((account, sight.last()), |row| row.get(0)).optional()?;
    Ok(at.and_then(|at| Timestamp::from_microsecond(at).ok()))
}

/// What arrived after an entry, by author and kind: what is numbered in each class until the end, less what is until then.
fn events(sight: &Sight<'_>, after: u64) -> Result<BTreeMap<(PartyId, String), u64>, SightError> {
    let mut number = sight.reader.prepare_cached(
        "SELECT n FROM picture_event WHERE class = ?1 AND seq <= ?2 ORDER BY seq DESC LIMIT 1",
    )?;
    let mut until = |class: u32, seq: i64| -> Result<u64, SightError> {
        let n: Option<i64> = number.query_row((class, seq), |row| row.get(0)).optional()?;
        Ok(n.map_or(0, |n| n.max(0) as u64))
    };
    let (after, last) = (i64::try_from(after).unwrap_or(i64::MAX).min(sight.last()), sight.last());
    let mut found = BTreeMap::new();
    for (class, facts) in sight.seen() {
        let all = until(class, last)?;
        let new = if all > 0 { all.saturating_sub(until(class, after)?) } else { 0 };
        if new > 0 {
            *found.entry((facts.author, facts.kind.to_string())).or_default() += new;
        }
    }
    Ok(found)
}

/// The newest notes of other officers that this one may read.
fn notes(sight: &Sight<'_>, account: &str) -> Result<Vec<Note>, SightError> {
    let mut statement = sight.reader.prepare_cached(
        "SELECT account, at_us, note, class FROM picture_handover
         WHERE note <> '' AND account <> ?1 AND seq <= ?2 ORDER BY seq DESC LIMIT 50",
    )?;
    let rows = statement.query_map((account, sight.last()), |row| {
        Ok(Note {
            by: row.get(0)?,
            at: Timestamp::from_microsecond(row.get(1)?).unwrap_or_default(),
            text: row.get(2)?,
            class: row.get(3)?,
        })
    })?;
    let notes: Vec<Note> = rows.collect::<Result<_, _>>()?;
    Ok(notes.into_iter().filter(|note| sight.sees(note.class)).take(NOTES).collect())
}
