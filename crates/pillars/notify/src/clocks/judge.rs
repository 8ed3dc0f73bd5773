//! Whether a condition holds: yes, no, or not known.

use packs::{Compare, Condition, Test};
use serde::Serialize;

use super::run::Run;
use crate::counting::shifted;

/// What the facts say of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// The facts do not say.
    Unknown,
}

impl Answer {
    fn of(truth: Option<bool>) -> Self {
        match truth {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Unknown,
        }
    }
}

/// Whether the condition holds for the facts of this run; unknown is no where it must be certain.
pub fn judge(run: &mut Run<'_>, condition: &Condition) -> Answer {
    match ask(run, condition) {
        Answer::Unknown if condition.certain => Answer::No,
        answer => answer,
    }
}

/// What the facts say of the condition, and nothing more.
pub fn ask(run: &mut Run<'_>, condition: &Condition) -> Answer {
    let facts = run.facts;
    let truth = match &condition.test {
        Test::Class(class) => facts.classes.as_ref().map(|classes| classes.contains(class)),
        Test::Truth(fact, order) => {
            let judged = |run: &mut Run<'_>| order.as_ref().and_then(|order| is_later(run, order));
            facts.truths.get(fact).copied().or_else(|| judged(run))
        }
        Test::AtLeast(fact, count) => facts.numbers.get(fact).map(|number| number >= count),
        Test::MoreThan(fact, count) => facts.numbers.get(fact).map(|number| number > count),
        Test::Below(fact, count) => facts.numbers.get(fact).map(|number| number < count),
        Test::Later(order) => is_later(run, order),
    };
    Answer::of(truth.map(|truth| truth == condition.is))
}

fn is_later(run: &mut Run<'_>, order: &Compare) -> Option<bool> {
    let later = run.moment(&order.later)?;
    let than = run.moment(&order.than)?;
    let zone = run.ground.zone.clone();
    Some(later.start(&zone) > shifted(than, order.plus, &zone))
}
