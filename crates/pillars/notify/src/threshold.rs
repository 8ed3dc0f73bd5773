//! Whether an event reaches the numbers of a law: each criterion met, not met or unknown, with the question that
//! decides it. It never decides for the person: a decision is a record of its own.

use model::Bilingual;
use packs::pack::{Criterion, Role};
use packs::{Condition, Pack};
use serde::Serialize;

use crate::clocks::{Answer, Run, ask};
use crate::wording;

/// What the numbers say of one regime.
#[derive(Debug, Serialize)]
pub struct Threshold {
    /// The regime.
    pub regime: String,
    /// Reached, not reached, or not known.
    pub reached: Answer,
    /// The same as a sentence.
    pub says: Bilingual,
    /// Each criterion that holds for this class of entity.
    pub criteria: Vec<Weighed>,
}

/// One criterion.
#[derive(Debug, Serialize)]
pub struct Weighed {
    /// Its name for programs.
    pub criterion: String,
    /// Its name for people.
    pub title: Bilingual,
    /// The clause.
    pub clause: String,
    /// What it counts for.
    pub role: Role,
    /// Met, not met, or unknown.
    pub met: Answer,
    /// What would decide it, when it is unknown.
    pub asks: Vec<Bilingual>,
}

/// Weighs the criteria of a regime; nothing when the law has none for this class of entity.
pub fn weigh(run: &mut Run<'_>, pack: &Pack) -> Option<Threshold> {
    if pack.criteria.is_empty() {
        return None;
    }
    let classes = run.facts().classes.clone();
    let holds = |criterion: &&Criterion| {
        let named = |classes: &std::collections::BTreeSet<String>| {
            criterion.classes.iter().any(|c| classes.contains(c))
        };
        criterion.classes.is_empty() || classes.as_ref().is_some_and(named)
    };
    let criteria: Vec<Weighed> =
        pack.criteria.iter().filter(holds).map(|criterion| one(run, pack, criterion)).collect();
    if criteria.is_empty() && classes.is_some() {
        return None;
    }
    let reached =
        if criteria.is_empty() { Answer::Unknown } else { together(&criteria, pack.threshold.least) };
    let code = match reached {
        Answer::Yes => "threshold-yes",
        Answer::No => "threshold-no",
        Answer::Unknown => "threshold-unknown",
    };
    let says = run.library().words.term(code);
    Some(Threshold { regime: pack.head.regime.clone(), reached, says, criteria })
}

fn one(run: &mut Run<'_>, pack: &Pack, criterion: &Criterion) -> Weighed {
    let mut asks = Vec::new();
    let mut lines = Vec::new();
    for line in &criterion.all {
        let answers: Vec<(&Condition, Answer)> = line.iter().map(|c| (c, ask(run, c))).collect();
        let line = any(answers.iter().map(|(_, answer)| *answer));
        lines.push(line);
        if line == Answer::Unknown {
            let open = answers.iter().filter(|(_, answer)| *answer == Answer::Unknown);
            asks.extend(open.map(|(condition, _)| wording::condition(run.library(), pack, condition)));
        }
    }
    let met = all(lines.into_iter());
    if met != Answer::Unknown {
        asks.clear();
    }
    Weighed {
        criterion: criterion.id.clone(),
        title: criterion.title.clone(),
        clause: criterion.cite.clone(),
        role: criterion.role,
        met,
        asks,
    }
}

/// The gate must be open; then one that suffices, or enough of those that are counted.
fn together(criteria: &[Weighed], least: usize) -> Answer {
    let of = |role: Role| criteria.iter().filter(move |one| one.role == role).map(|one| one.met);
    let gate = all(of(Role::Gate));
    let met = of(Role::Counted).filter(|answer| *answer == Answer::Yes).count();
    let open = of(Role::Counted).filter(|answer| *answer == Answer::Unknown).count();
    let counted = match least {
        0 => Answer::No,
        least if met >= least => Answer::Yes,
        least if met + open >= least => Answer::Unknown,
        _ => Answer::No,
    };
    all([gate, any(of(Role::Alone).chain([counted]))].into_iter())
}

fn any(mut answers: impl Iterator<Item = Answer> + Clone) -> Answer {
    if answers.clone().any(|answer| answer == Answer::Yes) {
        Answer::Yes
    } else if answers.any(|answer| answer == Answer::Unknown) {
        Answer::Unknown
    } else {
        Answer::No
    }
}

fn all(mut answers: impl Iterator<Item = Answer> + Clone) -> Answer {
    if answers.clone().any(|answer| answer == Answer::No) {
        Answer::No
    } else if answers.any(|answer| answer == Answer::Unknown) {
        Answer::Unknown
    } else {
        Answer::Yes
    }
}
