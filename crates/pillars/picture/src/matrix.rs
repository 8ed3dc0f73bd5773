//! The ATT&CK matrix of what was really shared: tactics and techniques as the objects themselves name them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use model::{Marking, PartyId};

use crate::cluster;
use crate::held::{self, Thing};
use crate::kind::Kind;
use crate::sight::{Sight, SightError};
use crate::tally::{Subject, Topic, tally_of};

/// In which order MITRE writes the tactics of its matrices. It only sorts: a tactic is shown when an object names it, and
/// one that is not here stands at the end.
const ORDER: [&str; 19] = [
    "reconnaissance",
    "resource-development",
    "initial-access",
    "execution",
    "persistence",
    "privilege-escalation",
    "defense-evasion",
    "evasion",
    "credential-access",
    "discovery",
    "lateral-movement",
    "collection",
    "command-and-control",
    "inhibit-response-function",
    "impair-process-control",
    "exfiltration",
    "impact",
    "network-effects",
    "remote-service-effects",
];

/// Whose techniques are counted, and when.
#[derive(Debug, Clone, Default)]
pub(crate) struct Choice {
    /// Only what belongs to this actor.
    pub actor: Option<i64>,
    /// Only what strikes this sector.
    pub sector: Option<String>,
    /// Only what this party states.
    pub author: Option<PartyId>,
    /// First and last day.
    pub days: (i64, i64),
}

/// One technique under one tactic.
#[derive(Debug, Clone)]
pub(crate) struct Cell {
    pub thing: Thing,
    pub one: u64,
    pub two: u64,
    pub marking: Marking,
}

/// One tactic of one matrix.
#[derive(Debug, Clone)]
pub(crate) struct Tactic {
    /// The kill chain, such as `mitre-attack`.
    pub chain: String,
    pub phase: String,
    pub cells: Vec<Cell>,
}

/// The matrix, and the greatest figure in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Matrix {
    pub tactics: Vec<Tactic>,
    pub most: u64,
    /// Techniques that no object places under a tactic, or that the reader may not know.
    pub unplaced: usize,
}

/// What one choice counts, and what another one does beside it.
pub(crate) fn matrix(sight: &Sight<'_>, one: &Choice, two: Option<&Choice>) -> Result<Matrix, SightError> {
    let first = counts(sight, one)?;
    let second = two.map(|two| counts(sight, two)).transpose()?.unwrap_or_default();
    let keys: BTreeSet<i64> = first.keys().chain(second.keys()).copied().collect();
    let mut tactics: BTreeMap<(String, usize, String), Vec<Cell>> = BTreeMap::new();
    let mut matrix = Matrix::default();
    for key in keys {
        let (one, two) = (first.get(&key), second.get(&key));
        let count = |found: Option<&(u64, Marking)>| found.map_or(0, |(count, _)| *count);
        matrix.most = matrix.most.max(count(one)).max(count(two));
        let thing = held::thing(sight, key)?.filter(|thing| !thing.phases.is_empty());
        let Some(thing) = thing else {
            matrix.unplaced += 1;
            continue;
        };
        let marks = [one, two].into_iter().flatten().map(|(_, marking)| *marking);
        let marking = marks.fold(sight.marking(thing.class), Marking::strictest);
        for phase in thing.phases.split_whitespace() {
            let Some((chain, phase)) = phase.split_once('/') else { continue };
            let rank = ORDER.iter().position(|known| *known == phase).unwrap_or(ORDER.len());
            let cell = Cell { thing: thing.clone(), one: count(one), two: count(two), marking };
            tactics.entry((chain.to_owned(), rank, phase.to_owned())).or_default().push(cell);
        }
    }
    matrix.tactics = tactics
        .into_iter()
        .map(|((chain, _, phase), mut cells)| {
            cells.sort_by(|a, b| (b.one + b.two, &a.thing.external).cmp(&(a.one + a.two, &b.thing.external)));
            Tactic { chain, phase, cells }
        })
        .collect();
    Ok(matrix)
}

/// How often each technique was spoken of, with the strictest marking of what was counted.
fn counts(sight: &Sight<'_>, choice: &Choice) -> Result<HashMap<i64, (u64, Marking)>, SightError> {
    let by = |class: u32| choice.author.is_none_or(|author| sight.author(class) == Some(author));
    let (first, last) = choice.days;
    let clusters = match (choice.actor, &choice.sector) {
        (None, None) => return all(sight, by, first, last),
        (Some(actor), None) => cluster::of_actor(sight, actor)?,
        (None, Some(sector)) => cluster::of_sector(sight, sector)?,
        (Some(actor), Some(sector)) => {
            let strikers = cluster::of_sector(sight, sector)?;
            cluster::of_actor(sight, actor)?.intersection(&strikers).copied().collect()
        }
    };
    let mut found: HashMap<i64, (u64, Marking)> = HashMap::new();
    for member in clusters {
        for tie in held::from(sight, member)? {
            let counts = tie.to_kind == Kind::Technique && tie.relation == "uses" && by(tie.class);
            if counts && (first..=last).contains(&tie.day) {
                let marking = sight.marking(tie.class);
                let entry = found.entry(tie.to).or_insert((0, marking));
                *entry = (entry.0 + 1, entry.1.strictest(marking));
            }
        }
    }
    Ok(found)
}

fn all(
    sight: &Sight<'_>,
    by: impl Fn(u32) -> bool,
    first: i64,
    last: i64,
) -> Result<HashMap<i64, (u64, Marking)>, SightError> {
    let tallies = tally_of(sight, Topic::Techniques, by)?;
    let counted = tallies.into_iter().filter_map(|(subject, tally)| match subject {
        Subject::Thing(key) => {
            Some((key, (tally.between(first, last), tally.marking_between(sight, first, last))))
        }
        _ => None,
    });
    Ok(counted.filter(|(_, (count, _))| *count > 0).collect())
}
