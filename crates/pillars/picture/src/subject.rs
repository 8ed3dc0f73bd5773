//! One subject: what authors say it is, what it is tied to and who says so, and how it came about day by day.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use model::{Marking, PartyId};

use crate::held::{self, Reach, Thing};
use crate::kind::Kind;
use crate::sight::{Sight, SightError};
use crate::tally::{Topic, tally_one};

/// Ties that are listed, and things that the graph shows.
const MOST_TIES: usize = 500;
/// Ties of the things at the other ends that are looked at for what ties those to each other: so many among all of them, the
/// newest of each, and of each so many at least.
const MOST_BEYOND: usize = 5_000;
const LEAST_BEYOND: usize = 10;

/// One tie, however many authors state it.
#[derive(Debug, Clone)]
pub(crate) struct Bond {
    pub relation: String,
    pub from: i64,
    pub to: i64,
    /// The kind of the other end.
    pub kind: Kind,
    pub authors: BTreeSet<PartyId>,
    /// First and last day on which it was stated.
    pub days: (i64, i64),
    pub marking: Marking,
}

/// Everything about one subject that its reader may know.
pub(crate) struct Dossier {
    /// Every statement of what it is, the newest first.
    pub statements: Vec<Thing>,
    pub bonds: Vec<Bond>,
    /// The visible things at the other ends, and at the ends beyond them.
    pub things: HashMap<i64, Thing>,
    /// Ties between the other ends.
    pub beyond: Vec<Bond>,
    /// How often it was spoken of, by day.
    pub days: BTreeMap<i64, u64>,
    pub marking: Marking,
}

/// The dossier of the thing with this id; `None` when nothing that says what it is may be read.
pub(crate) fn dossier(sight: &Sight<'_>, id: &str) -> Result<Option<Dossier>, SightError> {
    let Some(thing) = held::thing_by_id(sight, id)? else { return Ok(None) };
    let statements = held::statements(sight, thing.key)?;
    let mut bonds = bonds(sight, thing.key)?;
    bonds.truncate(MOST_TIES);
    let mut things = HashMap::new();
    let ends: BTreeSet<i64> = bonds.iter().map(|bond| bond.other(thing.key)).collect();
    for key in &ends {
        if let Some(end) = held::thing(sight, *key)? {
            things.insert(*key, end);
        }
    }
    let mut beyond = Vec::new();
    let each = Reach::newest((MOST_BEYOND / things.len().max(1)).max(LEAST_BEYOND));
    for key in things.keys() {
        let between = bonds_from(sight, *key, each)?;
        beyond.extend(between.into_iter().filter(|bond| things.contains_key(&bond.to)));
    }
    beyond.sort_by_key(|bond| (bond.from, bond.to));
    beyond.truncate(MOST_TIES);
    let marks = statements.iter().map(|one| sight.marking(one.class));
    let ends = things.values().map(|one| sight.marking(one.class));
    let marking = marks.chain(ends).chain(bonds.iter().map(|bond| bond.marking)).reduce(Marking::strictest);
    let days = days(sight, &thing)?;
    let marking = marking.unwrap_or(sight.marking(thing.class));
    Ok(Some(Dossier { statements, bonds, things, beyond, days, marking }))
}

impl Bond {
    /// The end that is not `key`.
    pub fn other(&self, key: i64) -> i64 {
        if self.from == key { self.to } else { self.from }
    }
}

fn bonds(sight: &Sight<'_>, key: i64) -> Result<Vec<Bond>, SightError> {
    let mut all = bonds_from(sight, key, Reach::ALL)?;
    let ties = held::to(sight, key)?;
    all.extend(gathered(sight, ties.into_iter().map(|tie| (tie.from_kind, tie))));
    all.retain(|bond| bond.kind != Kind::Other);
    all.sort_by(|one, other| (other.days.1, &one.relation).cmp(&(one.days.1, &other.relation)));
    Ok(all)
}

fn bonds_from(sight: &Sight<'_>, key: i64, reach: Reach) -> Result<Vec<Bond>, SightError> {
    let ties = held::from_within(sight, key, reach)?;
    Ok(gathered(sight, ties.into_iter().map(|tie| (tie.to_kind, tie))))
}

fn gathered(sight: &Sight<'_>, ties: impl Iterator<Item = (Kind, held::Tie)>) -> Vec<Bond> {
    let mut found: BTreeMap<(i64, i64, String), Bond> = BTreeMap::new();
    for (kind, tie) in ties {
        let marking = sight.marking(tie.class);
        let bond = found.entry((tie.from, tie.to, tie.relation.clone())).or_insert_with(|| Bond {
            relation: tie.relation.clone(),
            from: tie.from,
            to: tie.to,
            kind,
            authors: BTreeSet::new(),
            days: (tie.day, tie.day),
            marking,
        });
        bond.authors.extend(sight.author(tie.class));
        bond.days = (bond.days.0.min(tie.day), bond.days.1.max(tie.day));
        bond.marking = bond.marking.strictest(marking);
    }
    found.into_values().collect()
}

fn days(sight: &Sight<'_>, thing: &Thing) -> Result<BTreeMap<i64, u64>, SightError> {
    let is_counted = Topic::ALL.iter().any(|topic| {
        !matches!(topic, Topic::Sectors | Topic::Countries) && topic.kinds().contains(&thing.kind)
    });
    if !is_counted {
        return Ok(BTreeMap::new());
    }
    Ok(tally_one(sight, thing.kind, thing.key)?.map(|tally| tally.days()).unwrap_or_default())
}
