//! The figures of two instants side by side, with the difference of each: what `/compare` shows before it tells what
//! happened in between.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use model::{Marking, PartyId};
use ui::Locale;

use crate::kind::Kind;
use crate::label::{Label, label};
use crate::matrix::{Choice, matrix};
use crate::sight::{Sight, SightError};
use crate::tally::{Subject, Tally, Topic, tally};
use crate::trend::{Move, Period, moved};

/// Rows of one topic: those that differ most.
const EACH: usize = 10;

/// One figure at both instants.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    pub name: String,
    /// STIX id, word or code; empty where nothing that the reader may read says what it is.
    pub id: String,
    /// The language of the name.
    pub language: String,
    /// Under what it stands: the tactic of a technique.
    pub under: String,
    pub counts: [u64; 2],
    pub moved: [Option<Move>; 2],
    pub marking: Marking,
}

impl Pair {
    fn difference(&self) -> i64 {
        difference(self.counts)
    }
}

/// What a figure is more, or less, at the second instant.
pub(crate) fn difference(counts: [u64; 2]) -> i64 {
    let [one, two] = counts.map(|count| i64::try_from(count).unwrap_or(i64::MAX));
    two - one
}

/// A topic of the trends.
pub(crate) struct Section {
    pub topic: Topic,
    pub rows: Vec<Pair>,
    /// Subjects that were spoken of at either instant and are not listed.
    pub more: usize,
}

/// Everything that is compared.
pub(crate) struct Compared {
    pub period: Period,
    /// First and last day of the period at each instant.
    pub days: [(i64, i64); 2],
    /// Subjects and statements of each topic.
    pub totals: Vec<(Topic, [u64; 2], [u64; 2])>,
    pub sections: Vec<Section>,
    /// Cells of the ATT&CK matrix that differ.
    pub cells: Vec<Pair>,
    /// How often each party spoke, as the landscape counts it.
    pub parties: Vec<(PartyId, [u64; 2])>,
    /// Versions of objects held, by STIX type.
    pub held: Vec<(Kind, [u64; 2])>,
    pub marking: Option<Marking>,
}

/// The figures of both sides, each for the period that ends with its day.
pub(crate) fn compared(
    sides: &[Sight<'_>; 2],
    locale: Locale,
    period: Period,
) -> Result<Compared, SightError> {
    let days = [0, 1].map(|n: usize| period.until(sides[n].today()));
    let mut parties: BTreeMap<PartyId, [u64; 2]> = BTreeMap::new();
    let (mut totals, mut sections) = (Vec::new(), Vec::new());
    for topic in Topic::ALL {
        let tallies = [tally(&sides[0], topic)?, tally(&sides[1], topic)?];
        if !matches!(topic, Topic::Sectors | Topic::Countries) {
            speakers(&mut parties, sides, &tallies, days);
        }
        let (section, subjects, statements) = section(sides, locale, (topic, period, EACH), &tallies)?;
        totals.push((topic, subjects, statements));
        sections.push(section);
    }
    let cells = cells(sides, days)?;
    let mut parties: Vec<_> = parties.into_iter().collect();
    parties.sort_by_key(|(party, counts)| (std::cmp::Reverse(counts[1].max(counts[0])), *party));
    let marks = sections.iter().flat_map(|one| &one.rows).chain(&cells).map(|row| row.marking);
    let marking = marks.reduce(Marking::strictest);
    let held = held(sides)?;
    Ok(Compared { period, days, totals, sections, cells, parties, held, marking })
}

fn speakers(
    parties: &mut BTreeMap<PartyId, [u64; 2]>,
    sides: &[Sight<'_>; 2],
    tallies: &[HashMap<Subject, Tally>; 2],
    days: [(i64, i64); 2],
) {
    for (side, tallies) in tallies.iter().enumerate() {
        let (first, last) = days[side];
        for (author, count) in tallies.values().flat_map(|one| one.authors_between(&sides[side], first, last))
        {
            parties.entry(author).or_default()[side] += count;
        }
    }
}

/// One topic alone, `each` rows of it at most, and how many subjects and statements it has at each instant.
pub(crate) fn of_topic(
    sides: &[Sight<'_>; 2],
    locale: Locale,
    (topic, period, each): (Topic, Period, usize),
) -> Result<(Section, [u64; 2], [u64; 2]), SightError> {
    let tallies = [tally(&sides[0], topic)?, tally(&sides[1], topic)?];
    section(sides, locale, (topic, period, each), &tallies)
}

/// The same from what was counted already.
fn section(
    sides: &[Sight<'_>; 2],
    locale: Locale,
    (topic, period, each): (Topic, Period, usize),
    tallies: &[HashMap<Subject, Tally>; 2],
) -> Result<(Section, [u64; 2], [u64; 2]), SightError> {
    let (mut subjects, mut statements) = ([0; 2], [0; 2]);
    let mut found: Vec<(&Subject, Kind, Pair)> = Vec::new();
    let keys: BTreeSet<&Subject> = tallies.iter().flat_map(HashMap::keys).collect();
    for subject in keys {
        let of = [0, 1].map(|n: usize| tallies[n].get(subject));
        let count = |n: usize| {
            let (first, last) = period.until(sides[n].today());
            of[n].map_or(0, |tally| tally.between(first, last))
        };
        let counts = [count(0), count(1)];
        for n in [0, 1] {
            subjects[n] += u64::from(counts[n] > 0);
            statements[n] += counts[n];
        }
        let Some(kind) = of.iter().flatten().map(|tally| tally.kind).next() else { continue };
        if counts == [0, 0] {
            continue;
        }
        let how = |n: usize| {
            of[n].and_then(|tally| moved(|first, last| tally.between(first, last), period, sides[n].today()))
        };
        let marking = of.iter().flatten().map(|tally| tally.marking).reduce(Marking::strictest);
        let pair = Pair {
            name: String::new(),
            id: String::new(),
            language: String::new(),
            under: String::new(),
            counts,
            moved: [how(0), how(1)],
            marking: marking.unwrap_or(Marking::tlp(model::Tlp::Red)),
        };
        found.push((subject, kind, pair));
    }
    found.sort_by_key(|(subject, _, pair)| {
        (std::cmp::Reverse((pair.difference().unsigned_abs(), pair.counts[0].max(pair.counts[1]))), *subject)
    });
    let more = found.len().saturating_sub(each);
    let named = |(subject, kind, pair): (&Subject, Kind, Pair)| {
        let Label { id, text, language, .. } = named(sides, locale, subject, kind)?;
        Ok(Pair { name: text, id, language, ..pair })
    };
    let rows = found.into_iter().take(each).map(named).collect::<Result<Vec<Pair>, SightError>>()?;
    Ok((Section { topic, rows, more }, subjects, statements))
}

/// As it is called at the second instant; where it is not known then, as it was at the first.
fn named(sides: &[Sight<'_>; 2], locale: Locale, subject: &Subject, kind: Kind) -> Result<Label, SightError> {
    let now = label(&sides[1], locale, subject, kind)?;
    if now.unnamed { label(&sides[0], locale, subject, kind) } else { Ok(now) }
}

/// The cells of the matrix that are not the same at both instants.
fn cells(sides: &[Sight<'_>; 2], days: [(i64, i64); 2]) -> Result<Vec<Pair>, SightError> {
    let mut found: BTreeMap<(String, String), Pair> = BTreeMap::new();
    for (n, side) in sides.iter().enumerate() {
        let all = matrix(side, &Choice { days: days[n], ..Choice::default() }, None)?;
        for tactic in all.tactics {
            for cell in tactic.cells {
                let under = format!("{}/{}", tactic.chain, tactic.phase);
                let pair = found.entry((under.clone(), cell.thing.id.clone())).or_insert_with(|| Pair {
                    name: String::new(),
                    id: cell.thing.id.clone(),
                    language: cell.thing.language.clone(),
                    under,
                    counts: [0, 0],
                    moved: [None, None],
                    marking: cell.marking,
                });
                pair.name = cell.thing.label();
                pair.counts[n] = cell.one;
                pair.marking = pair.marking.strictest(cell.marking);
            }
        }
    }
    let mut found: Vec<Pair> = found.into_values().filter(|pair| pair.difference() != 0).collect();
    found.sort_by_key(|pair| std::cmp::Reverse(pair.difference().unsigned_abs()));
    found.truncate(EACH * 3);
    Ok(found)
}

/// How many versions of objects of each type are held and may be seen.
fn held(sides: &[Sight<'_>; 2]) -> Result<Vec<(Kind, [u64; 2])>, SightError> {
    let mut found: BTreeMap<Kind, [u64; 2]> = BTreeMap::new();
    for (n, side) in sides.iter().enumerate() {
        let mut statement = side.reader.prepare_cached(
            "SELECT kind, class, count(*) FROM picture_thing WHERE seq <= ?1 AND gone > ?1 GROUP BY kind, class",
        )?;
        let mut rows = statement.query([side.last()])?;
        while let Some(row) = rows.next()? {
            let (kind, class, count): (u8, u32, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            if side.has(class) {
                found.entry(Kind::at(kind)).or_default()[n] += count.max(0) as u64;
            }
        }
    }
    Ok(found.into_iter().collect())
}
