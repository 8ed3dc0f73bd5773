//! Clocks make sense: each counting law gets the kind of period that it can count, each duty a clock or none.

use super::{Finding, at};
use crate::pack::{Counting, Duty, Limb, Pack, Stage};
use crate::period::Period;

/// Checks one pack.
pub fn check(pack: &Pack) -> Vec<Finding> {
    let of_stage = |stage| faults(stage).into_iter().map(move |what| at(pack, stage, what));
    pack.stages.iter().flat_map(of_stage).collect()
}

fn faults(stage: &Stage) -> Vec<String> {
    let mut found = Vec::new();
    found.extend(stage.limbs.iter().filter(|limb| !countable(limb)).map(|limb| {
        format!("{} cannot be counted as {:?}; correct one of them", limb.period, limb.counting)
    }));
    let needs_clock = match stage.duty {
        Duty::Ceiling | Duty::Embargo | Duty::Option | Duty::Keep => Some(true),
        Duty::Asap | Duty::OnRequest | Duty::Periodic | Duty::Voluntary => Some(false),
    };
    if needs_clock == Some(stage.limbs.is_empty()) {
        found.push(format!("a stage with duty {:?} {}", stage.duty, word(stage.limbs.is_empty())));
    }
    let mut names: Vec<_> = stage.limbs.iter().filter_map(|limb| limb.name.as_deref()).collect();
    let named = names.len();
    if named != 0 && named != stage.limbs.len() {
        found.push("either all limbs have a name or none".into());
    }
    names.sort_unstable();
    names.dedup();
    if names.len() != named {
        found.push("two limbs have one name".into());
    }
    let dora = stage.limbs.iter().any(|limb| limb.counting == Counting::Dora);
    if dora != stage.relief.is_some() {
        found.push("`relief` and counting as `dora` belong together".into());
    }
    found
}

fn word(missing: bool) -> &'static str {
    if missing { "needs a clock; add [[stage.limb]]" } else { "has no clock; remove its limbs" }
}

fn countable(limb: &Limb) -> bool {
    if limb.period.is_zero() {
        return true;
    }
    match (limb.counting, limb.period) {
        (Counting::Elapsed | Counting::EuHours | Counting::Dora, Period::Minutes(_)) => true,
        (Counting::EuDays | Counting::CalendarDays | Counting::LocalDays, Period::Days(_)) => true,
        (Counting::EuDays | Counting::CalendarDays | Counting::Dora, Period::Months(_)) => true,
        (Counting::UsSec | Counting::UsBusinessDays, Period::BusinessDays(_)) => true,
        (_, Period::Minutes(_) | Period::Days(_) | Period::Months(_) | Period::BusinessDays(_)) => false,
    }
}
