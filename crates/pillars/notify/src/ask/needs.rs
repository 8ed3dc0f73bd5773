//! What one stage needs: the event that starts its clock, what decides whether it applies, the fields of its report.

use packs::{Anchor, Condition, Test};

use super::{List, Need};
use crate::clocks::{Answer, Run, ask};
use crate::plan::{Applies, Incident, Obligation, Plan};

/// What this duty needs and nobody has said.
pub(super) fn of_stage(list: &mut List<'_>, incident: &Incident, duty: &Obligation) {
    let library = list.library;
    let Some(pack) = library.pack_of(&duty.stage) else { return };
    let day = duty.alarm.map(|alarm| incident.facts.time_zone().to_datetime(alarm).date());
    let Some(stage) = pack.stage_on(&duty.stage, day) else { return };
    for limb in &stage.limbs {
        of_anchor(list, incident, &limb.anchor, duty);
    }
    let mut run = Run::new(library, &incident.facts);
    let of_limbs = stage.limbs.iter().filter_map(|limb| limb.when.as_ref());
    for condition in stage.when.iter().chain(of_limbs) {
        if ask(&mut run, condition) == Answer::Unknown {
            of_condition(list, incident, condition, duty);
        }
    }
    for (fields, need) in [(&stage.required, Need::Required), (&stage.conditional, Need::WhereApplicable)] {
        for code in fields.iter().filter(|code| !incident.has(code) && asked_as_field(code)) {
            list.add(code, need, Some(duty));
        }
    }
}

/// Decisions and submissions are pages of their own, not fields to type.
fn asked_as_field(code: &str) -> bool {
    !matches!(code, "C05" | "S01")
}

/// Questions whose answers decide whether the numbers of a law that applies are reached.
pub(super) fn of_thresholds(list: &mut List<'_>, incident: &Incident, plan: &Plan) {
    let library = list.library;
    let open = plan.thresholds.iter().filter(|threshold| {
        threshold.reached == Answer::Unknown && incident.applies(&threshold.regime) == Applies::Yes
    });
    for threshold in open {
        let Some(pack) = library.packs.get(&threshold.regime) else { continue };
        let undecided =
            |id: &str| threshold.criteria.iter().any(|one| one.criterion == id && one.met == Answer::Unknown);
        for criterion in pack.criteria.iter().filter(|criterion| undecided(&criterion.id)) {
            for fact in criterion.all.iter().flatten().filter_map(Condition::fact) {
                if !known(incident, fact) {
                    list.add(fact, Need::Threshold, None);
                }
            }
        }
    }
}

fn of_anchor(list: &mut List<'_>, incident: &Incident, anchor: &Anchor, duty: &Obligation) {
    if incident.facts.moment(anchor).is_some() {
        return;
    }
    match anchor {
        Anchor::Fact(fact) | Anchor::YearEnd(fact) => list.add(fact, Need::Starts, Some(duty)),
        Anchor::Received(stage) => list.add(&format!("received({stage})"), Need::Starts, Some(duty)),
        // Sending is done on the stage's own page; the limit of another stage is worked out.
        Anchor::Submitted(_) | Anchor::Due(_) => {}
    }
}

fn of_condition(list: &mut List<'_>, incident: &Incident, condition: &Condition, duty: &Obligation) {
    match &condition.test {
        Test::Class(_) => list.add("entity_class", Need::Decides, Some(duty)),
        Test::Truth(fact, _) | Test::AtLeast(fact, _) | Test::MoreThan(fact, _) | Test::Below(fact, _) => {
            list.add(fact, Need::Decides, Some(duty));
        }
        Test::Later(order) => {
            for anchor in [&order.later, &order.than] {
                of_anchor(list, incident, anchor, duty);
            }
        }
    }
}

fn known(incident: &Incident, fact: &str) -> bool {
    let facts = &incident.facts;
    facts.moments.contains_key(fact) || facts.truths.contains_key(fact) || facts.numbers.contains_key(fact)
}
